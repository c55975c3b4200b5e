import { formOf } from '@sokhoe/codes'
import { type FieldConflict, givenUp } from '@sokhoe/model'
import { sql } from 'kysely'
import { note } from '../../audit/index.ts'
import {
  type Book,
  type Demographics,
  enterAtStation,
  homeNamed,
  lockPerson,
  peopleAlike,
  personId,
} from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { campaignOf } from '../campaign.ts'
import { demographicsOf, identityIn, type Kept, newBook, nextDeclaration } from '../keep.ts'
import { asChosen, bookSays, differences } from './meanwhile.ts'
import { type Brought, tellingOf } from './visit.ts'

interface Named {
  readonly name: string
  readonly birthDate: string
  readonly sex: string
  readonly address: string | null
}

/** Somebody of the ward who may be the one that was visited. */
interface MaybeSame extends Named {
  readonly person: string
}

export type VisitOutcome =
  | {
      readonly outcome: 'kept' | 'known'
      readonly person: string
      readonly kept: number
      readonly at: string
    }
  | {
      readonly outcome: 'conflict'
      /** Whom the visit names, where it names somebody. */
      readonly named?: Named
      /** Whose book it is, where that is not the question. */
      readonly person?: string
      readonly seen?: string
      readonly fields: readonly FieldConflict[]
      readonly same: readonly MaybeSame[]
    }

const ERRAND = { action: 'station.assist', what: 'declaration', purpose: 'assistance' } as const

/** What was on its way while a tablet learned what the book says counts as later than that. */
const ON_ITS_WAY = 60_000

const baseOf = (base: string | undefined): string | undefined =>
  base === undefined ? undefined : new Date(Date.parse(base) - ON_ITS_WAY).toISOString()

/** @throws {Problem} declaration.changed */
async function knownVisit({ ctx, uuid, digest }: Brought): Promise<VisitOutcome | undefined> {
  const row = await ctx.db
    .selectFrom('declaration.visit')
    .select(['digest', 'patient_id', 'resources', 'at'])
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  if (!row) return undefined
  if (!row.digest.equals(digest)) throw new Problem('declaration.changed')
  const { patient_id, resources, at } = row
  return { outcome: 'known', person: personId(ctx, patient_id), kept: resources, at: at.toISOString() }
}

async function kept(brought: Brought, { home, patientId, resources }: Kept): Promise<VisitOutcome> {
  const { ctx, uuid, digest, worker } = brought
  const at = ctx.now()
  const of = { uuid, digest, home, patient_id: patientId, resources, at }
  await ctx.db
    .insertInto('declaration.visit')
    .values({ ...of, ward: worker.ward, staff_id: worker.id })
    .execute()
  return { outcome: 'kept', person: personId(ctx, patientId), kept: resources, at: at.toISOString() }
}

const nameOf = ({ name, birthDate, sex, address }: Demographics): Named => ({
  name,
  birthDate,
  sex,
  address: address ?? null,
})

function namedIn(brought: Brought): { named?: Named } {
  const identity = identityIn(brought)
  return identity ? { named: nameOf(demographicsOf(identity)) } : {}
}

/** @throws {Problem} declaration.book-closed */
async function onBook(brought: Brought, home: number): Promise<VisitOutcome> {
  const { ctx, visit, response, day, worker } = brought
  const book = await lockPerson(ctx, home)
  if (book?.status !== 'active') throw new Problem('declaration.book-closed')
  const says = await bookSays(ctx, book.patientId)
  const { seen = '', choices = {} } = visit.settled ?? {}
  const found = differences(day, response, says, baseOf(visit.base))
  if (!found.every(({ linkId, at }) => linkId in choices && at <= seen)) {
    const newest = found
      .map(({ at }) => at)
      .toSorted()
      .at(-1)
    const person = personId(ctx, book.patientId)
    const at = newest && { seen: newest }
    return { outcome: 'conflict', ...namedIn(brought), person, ...at, fields: found, same: [] }
  }
  const taken = asChosen(day, response, says, found, choices)
  const telling = tellingOf(brought, book.ward ?? worker.ward, {
    response: taken,
    givenUp: givenUp(formOf(day), response, taken),
  })
  telling.checkAge(identityIn(telling)?.birthDate ?? book.demographics.birthDate)
  return await kept(brought, await nextDeclaration(telling, book))
}

