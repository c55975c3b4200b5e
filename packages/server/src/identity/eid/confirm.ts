import { decide } from '@sokhoe/signals/linkage'
import { note, noteRefusal } from '../../audit/index.ts'
import { type Context, inTransaction, type Resident } from '../../platform/context.ts'
import { openForHouse, sealForHouse } from '../../platform/houseseal.ts'
import { fingerprint } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import { signedIn, unlockSession } from '../codes/sessions.ts'
import { openAgain } from '../linking/anew.ts'
import { openCandidates } from '../linking/candidates.ts'
import { notePairs } from '../linking/pairs.ts'
import { wardAsked } from '../linking/policy.ts'
import { SAID_ANEW } from '../linking/tables.ts'
import { joinWaiting } from '../linking/waiting.ts'
import { notifyPerson } from '../messages/notices.ts'
import { modelNow } from '../night/model.ts'
import { lockPerson } from '../people/alike.ts'
import { restate } from '../people/book.ts'
import { type Book, personOf } from '../people/books.ts'
import { identifierHash } from '../people/demographics.ts'
import { ownBook } from '../people/enter.ts'
import { raiseLevel } from '../people/levels.ts'
import { firstPatientOf } from '../people/rows.ts'
import { speaksOfAnother } from './agreement.ts'
import type { EidService, Proofs } from './service.ts'
import type { EidSaid } from './tables.ts'

/** So long somebody may take at the national service. */
const GOOD_FOR = 5 * 60 * 1000
const SECRET = 'eid'

const stateHash = (ctx: Context, state: string): Buffer => fingerprint(ctx.keys, 'eid state', state)

/** @throws {Problem} identity.sign-in-needed; access.refused: no session of a proven telephone */
function residentIn(ctx: Context): Resident {
  const resident = signedIn(ctx)
  if (!resident.proven || resident.scopes) throw new Problem('access.refused')
  return resident
}

/**
 * Begins a confirmation of her own open book by the national service, for five minutes and this sign-in alone; one begun
 * before in it is over.
 * @returns where she goes
 * @throws {Problem} as `residentIn`; book.none · book.closed · move.not-yet · eid.unreachable
 */
export async function beginEid(ctx: Context, service: EidService): Promise<{ readonly url: string }> {
  const { phoneHash, session, books } = residentIn(ctx)
  const book = await ownBook(ctx)
  if (!book) throw new Problem('book.none')
  if (!books.includes(book.home)) throw new Problem('move.not-yet')
  if (book.status !== 'active') throw new Problem('book.closed')
  const { url, proofs } = await service.begin()
  const state_hash = stateHash(ctx, proofs.state)
  const row = {
    phone_hash: phoneHash,
    state_hash,
    session,
    home: book.home,
    secret: sealForHouse(ctx.keys, SECRET, JSON.stringify(proofs), state_hash.toString('hex')),
    expires_at: new Date(ctx.now().getTime() + GOOD_FOR),
  }
  await inTransaction(ctx, async ({ db }) => {
    await db
      .deleteFrom('identity.eid')
      .where('phone_hash', '=', phoneHash)
      .where('session', '=', session)
      .execute()
    await db.insertInto('identity.eid').values(row).execute()
  })
  return { url }
}

interface Begun {
  readonly home: number
  readonly proofs: Proofs
}

/** Takes what was begun, once and for all, whatever becomes of it. @throws {Problem} eid.ended */
async function take(ctx: Context, { phoneHash, session }: Resident, state: string): Promise<Begun> {
  const state_hash = stateHash(ctx, state)
  const row = await ctx.pool
    .deleteFrom('identity.eid')
    .where('phone_hash', '=', phoneHash)
    .where('state_hash', '=', state_hash)
    .where('session', '=', session)
    .returning(['home', 'secret', 'expires_at'])
    .executeTakeFirst()
  if (!row || row.expires_at <= ctx.now()) throw new Problem('eid.ended')
  const proofs = openForHouse(ctx.keys, SECRET, row.secret, state_hash.toString('hex'))
  return { home: row.home, proofs: JSON.parse(proofs) as Proofs }
}

/** The hard rule: two different verified numbers that stand are never one person's. No service goes before it. */
async function hasOtherNumber(ctx: Context, { patientIds }: Book, hash: Buffer): Promise<boolean> {
  const rows = await ctx.db
    .selectFrom('identity.identifier')
    .select('hash')
    .where('patient_id', 'in', [...patientIds])
    .where('system', '=', 'cccd')
    .where('assurance', '=', 'verified')
    .where('until', 'is', null)
    .execute()
  return rows.some((row) => !row.hash.equals(hash))
}

