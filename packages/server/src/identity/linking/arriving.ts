import { type Decision, decide, type Model } from '@sokhoe/signals/linkage'
import type { Context } from '../../platform/context.ts'
import type { Keys } from '../../platform/keys.ts'
import { speaksAgainst } from '../people/agreement.ts'
import type { Demographics } from '../people/demographics.ts'
import { bearersOf, holdNumbers, type Numbered, numbersOf, type OwnNumber } from '../people/numbers.ts'
import { type Candidate, MOST_COMPARED, openCandidates, proposed } from './candidates.ts'
import { type Judged, judge } from './judging.ts'
import { type Ready, readyOf } from './keys.ts'
import type { NewPair } from './pairs.ts'
import { wardAsked } from './policy.ts'
import { phoneMark } from './said.ts'
import { turnOf } from './turns.ts'

/** A Patient as a facility states it through the exchange. */
export interface StatedPatient {
  readonly source: string
  readonly demographics: Demographics
  /** Numbers that mean something within this source only. */
  readonly ownNumbers?: readonly OwnNumber[]
  /** As they are written; kept as marks that nobody can call. */
  readonly telephones?: readonly string[]
  /** Code of the ward where she lives, where it is said. */
  readonly ward?: string
}

/** Prepared once, to be compared with many. */
export interface Arriving extends StatedPatient, Ready {
  readonly numbered: readonly Numbered[]
  readonly numbers: ReadonlySet<string>
  /** Those of {@link numbers} that mean something within the source only. */
  readonly own: ReadonlySet<string>
}

/** Of many telephones the first few tell enough. */
const MOST_TELEPHONES = 5

/** What is kept of who somebody is: her telephones as marks. */
export function withTelephones(
  keys: Keys,
  { demographics, telephones = [] }: Pick<StatedPatient, 'demographics' | 'telephones'>,
): Demographics {
  const marks = telephones.slice(0, MOST_TELEPHONES).flatMap((typed) => phoneMark(keys, typed) ?? [])
  return marks.length === 0 ? demographics : { ...demographics, phones: [...new Set(marks)] }
}

export function arrivingOf({ keys }: Context, stated: StatedPatient): Arriving {
  const { source, ownNumbers = [], ward = null } = stated
  const demographics = withTelephones(keys, stated)
  const numbered = numbersOf(keys, source, demographics, ownNumbers)
  const hexOf = (some: readonly Numbered[]) => new Set(some.map(({ hash }) => hash.toString('hex')))
  const own = hexOf(numbered.filter(({ system }) => system === 'own'))
  return {
    ...stated,
    demographics,
    numbered,
    numbers: hexOf(numbered),
    own,
    ...readyOf(keys, demographics, { ward }),
  }
}

/** Of whom nothing is known but what arrives: no person yet, no book. */
const NOBODY = { person: -1, status: 'stated', level: 'phone' } as const

/** The same source's own number again, and nothing that rules it out: the source itself says that it is one Patient. */
function decideOn(one: Arriving, candidate: Candidate, model: Model): Decision {
  const decision = decide(one.prepared, candidate.prepared, model)
  const isKnownThere =
    decision.verdict !== 'different' &&
    !one.own.isDisjointFrom(candidate.numbers) &&
    !speaksAgainst(one.demographics, candidate.demographics)
  return isKnownThere ? { ...decision, verdict: 'same', rule: 'own-number' } : decision
}

export const judgeArriving = (one: Arriving, candidates: readonly Candidate[], model: Model): Judged[] =>
  judge({ ...NOBODY, ward: one.ward ?? null, numbers: one.numbers }, candidates, (candidate) =>
    decideOn(one, candidate, model),
  )

/**
 * Who may be each of those who arrive together. Whoever brings one of their numbers, or was born on the same day, at the
 * same moment waits until this transaction ends. In the caller's transaction.
 * @returns for each in the order given
 */
export async function seek(ctx: Context, arriving: readonly Arriving[]): Promise<Candidate[][]> {
  const hashes = arriving.flatMap(({ numbered }) => numbered.map(({ hash }) => hash))
  const turns = [...hashes, ...arriving.map(({ demographics }) => turnOf(ctx.keys, demographics))]
  // all travel together; who is there is looked up once the turn has come
  const [, bearers, found] = await Promise.all([
    holdNumbers(ctx, turns),
    bearersOf(ctx, hashes),
    proposed(
      ctx,
      arriving.map(({ keys }) => keys),
    ),
  ])
  const named = Map.groupBy(bearers, (row) => row.hash.toString('hex'))
  const wanted = arriving.map(({ numbers }, i) => {
    const byNumber = [...numbers].flatMap((hash) => (named.get(hash) ?? []).map((row) => row.patient_id))
    return [...new Set([...byNumber, ...(found[i] ?? [])])].slice(0, MOST_COMPARED)
  })
  const opened = await openCandidates(ctx, [...new Set(wanted.flat())])
  const byId = new Map(opened.map((one) => [one.patientId, one]))
  return wanted.map((ids) => ids.flatMap((id) => byId.get(id) ?? []))
}

/** Those who came before in the same message, found as the database would find them. */
export function openBeside() {
  const under = new Map<number | string, Candidate[]>()
  const add = (one: Arriving, candidate: Candidate): void => {
    for (const key of [...one.keys, ...one.numbers]) {
      const some = under.get(key) ?? []
      if (some.length < MOST_COMPARED) under.set(key, [...some, candidate])
    }
  }
  const of = (one: Arriving): Candidate[] =>
    [...new Set([...one.numbers, ...one.keys].flatMap((key) => under.get(key) ?? []))].slice(0, MOST_COMPARED)
  return { add, of }
}

/** What was found, to be kept beside the Patient that was made. Whoever could be joined and was not, is asked about. */
export const pairsOf = (
  patientId: number,
  arriving: Arriving,
  judged: readonly Judged[],
  joined: Judged | undefined,
): NewPair[] =>
  judged.flatMap((one): NewPair[] => {
    const { candidate, decision, outcome } = one
    const state = outcome === 'linked' && one !== joined ? 'open' : outcome
    if (state === 'none') return []
    const asked = wardAsked({ ...NOBODY, ward: arriving.ward ?? null, source: arriving.source }, candidate)
    return [{ patientIds: [patientId, candidate.patientId], decision, state, ward: asked }]
  })