const tellSame = (ctx: Context, { patientId, demographics }: Book): MaybeSame => ({
  person: personId(ctx, patientId),
  ...nameOf(demographics),
})

/** Whose book a worker is about to write in, and our time: what the book says later than that is asked about. */
export async function openForAssist(
  ctx: Context,
  person: string,
): Promise<MaybeSame & { readonly now: string }> {
  const now = ctx.now().toISOString()
  const home = await homeNamed(ctx, person)
  const { book } = await enterAtStation(ctx, home, { ...ERRAND, what: 'identity' })
  return { ...tellSame(ctx, book), now }
}

/** Whoever may be the same is shown before a second book is made; each showing is written down in her book. */
async function alike(brought: Brought): Promise<MaybeSame[]> {
  const { ctx, worker, visit } = brought
  const identity = identityIn(brought)
  if (!identity) return []
  const books = await peopleAlike(ctx, demographicsOf(identity), worker.ward)
  const others = visit.settled?.others ?? []
  const unseen = books.filter(({ patientId }) => !others.includes(personId(ctx, patientId)))
  for (const { home } of unseen) await enterAtStation(ctx, home, { ...ERRAND, what: 'identity' })
  return unseen.map((book) => tellSame(ctx, book))
}

async function onNew(brought: Brought): Promise<VisitOutcome> {
  const { ctx, worker, response } = brought
  const same = await alike(brought)
  if (same.length > 0) return { outcome: 'conflict', ...namedIn(brought), fields: [], same }
  const made = await newBook(tellingOf(brought, worker.ward, { response, givenUp: [] }))
  await note(ctx, { ...ERRAND, patientId: made.patientId })
  return await kept(brought, made)
}

/** With the campaign's own code, of the worker's own ward. @throws {Problem} campaign.unknown · staff.not-yours */
async function withCampaign(brought: Brought): Promise<Brought> {
  const { ctx, visit, worker } = brought
  if (visit.campaign === undefined) return brought
  const { ward, code: campaign } = await campaignOf(ctx, visit.campaign)
  if (ward !== worker.ward) throw new Problem('staff.not-yours')
  return { ...brought, visit: { ...visit, campaign } }
}

/** Whose book, once it is certain that this worker may write in it. @throws {Problem} access.refused */
async function homeFor({ ctx, visit }: Brought): Promise<number | undefined> {
  const named = visit.settled?.same ?? visit.person
  if (named === undefined) return undefined
  const { book } = await enterAtStation(ctx, await homeNamed(ctx, named), ERRAND)
  return book.home
}

/** Names these locks apart from any others in the database. */
const VISITS = 7903

/**
 * Keeps one visit: all of it or nothing, once, however often and in whatever order it is sent. Where the book says
 * otherwise since the visit was prepared, or where there may be a book already, nothing is written until somebody chose.
 *
 * @throws {Problem} declaration.changed · declaration.other-person · declaration.representative-needed ·
 *   declaration.child-not-asked · declaration.book-closed · access.refused · campaign.unknown · staff.not-yours
 */
export async function keepVisit(brought: Brought): Promise<VisitOutcome> {
  const known = await knownVisit(brought)
  if (known) return known
  const named = await withCampaign(brought)
  const home = await homeFor(named)
  return await inTransaction(named.ctx, async (ctx) => {
    const mine = { ...named, ctx }
    // the same visit may be under way on a connection that its tablet has given up
    const turn = brought.digest.readInt32BE(0)
    const [, again] = await Promise.all([
      sql`select pg_advisory_xact_lock(${VISITS}, ${turn}::int)`.execute(ctx.db),
      knownVisit(mine),
    ])
    if (again) return again
    return home === undefined ? await onNew(mine) : await onBook(mine, home)
  })
}
