import type { KeyObject } from 'node:crypto'
import { ageOn, dayInVietnam } from '@sokhoe/model/dates'
import { basisFor, familyRulesOn } from '@sokhoe/model/family'
import { asciiKey } from '@sokhoe/model/names'
import { TOPICS } from '@sokhoe/model/topics'
import { childrenAddedBy, type Relation } from '../../access/index.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { signedIn } from '../codes/sessions.ts'
import { notifyPerson } from '../messages/notices.ts'
import { lockTelephone, openBookWith } from '../people/book.ts'
import type { Book } from '../people/books.ts'
import type { Demographics } from '../people/demographics.ts'
import { bind } from './bonds.ts'
import { tellClaims } from './claims.ts'
import { bookOfHolder, type Member, membersOf } from './members.ts'

export interface NewChild {
  readonly demographics: Demographics
  readonly relation: Relation
  /** She was asked at the representative's own telephone and said yes. */
  readonly agrees: boolean
}

export interface Added {
  readonly home: number
  readonly patientId: number
  readonly isNew: boolean
}

/** What goes into the new book in the same transaction. */
type First = (opened: { patientId: number; newDataKey: KeyObject; speaker: Book }) => Promise<unknown>

const isThis = ({ name, birthDate, sex }: Demographics, { book }: Member): boolean =>
  asciiKey(name) === asciiKey(book.demographics.name) &&
  birthDate === book.demographics.birthDate &&
  sex === book.demographics.sex

/**
 * A representative makes the book of a child: a person of her own, without a telephone. In the caller's transaction.
 * Below seven the representative is enough; from seven the child is asked too, and until she agrees nothing opens.
 * Whether somebody else keeps a book of this child is neither told nor shown by any difference.
 *
 * @throws {Problem} family.own-book-first · family.grown-up · family.station-needed
 */
export async function addChild(
  ctx: Context,
  { demographics, relation, agrees }: NewChild,
  first: First,
): Promise<Added> {
  const day = dayInVietnam(ctx.now())
  const rules = familyRulesOn(day)
  const basis = basisFor(rules, demographics.birthDate, day)
  if (basis === 'none') throw new Problem('family.grown-up')
  const resident = await lockTelephone(ctx, signedIn(ctx))
  const own = await bookOfHolder({ ...ctx, actor: resident })
  if ((ageOn(own.demographics.birthDate, day)?.min ?? 0) < rules.adultFrom)
    throw new Problem('family.own-book-first')
  const known = (await membersOf(ctx, resident)).find((member) => isThis(demographics, member))
  if (known) return { home: known.book.home, patientId: known.book.patientId, isNew: false }
  if ((await childrenAddedBy(ctx, own.home)) >= rules.mostAdded) throw new Problem('family.station-needed')

  const opening = { level: 'phone', source: 'self', ward: own.ward, demographics, channel: 'family' } as const
  const { home, patientId } = await openBookWith(ctx, opening, async ({ home, patientId, newDataKey }) => {
    await first({ patientId, newDataKey, speaker: own })
    return { home, patientId }
  })
  const confirmed = basis === 'both' && agrees ? 'same-phone' : undefined
  const proxy = { home, holder: own.home, relation, basis, topics: TOPICS, until: null, confirmed } as const
  await bind(ctx, { ...proxy, givenBy: 'holder', sharedByHer: false }, 'family')
  await tellClaims(ctx, own.home, { patientId, demographics })
  // the same words to everybody, so that nobody learns whether another keeps this child's book
  await notifyPerson(ctx, own.home, 'child-added')
  return { home, patientId, isNew: true }
}
