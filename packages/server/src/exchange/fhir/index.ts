import type { Server } from 'node:http'
import type { Mode } from '../../platform/config.ts'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { withoutGaps } from './addresses.ts'
import type { Interaction } from './answer.ts'
import { auditEvents } from './audit/index.ts'
import { bulk, bulkWork, sweepJobs } from './bulk/index.ts'
import { bundles } from './bundles/index.ts'
import { capabilities } from './capabilities/index.ts'
import { BASE, openDoor } from './door.ts'
import { interactions } from './interactions/index.ts'
import { wholePerson } from './person/index.ts'
import { searching } from './search/index.ts'
import { smart } from './smart.ts'
import {
  openSockets,
  SOCKET_PATH,
  subscriptions,
  subscriptionWork,
  sweepSubscriptions,
} from './subscriptions/index.ts'
import { terminology, withOwn } from './terminology/index.ts'
import { validating } from './validation.ts'
import { openLoops } from './work/loop.ts'

const OTHERS: readonly Interaction[] = [
  ...bundles(() => SINGLE),
  ...smart,
  ...terminology,
  ...validating,
  ...wholePerson,
  ...bulk,
  ...subscriptions,
  // the log lies before what is sent under its name
  ...auditEvents(interactions),
  ...withOwn([...interactions, ...searching]),
  // by type and id: behind every address that has a name of its own
  ...interactions,
  ...searching,
]

const INTERACTIONS = withoutGaps([...capabilities(OTHERS), ...OTHERS])

/** What an entry of a Bundle may ask for: everything but another Bundle. */
const SINGLE = INTERACTIONS.filter(({ method, path }) => method !== 'POST' || path !== '')

/** FHIR R4 for facilities and apps. @param publicUrl where the house is reached from outside, if it was told */
export const fhirRoutes =
  (publicUrl: string | undefined): Routes =>
  async (app) => {
    await app.register(openDoor(INTERACTIONS, publicUrl), { prefix: BASE })
  }

export { type Loaded, loadFolder } from './bulk/index.ts'
export { addHook, removeHook } from './subscriptions/index.ts'

export interface ExchangeWork {
  readonly mode: Mode
  /** Where the house is reached, without a slash at the end. */
  readonly publicUrl: string
  /** Whose port websockets come to. */
  readonly server?: Server
}

/** What goes on by itself on every server. @returns how to end it */
export function openExchange(ctx: Context, { mode, publicUrl, server }: ExchangeWork): () => Promise<void> {
  const base = `${publicUrl}${BASE}`
  const close = openLoops(ctx, [...bulkWork, ...subscriptionWork({ mode, base })])
  const closeSockets = server && openSockets(server, ctx, `${BASE}/${SOCKET_PATH}`, base)
  return async () => {
    await Promise.all([close(), closeSockets?.()])
  }
}

/** What is kept no longer. */
export async function sweepExchange(ctx: Context): Promise<void> {
  await sweepJobs(ctx)
  await sweepSubscriptions(ctx)
}
