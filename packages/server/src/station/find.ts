import { dayInVietnam } from '@sokhoe/model/dates'
import { note } from '../audit/index.ts'
import {
  enterAtStation,
  homesByEndedNumber,
  homesByName,
  homesByNumber,
  homesByTelephone,
  readBookNumber,
  readCardLink,
  redeemLiveCode,
} from '../identity/index.ts'
import type { Context, Staff } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { type Told, tellPerson } from './person.ts'
import { presenceOf } from './presence.ts'
import { type Query, readQuery } from './query.ts'

export interface Found extends Told {
  /** What she was found by. */
  readonly how: Query['by']
  /** Where her live code was read: to be given back with what follows. */
  readonly present?: string
}

type Readable = Exclude<Query, { by: 'unclear' }>

/** Who bears a number now, then whose it was: an old card still finds its holder, beside whoever got the number since. */
async function bearersOf(ctx: Context, numbers: readonly string[]): Promise<number[]> {
  const [now, before] = [await homesByNumber(ctx, numbers), await homesByEndedNumber(ctx, numbers)]
  return [...new Set([...now, ...before])]
}

async function homesFor(ctx: Context, staff: Staff, query: Readable): Promise<number[]> {
  switch (query.by) {
    case 'live':
      return [await redeemLiveCode(ctx, query.text)].flatMap((one) => (one ? [one.home] : []))
    case 'printed':
      return [await readCardLink(ctx, query.text)].flatMap((one) => (one ? [one.home] : []))
    case 'book':
      return [readBookNumber(ctx.keys, query.text)].filter((home) => home !== undefined)
    case 'card':
      return await bearersOf(ctx, query.numbers)
    case 'number': {
      const [byPhone, byNumber] = [
        query.phone ? await homesByTelephone(ctx, query.text) : [],
        await bearersOf(ctx, query.numbers),
      ]
      return [...new Set([...byPhone, ...byNumber])]
    }
    case 'name':
      return staff.ward === null ? [] : await homesByName(ctx, { ...query, ward: staff.ward })
  }
}

/** A person of another ward is not told apart from nobody; the attempt stands in her book. */
async function entered(ctx: Context, home: number, present: boolean) {
  try {
    const errand = { action: 'station.find', what: 'identity', purpose: 'verification', present } as const
    return await enterAtStation(ctx, home, errand)
  } catch (error) {
    if (error instanceof Problem && error.code === 'access.refused') return undefined
    throw error
  }
}

/**
 * Whoever stands before the worker, by what was scanned or typed: people of her ward, anybody by her live code. Each
 * who is shown has it in her book.
 * @throws {Problem} staff.sign-in-needed · station.query-unclear, with what is missing
 */
export async function find(ctx: Context, staff: Staff, text: string): Promise<Found[]> {
  const query = readQuery(text, dayInVietnam(ctx.now()))
  if (query.by === 'unclear') throw new Problem('station.query-unclear', { at: [query.why] })
  const present = query.by === 'live'
  const found: Found[] = []
  for (const home of await homesFor(ctx, staff, query)) {
    const inside = await entered(ctx, home, present)
    if (inside)
      found.push({
        ...tellPerson(ctx, inside.book),
        how: query.by,
        ...(present && { present: presenceOf(ctx, staff, home) }),
      })
  }
  if (found.length === 0) await note(ctx, { action: 'station.find', what: `nobody by ${query.by}` })
  return found
}
