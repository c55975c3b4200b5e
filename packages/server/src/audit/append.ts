import { ask } from '../platform/ask.ts'
import { askAtOnce } from '../platform/burst.ts'
import type { Db } from '../platform/database.ts'
import { homeOf } from '../platform/ids.ts'
import { afterOr } from '../platform/patience.ts'
import { type Chained, chainedText } from './chain.ts'

/** An event on its way to its chain. */
export interface Waiting {
  /** A Patient, or a process. */
  readonly chain: number
  readonly event: Chained
}

/** The chain of this process, for what concerns nobody: home 0, a number drawn when the process began. */
export const PROCESS_CHAIN = Math.floor(Math.random() * 4000) + 1
const NO_HOME = 0

const homeOfChain = (chain: number): number => (chain === PROCESS_CHAIN ? NO_HOME : homeOf(chain))

const RAISE_ONE = `insert into audit.head as head (home, patient_id, seq, hash)
  values ($1, $2, 1, sha256(convert_to($3, 'UTF8')))
  on conflict (home, patient_id) do update
  set seq = head.seq + 1, hash = sha256(head.hash || convert_to($3, 'UTF8'))`
const FILE_ONE = `insert into audit.event
    (home, patient_id, seq, at, actor, actor_id, facility, action, purpose, what, refused)
  select home, patient_id, seq, $3::timestamptz, $4, $5::bigint, $6, $7, $8, $9, $10::boolean
  from audit.head where home = $1 and patient_id = $2`

/** Both statements travel together; the second reads the number that the first gave. */
export async function append(db: Db, { chain, event }: Waiting): Promise<void> {
  const { at, actor, actor_id, facility, action, purpose, what, refused } = event
  const of = [homeOfChain(chain), chain] as const
  const told = [at.toISOString(), actor, actor_id, facility, action, purpose, what, refused]
  await Promise.all([ask(db, RAISE_ONE, ...of, chainedText(event)), ask(db, FILE_ONE, ...of, ...told)])
}

/** Heads are taken in one order, so that nobody waits in a circle. No two chains have the same number, whatever their home. */
const RAISE_MANY = `insert into audit.head as head (home, patient_id, seq, hash)
  select home, patient_id, 1, sha256(convert_to(text, 'UTF8'))
  from unnest($1::bigint[], $2::bigint[], $3::text[]) as arriving(home, patient_id, text)
  order by home, patient_id
  on conflict (home, patient_id) do update set seq = head.seq + 1, hash = sha256(
    head.hash || convert_to(($3::text[])[array_position($2::bigint[], head.patient_id)], 'UTF8'))`
const FILE_MANY = `insert into audit.event
    (home, patient_id, seq, at, actor, actor_id, facility, action, purpose, what, refused)
  select head.home, head.patient_id, head.seq, arriving.at, arriving.actor, arriving.actor_id, arriving.facility,
    arriving.action, arriving.purpose, arriving.what, arriving.refused
  from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[], $5::bigint[], $6::text[], $7::text[],
      $8::text[], $9::text[], $10::boolean[])
    as arriving(home, patient_id, at, actor, actor_id, facility, action, purpose, what, refused)
  join audit.head head on head.home = arriving.home and head.patient_id = arriving.patient_id`

/** Two statements for any number of chains. */
async function appendMany(db: Db, arriving: readonly Waiting[]): Promise<void> {
  const column = <Value>(pick: (one: Waiting) => Value): Value[] => arriving.map(pick)
  const of = [column(({ chain }) => homeOfChain(chain)), column(({ chain }) => chain)] as const
  await Promise.all([
    ask(
      db,
      RAISE_MANY,
      ...of,
      column(({ event }) => chainedText(event)),
    ),
    ask(
      db,
      FILE_MANY,
      ...of,
      column(({ event }) => event.at.toISOString()),
      column(({ event }) => event.actor),
      column(({ event }) => event.actor_id),
      column(({ event }) => event.facility),
      column(({ event }) => event.action),
      column(({ event }) => event.purpose),
      column(({ event }) => event.what),
      column(({ event }) => event.refused),
    ),
  ])
}

/** One by itself costs less than many together. */
const FEW = 1

/** Events in the order in which they came, so that each chain stands at most once in a round. */
function roundsOf(waiting: readonly Waiting[]): Waiting[][] {
  const rounds: Waiting[][] = []
  const nth = new Map<number, number>()
  for (const one of waiting) {
    const n = nth.get(one.chain) ?? 0
    nth.set(one.chain, n + 1)
    const round = rounds[n]
    if (round) round.push(one)
    else rounds.push([one])
  }
  return rounds
}

/** In the open transaction. */
export async function appendAll(db: Db, waiting: readonly Waiting[]): Promise<void> {
  const inOrder = waiting.toSorted((a, b) => a.chain - b.chain)
  if (inOrder.length <= FEW) await Promise.all(inOrder.map((one) => append(db, one)))
  else await Promise.all(roundsOf(inOrder).map((round) => appendMany(db, round)))
}

interface Batch {
  readonly waiting: Waiting[]
  readonly done: Promise<void>
}
const open = new WeakMap<Db, Batch>()
const underWay = new WeakMap<Db, Promise<unknown>>()
/** Nobody waits longer for a commit that is not hers: it may wait for a lock itself. */
const PATIENCE_MS = 4

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** What comes while another commit is under way shares the next one. */
async function appendBatch(pool: Db, waiting: readonly Waiting[], before: Promise<unknown> | undefined) {
  await turn()
  if (before) await afterOr(before, PATIENCE_MS)
  open.delete(pool)
  await askAtOnce(pool, (db) => appendAll(db, waiting), { kept: true })
}

/** Durable when this returns; what is noted at about the same time shares one commit. */
export function appendTogether(pool: Db, one: Waiting): Promise<void> {
  const batch = open.get(pool)
  if (batch) {
    batch.waiting.push(one)
    return batch.done
  }
  const waiting = [one]
  const done = appendBatch(pool, waiting, underWay.get(pool))
  open.set(pool, { waiting, done })
  underWay.set(pool, done)
  return done
}
