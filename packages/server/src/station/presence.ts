import type { Context, Staff } from '../platform/context.ts'
import { fingerprint, sameBytes } from '../platform/keys.ts'

/** As long as one person is at the desk: a live code serves once, and what follows it must still be hers. */
const PRESENT_MINUTES = 20

const markOf = (ctx: Context, staff: Staff, home: number, until: number): Buffer =>
  fingerprint(ctx.keys, 'present at the station', String(staff.id), String(home), String(until))

/** What a worker is given once she has read somebody's live code: good for her, for that person, for some minutes. */
export function presenceOf(ctx: Context, staff: Staff, home: number): string {
  const until = ctx.now().getTime() + PRESENT_MINUTES * 60_000
  return `${until.toString(36)}.${markOf(ctx, staff, home, until).toString('base64url')}`
}

/** Whether this worker read the live code of this person a short while ago. */
export function isPresent(ctx: Context, staff: Staff, home: number, presence: string | undefined): boolean {
  const [, time = '', mark = ''] = /^([0-9a-z]{1,11})\.([A-Za-z0-9_-]{43})$/.exec(presence ?? '') ?? []
  const until = Number.parseInt(time, 36)
  return (
    until > ctx.now().getTime() && sameBytes(Buffer.from(mark, 'base64url'), markOf(ctx, staff, home, until))
  )
}
