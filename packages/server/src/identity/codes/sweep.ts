import type { Context } from '../../platform/context.ts'
import { DEVICE_SECONDS } from './devices.ts'

const DAY = 24 * 3600 * 1000

/**
 * Deletes what has served: old challenges, counts, sessions, devices and messages. Wrong answers are forgotten thirty
 * days after the last, never while they make somebody wait.
 */
export async function sweepCodes(ctx: Context): Promise<void> {
  const now = ctx.now().getTime()
  const ago = (milliseconds: number): Date => new Date(now - milliseconds)
  const { db } = ctx
  await db.deleteFrom('identity.challenge').where('expires_at', '<', ago(DAY)).execute()
  await db.deleteFrom('identity.issue').where('started', '<', ago(DAY)).execute()
  await db
    .deleteFrom('identity.attempt')
    .where('at', '<', ago(30 * DAY))
    .where((where) => where.or([where('waits_until', 'is', null), where('waits_until', '<', ago(0))]))
    .execute()
  await db.deleteFrom('identity.eid').where('expires_at', '<', ago(0)).execute()
  await db.deleteFrom('identity.live_code').where('expires_at', '<', ago(DAY)).execute()
  await db.deleteFrom('identity.child_code').where('expires_at', '<', ago(DAY)).execute()
  await db
    .deleteFrom('identity.session')
    .where((where) => where.or([where('ends_at', '<', ago(0)), where('seen_at', '<', ago(30 * DAY))]))
    .execute()
  await db
    .deleteFrom('identity.device')
    .where('seen_at', '<', ago(DEVICE_SECONDS * 1000))
    .execute()
  await db
    .deleteFrom('identity.ticket')
    .where('ends_at', '<', ago(365 * DAY))
    .execute()
  await db
    .deleteFrom('identity.message')
    .where('created_at', '<', ago(7 * DAY))
    .execute()
}
