import type { Routes } from '../../platform/http.ts'
import { consentRoutes } from '../consents/routes.ts'
import { disputeRoutes } from '../disputes/routes.ts'
import { documentRoutes } from '../documents/routes.ts'
import { lineRoutes } from '../reading/versions.ts'
import { requestRoutes } from '../requests/routes.ts'
import { statementRoutes } from '../statements/routes.ts'
import { movedRoutes } from './moved.ts'

/** What a person writes, disputes and decides in her own book. */
export const rightsRoutes: Routes = async (app) => {
  await app.register(consentRoutes)
  await app.register(statementRoutes)
  await app.register(documentRoutes)
  await app.register(requestRoutes)
  await app.register(disputeRoutes)
  await app.register(lineRoutes)
  await app.register(movedRoutes)
}
