import type { Routes } from '../../platform/http.ts'
import type { Interaction } from './answer.ts'
import { capabilities } from './capabilities.ts'
import { BASE, openDoor } from './door.ts'
import { terminology } from './terminology/index.ts'

const INTERACTIONS: readonly Interaction[] = [...capabilities, ...terminology]

/** FHIR R4 for facilities and apps. @param publicUrl where the house is reached from outside, if it was told */
export const fhirRoutes =
  (publicUrl: string | undefined): Routes =>
  async (app) => {
    await app.register(openDoor(INTERACTIONS, publicUrl), { prefix: BASE })
  }