/** Patients of others whose number somebody has seen, and which the State says is hers. */
async function bornByOthers(ctx: Context, home: number, hash: Buffer): Promise<number[]> {
  const rows = await ctx.db
    .selectFrom('identity.identifier')
    .select('patient_id')
    .where('hash', '=', hash)
    .where('assurance', '=', 'verified')
    .where('until', 'is', null)
    .execute()
  const persons = await Promise.all(rows.map(({ patient_id }) => personOf(ctx, patient_id)))
  return rows.flatMap(({ patient_id }, i) => (persons[i] === home ? [] : patient_id))
}

/**
 * Somebody else is known by the very number that the State says is hers: her station is asked, until it answers, whether
 * the two are one. Nobody is joined or parted by it.
 */
async function askStation(ctx: Context, home: number, { number }: EidSaid): Promise<void> {
  const hash = identifierHash(ctx.keys, { system: 'cccd', value: number })
  const others = await bornByOthers(ctx, home, hash)
  const opened = await openCandidates(ctx, [firstPatientOf(home), ...others])
  const self = opened.find(({ patientId }) => patientId === firstPatientOf(home))
  if (!self) return
  const pairs = opened
    .filter((other) => other !== self)
    .map((other) => ({
      patientIds: [self.patientId, other.patientId] as const,
      decision: { ...decide(self.prepared, other.prepared, modelNow(ctx)), rule: SAID_ANEW },
      state: 'open' as const,
      ward: wardAsked(self, other),
    }))
  await openAgain(ctx, pairs)
  await notePairs(ctx, pairs)
}

/** @throws {Problem} access.refused · eid.differs */
async function confirm(ctx: Context, resident: Resident, home: number, said: EidSaid): Promise<Outcome> {
  const book = await lockPerson(ctx, home)
  if (book?.status !== 'active' || !resident.books.includes(home)) throw new Problem('access.refused')
  const number = { system: 'cccd', value: said.number } as const
  const hash = identifierHash(ctx.keys, number)
  if (speaksOfAnother(book.demographics, said) || (await hasOtherNumber(ctx, book, hash)))
    throw new Problem('eid.differs')
  if ((await bornByOthers(ctx, home, hash)).length > 0) throw new Problem('eid.differs')
  const { identifiers } = book.demographics
  const bears = identifiers.some(({ system }) => system === 'cccd')
  if (!bears) {
    const now = { ...book.demographics, identifiers: [number, ...identifiers] }
    await restate(ctx, book, now, undefined, 'document')
  }
  if (!(await raiseLevel(ctx, home, 'national', hash))) return 'known'
  await unlockSession(ctx, resident, [home])
  await joinWaiting(ctx, book, 'eid')
  await note(ctx, { action: 'book.raise', patientId: book.patientId, purpose: 'own', what: 'national' })
  await notifyPerson(ctx, home, 'eid-confirmed')
  return 'agreed'
}

/** 'known': the book was confirmed so before. */
export type Outcome = 'agreed' | 'known'

/**
 * She comes back from the national service: what it says is held against her book, once. All of it agrees, and the book
 * is as sure as the State's word; or nothing changes.
 * @param query with which she came back
 * @throws {Problem} as `residentIn`; eid.ended · eid.unreachable · eid.refused · eid.differs
 */
export async function finishEid(ctx: Context, service: EidService, query: string): Promise<Outcome> {
  const resident = residentIn(ctx)
  const state = new URLSearchParams(query).get('state') ?? ''
  const { home, proofs } = await take(ctx, resident, state)
  let said: EidSaid | undefined
  try {
    said = await service.finish(query, proofs)
    const heard = said
    return await inTransaction(ctx, (ctx) => confirm(ctx, resident, home, heard))
  } catch (error) {
    // after the transaction: what it wrote down is undone with it
    if (error instanceof Problem)
      await noteRefusal(ctx, {
        action: 'book.raise',
        patientId: firstPatientOf(home),
        purpose: 'own',
        what: 'national',
      })
    if (error instanceof Problem && error.code === 'eid.differs' && said) {
      const heard = said
      await inTransaction(ctx, (ctx) => askStation(ctx, home, heard))
    }
    throw error
  }
}
