import { setImmediate as breathe } from 'node:timers/promises'
import { type Decision, decide, type Model } from '@sokhoe/signals/linkage'
import { ask } from '../../platform/ask.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { type Block, blocksIn, frequentKeys, meetFirstAt, ownNumberBlocks, tieOf } from './blocks.ts'
import { type City, NOBODY, type Opened, openCity, openSome } from './records.ts'
import type { NightRow } from './tables.ts'

/** What tonight's comparison says of two Patients. */
interface Found {
  readonly patientId: number
  readonly other: number
  readonly decision: Decision & { readonly verdict: 'same' | 'review' }
  readonly tie: number
}

interface Compared {
  readonly count: number
  readonly found: readonly Found[]
}

/** Work at a stretch before others in this process have their turn, ms. */
const STRETCH = 10

function shareNumber(a: Opened, b: Opened, isMeant: (mark: number) => boolean): boolean {
  for (const mark of a.numbers) if (isMeant(mark) && b.numbers.includes(mark)) return true
  return false
}

const isAny = () => true
const isOwn = (mark: number) => mark < 0

function foundOf(a: Opened, b: Opened, decision: Decision): Found['decision'] | undefined {
  const { verdict } = decision
  // the source itself says that it is one Patient; as on arrival
  if (verdict === 'review' && shareNumber(a, b, isOwn))
    return { ...decision, verdict: 'same', rule: 'own-number' }
  if (verdict !== 'different') return { ...decision, verdict }
  // two that state one active number are asked about, whatever else speaks against it
  return shareNumber(a, b, isAny) ? { ...decision, verdict: 'review' } : undefined
}

/** @param meet whether these two are compared in this block, and not in another of theirs */
function* pairsOf(
  { patientIds }: Pick<Block, 'patientIds'>,
  opened: City,
  meet: (a: Opened, b: Opened) => boolean,
): Generator<[number, Opened, number, Opened]> {
  for (const [at, patientId] of patientIds.entries()) {
    const a = opened(patientId)
    if (!a) continue
    for (const other of patientIds.slice(at + 1)) {
      const b = opened(other)
      if (b && meet(a, b)) yield [patientId, a, other, b]
    }
  }
}

interface Comparing {
  readonly blocks: readonly Block[]
  readonly opened: City
  readonly meet: (block: Block, a: Opened, b: Opened) => boolean
  readonly model: Model
}

async function compareAll({ blocks, opened, meet, model }: Comparing): Promise<Compared> {
  const found: Found[] = []
  let [count, since] = [0, performance.now()]
  for (const block of blocks)
    for (const [patientId, a, other, b] of pairsOf(block, opened, (one, two) => meet(block, one, two))) {
      count += 1
      const decision = foundOf(a, b, decide(a.prepared(), b.prepared(), model))
      if (decision) found.push({ patientId, other, decision, tie: tieOf(a, b) })
      if (count % 64 !== 0 || performance.now() - since < STRETCH) continue
      await breathe()
      since = performance.now()
    }
  return { count, found }
}

const KEEP = `insert into identity.night_pair (patient_id, other_patient_id, verdict, score, rule, reasons, tie)
  select patient_id, other_patient_id, verdict, score, rule, reasons::jsonb, tie
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::float8[], $5::text[], $6::text[], $7::bigint[])
    new (patient_id, other_patient_id, verdict, score, rule, reasons, tie)
  on conflict do nothing`
const ADVANCE = `update identity.night set slice = $2, compared = compared + $3, same = same + $4, review = review + $5
  where no = $1 and slice = $2 - 1`

const keepFound = async ({ db }: Context, found: readonly Found[]) =>
  found.length > 0 &&
  (await ask(
    db,
    KEEP,
    found.map(({ patientId }) => patientId),
    found.map(({ other }) => other),
    found.map(({ decision }) => decision.verdict),
    found.map(({ decision }) => decision.score),
    found.map(({ decision }) => decision.rule ?? null),
    found.map(({ decision }) => JSON.stringify(decision.reasons)),
    found.map(({ tie }) => tie),
  ))

/** What a slice gave and that it is done: both, or neither and again. */
async function keep(ctx: Context, no: number, done: number, { count, found }: Compared): Promise<void> {
  const same = found.filter(({ decision }) => decision.verdict === 'same').length
  await inTransaction({ ...ctx, db: ctx.pool }, async (inner) => {
    await Promise.all([
      keepFound(inner, found),
      ask(inner.db, ADVANCE, no, done, count, same, found.length - same),
    ])
  })
}

/** Whoever is in these blocks: from the city that lies open, else opened now. */
async function whoIsIn(ctx: Context, city: City, blocks: readonly Block[]): Promise<City> {
  const there = new Map<number, Opened>()
  const missing: number[] = []
  for (const { patientIds } of blocks)
    for (const patientId of patientIds) {
      if (there.has(patientId)) continue
      const opened = city(patientId)
      if (opened) there.set(patientId, opened)
      else missing.push(patientId)
    }
  for (const [patientId, opened] of await openSome(ctx, [...new Set(missing)])) there.set(patientId, opened)
  return (patientId) => there.get(patientId)
}

export interface Told {
  /** While the city is opened, with how many Patients are. */
  readonly onOpen: (open: number) => void
  /** After each slice that was kept, with how many are. */
  readonly onSlice: (done: number) => void
}

/**
 * Compares everybody who shares a key, slice by slice of the keys from where the run stands. Only blind keys are read
 * from the database to propose; what sources say is opened in this process, once, and compared there.
 */
export async function compareCity(
  ctx: Context,
  night: Pick<NightRow, 'no' | 'slice' | 'slices'>,
  model: Model,
  { onOpen, onSlice }: Told,
): Promise<void> {
  const { no, slices } = night
  const city = night.slice < slices ? await openCity(ctx, onOpen) : NOBODY
  await compareSlices(ctx, night, { city, model }, async (slice, compared) => {
    await keep(ctx, no, slice + 1, compared)
    onSlice(slice + 1)
  })
  // whoever is known again by her hospital's own number alone says too little else to share a key
  for await (const blocks of ownNumberBlocks(ctx)) {
    const opened = await whoIsIn(ctx, city, blocks)
    const { found } = await compareAll({ blocks, opened, meet: () => true, model })
    await keepFound({ ...ctx, db: ctx.pool }, found)
  }
}

async function compareSlices(
  ctx: Context,
  { slice: first, slices }: Pick<NightRow, 'slice' | 'slices'>,
  { city, model }: { readonly city: City; readonly model: Model },
  done: (slice: number, compared: Compared) => Promise<void>,
): Promise<void> {
  if (first >= slices) return
  const frequent = await frequentKeys(ctx, slices)
  const meet: Comparing['meet'] = ({ key }, a, b) => meetFirstAt(key, a, b, frequent)
  let next = blocksIn(ctx, first, slices)
  let kept = Promise.resolve()
  for (let slice = first; slice < slices; slice += 1) {
    const blocks = await next
    // the database looks for the next and keeps the last while this one is compared
    next = slice + 1 < slices ? blocksIn(ctx, slice + 1, slices) : Promise.resolve([])
    next.catch(() => undefined)
    const opened = await whoIsIn(ctx, city, blocks)
    const compared = await compareAll({ blocks, opened, meet, model })
    await kept
    kept = done(slice, compared)
    kept.catch(() => undefined)
  }
  await kept
}
