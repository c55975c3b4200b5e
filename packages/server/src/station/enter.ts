import type { StationAction } from '../access/index.ts'
import { authorizeWork } from '../access/index.ts'
import { type Book, enterAtStation, homeNamed, homesNow, staffIn } from '../identity/index.ts'
import type { Context, Staff } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { isPresent } from './presence.ts'

export interface Worker extends Staff {
  readonly ward: string
}

/** Whoever works at a ward's station. @throws {Problem} staff.sign-in-needed · staff.not-yours */
export async function workerIn(ctx: Context): Promise<Worker> {
  const staff = staffIn(ctx)
  await authorizeWork(ctx, 'station.work', staff.ward)
  if (staff.ward === null) throw new Problem('staff.not-yours')
  return { ...staff, ward: staff.ward }
}

interface Errand {
  readonly person: string
  readonly action: StationAction
  readonly what: string
  /** As the person will read it. */
  readonly purpose: 'verification' | 'measurement' | 'household' | 'duplicate' | 'life'
  /** Given when her live code was read: then she may be of any ward. */
  readonly present?: string | undefined
}

/** Opens the person to the worker, written down whatever follows. @throws {Problem} access.refused */
export async function enter(
  ctx: Context,
  staff: Staff,
  { person, present, ...errand }: Errand,
): Promise<Book> {
  const home = await homeNamed(ctx, person)
  // her code may have been read a moment before her book joined another
  const homes = home === undefined || present === undefined ? [] : await homesNow(ctx, [home])
  const isHere = homes.some((one) => isPresent(ctx, staff, one, present))
  return (await enterAtStation(ctx, home, { ...errand, present: isHere })).book
}
