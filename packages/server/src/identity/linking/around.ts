import { decide } from '@sokhoe/signals/linkage'
import type { Context } from '../../platform/context.ts'
import { modelNow } from '../night/model.ts'
import { type Demographics, identifierHash } from '../people/demographics.ts'
import { holdFreeNumbers, holdNumbers } from '../people/numbers.ts'
import { doubtsOf, leaveIfOther, openAgain } from './anew.ts'
import { type Candidate, openCandidates, proposed } from './candidates.ts'
import { type Judged, judge } from './judging.ts'
import { keyRows, type Ready, readyOf } from './keys.ts'
import { dropPairs, type NewPair, notePairs, ruledWith } from './pairs.ts'
import { type Side, wardAsked } from './policy.ts'
import { turnOf } from './turns.ts'

/** A Patient that is kept and says who it is. */
export interface Kept extends Side, Ready {
  readonly patientId: number
  /** Who states it; a book that begins is her own word. */
  readonly source?: string
  readonly demographics: Demographics
  /** Blind indexes, in hexadecimal, of its active numbers. */
  readonly numbers: ReadonlySet<string>
}

/** By what others wait for this one, and this one for others. */
export const turnsOf = ({ keys }: Context, demographics: Demographics): Buffer[] => [
  turnOf(keys, demographics),
  ...demographics.identifiers.map((one) => identifierHash(keys, one)),
]

const pairOf = (self: Kept, { candidate, decision, outcome }: Judged): NewPair[] =>
  outcome === 'none'
    ? []
    : [
        {
          patientIds: [self.patientId, candidate.patientId],
          decision,
          // what somebody says anew of who she is joins nobody by itself: a confirmation does, or the station
          state: outcome === 'linked' ? 'open' : outcome,
          ward: wardAsked(self, candidate),
        },
      ]

async function judged(ctx: Context, self: Kept, found: readonly Candidate[]): Promise<Judged[]> {
  const { persons } = await ruledWith(ctx, [self.patientId])
  const model = modelNow(ctx)
  const others = found.filter(({ patientId }) => patientId !== self.patientId)
  return judge(self, others, (candidate) => decide(self.prepared, candidate.prepared, model), persons)
}

/**
 * A book begins: whoever may be the same is kept beside it, to wait for its confirmation or for the station. Whoever
 * declares learns nothing of it. In the caller's transaction, the book's rows on their way.
 */
export async function lookAround(ctx: Context, self: Kept): Promise<void> {
  const [, [found = []]] = await Promise.all([
    holdNumbers(ctx, turnsOf(ctx, self.demographics)),
    proposed(ctx, [self.keys]),
  ])
  const others = found.filter((patientId) => patientId !== self.patientId)
  if (others.length === 0) return
  const all = await judged(ctx, self, await openCandidates(ctx, others))
  await notePairs(
    ctx,
    all.flatMap((one) => pairOf(self, one)),
  )
}

/** Its keys are replaced by these. */
async function replaceKeys(ctx: Context, patientId: number, keys: readonly number[]): Promise<void> {
  const { db } = ctx
  await Promise.all([
    db.deleteFrom('identity.link_key').where('patient_id', '=', patientId).execute(),
    keys.length > 0 &&
      db
        .insertInto('identity.link_key')
        .values(keyRows(ctx.keys, patientId, keys))
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
  ])
}

/** What else the same source had said before, as far as it tells who somebody is. */
const isSaidAnew = (was: Candidate | undefined, { demographics }: Candidate): was is Candidate =>
  was !== undefined && JSON.stringify(selfOf(was.demographics)) !== JSON.stringify(selfOf(demographics))
const selfOf = ({ name, birthDate, sex, identifiers }: Demographics) => [
  name,
  birthDate,
  sex,
  identifiers.map(({ system, value }) => `${system} ${value}`).toSorted(),
]

/** @returns what is asked of the links that it had */
async function reconsider(ctx: Context, was: Candidate | undefined, now: Candidate): Promise<NewPair[]> {
  const isAnew = isSaidAnew(was, now)
  const left = isAnew ? await leaveIfOther(ctx, was, now) : undefined
  const asked = left ?? (await doubtsOf(ctx, now, isAnew))
  if (isAnew) await openAgain(ctx, asked)
  return asked
}

/**
 * A source says anew who its Patient is: it is found by that from now on, and compared anew. To whom it belongs stays as
 * it is, unless that is plainly somebody else. In the caller's transaction, after the new statement was written.
 * @param was as its source stated it before, where a facility does
 */
export async function lookAgain(
  ctx: Context,
  patientId: number,
  demographics: Demographics,
  was?: Candidate,
): Promise<void> {
  const [[one]] = await Promise.all([
    openCandidates(ctx, [patientId]),
    holdFreeNumbers(ctx, turnsOf(ctx, demographics)),
  ])
  if (!one) return
  const { keys } = readyOf(ctx.keys, demographics, { ward: one.ward, phones: one.phones })
  await replaceKeys(ctx, patientId, keys)
  const asked = await reconsider(ctx, was, one)
  const [now = one] = await openCandidates(ctx, [patientId])
  const self: Kept = { ...now, keys }
  const [found = []] = await proposed(ctx, [keys])
  const all = await judged(ctx, self, await openCandidates(ctx, found))
  const pairs = [...all.flatMap((other) => pairOf(self, other)), ...asked]
  await notePairs(ctx, pairs)
  await dropPairs(
    ctx,
    patientId,
    pairs.map(({ patientIds: [, other] }) => other),
  )
}

/** Patients that were loaded and not brought one by one are compared as if they had come just now. In the caller's transaction. */
export async function lookAnew(ctx: Context, patientIds: readonly number[]): Promise<void> {
  for (const { patientId, demographics } of await openCandidates(ctx, patientIds))
    await lookAgain(ctx, patientId, demographics)
}

/** Writes the keys of Patients that have none, or others than they would get today. In the caller's transaction. */
export async function refreshKeys(ctx: Context, patientIds: readonly number[]): Promise<void> {
  for (const { patientId, demographics, ward, phones } of await openCandidates(ctx, patientIds))
    await replaceKeys(ctx, patientId, readyOf(ctx.keys, demographics, { ward, phones }).keys)
}
