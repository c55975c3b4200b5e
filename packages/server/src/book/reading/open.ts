import { ageOn, dayInVietnam } from '@sokhoe/model'
import { TOPICS } from '@sokhoe/model/topics'
import { type Entered, enterBook } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { openEntries } from '../entries.ts'
import { type Filed, filedIn } from './filed.ts'
import type { Reader } from './line.ts'

type KeptOf = Awaited<ReturnType<typeof enterBook>>['book']

export interface Opened extends Entered {
  readonly book: KeptOf
  readonly all: readonly Filed[]
  readonly reader: Reader
}

function readerFor({ ctx, book }: Entered): Reader {
  const { birthDate, sex } = book.demographics
  const day = dayInVietnam(ctx.now())
  return { ctx, day, body: { sex, age: ageOn(birthDate, day)?.min ?? null } }
}

/** Authorised, written down, read once: what is open to whoever asks, newest first, texts still closed. */
export async function openToRead(ctx: Context, whose: string, what: string): Promise<Opened> {
  const entered = await enterBook(ctx, whose, { action: 'record.read', what })
  const entries = await openEntries(entered, { later: true })
  return { ...entered, all: filedIn(entries), reader: readerFor(entered) }
}

/** Whether somebody sees less than the person herself may: a proxy, or a new number that may not read all yet. */
export const seesLess = ({ ctx: { actor }, book }: Opened): boolean => {
  if (actor.kind !== 'resident' || actor.arriving.includes(book.home)) return true
  const topics = actor.acting?.topics
  return topics !== undefined && PARTS.some((topic) => !topics.includes(topic))
}

/** What can be read; the other topics are rights to act. */
const PARTS = TOPICS.filter((topic) => topic !== 'write' && topic !== 'manage')
