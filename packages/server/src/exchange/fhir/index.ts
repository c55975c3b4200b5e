import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import type { Interaction } from './answer.ts'
import { bulk, bulkWork, sweepJobs } from './bulk/index.ts'
import { capabilities } from './capabilities.ts'
import { BASE, openDoor } from './door.ts'
import { smart } from './smart.ts'
import { terminology } from './terminology/index.ts'
import { validating } from './validation.ts'
import { openLoops } from './work/loop.ts'

const INTERACTIONS: readonly Interaction[] = [
  ...capabilities,
  ...smart,
  ...terminology,
  ...validating,
  ...bulk,
]

/** FHIR R4 for facilities and apps. @param publicUrl where the house is reached from outside, if it was told */
export const fhirRoutes =
  (publicUrl: string | undefined): Routes =>
  async (app) => {
    await app.register(openDoor(INTERACTIONS, publicUrl), { prefix: BASE })
  }

/** What goes on by itself on every server. @returns how to end it */
export const openExchange = (ctx: Context): (() => Promise<void>) => openLoops(ctx, bulkWork)

/** What is kept no longer. */
export const sweepExchange = (ctx: Context): Promise<void> => sweepJobs(ctx)
