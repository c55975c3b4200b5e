/** Subscriptions: programs are told what happens in the records that they may see, by a call or on a websocket. */
import type { Context } from '../../../platform/context.ts'
import type { Work } from '../work/loop.ts'
import { deliverStep, type Reaching } from './deliver.ts'
import { feedStep } from './feed.ts'

export type { Reaching } from './deliver.ts'
export { addHook, removeHook } from './hooks.ts'
export { SOCKET_PATH, subscriptions } from './interactions.ts'
export { openSockets } from './sockets.ts'
export { sweepSubscriptions } from './store.ts'

/** Deliveries under way at once on one server: a slow address holds up no more than its own. */
const DELIVERIES = 6

export const subscriptionWork = (reaching: Reaching): readonly Work[] => [
  { name: 'subscriptions.feed', step: feedStep },
  ...Array.from({ length: DELIVERIES }, (_, i) => ({
    name: `subscriptions.deliver.${i}`,
    step: (ctx: Context) => deliverStep(ctx, reaching),
  })),
]
