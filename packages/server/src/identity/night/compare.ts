import { setImmediate as breathe } from 'node:timers/promises'
import { type Decision, decide, type Model } from '@sokhoe/signals/linkage'
import { ask } from '../../platform/ask.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { type Block, blocksIn, frequentKeys, meetFirstAt, ownNumberBlocks, tieOf } from './blocks.ts'
import { type Opened, openRecords } from './records.ts'
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

function foundOf(a: Opened, b: Opened, decision: Decision): Found['decision'] | undefined {
  const { verdict } = decision
  // the source itself says that it is one Patient; as on arrival
  if (verdict === 'review' && !a.own.isDisjointFrom(b.own))
    return { ...decision, verdict: 'same', rule: 'own-number' }
  if (verdict !== 'different') return { ...decision, verdict }
  // two that state one active number are asked about, whatever else speaks against it
  return a.numbers.isDisjointFrom(b.numbers) ? undefined : { ...decision, verdict: 'review' }
}

/** @param meet whether these two are compared in this block, and not in another of theirs */
function* pairsOf(
  { patientIds }: Pick<Block, 'patientIds'>,
  opened: ReadonlyMap<number, Opened>,
  meet: (a: Opened, b: Opened) => boolean,
): Generator<[number, Opened, number, Opened]> {
  for (const [at, patientId] of patientIds.entries()) {
    const a = opened.get(patientId)
    if (!a) continue
    for (const other of patientIds.slice(at + 1)) {
      const b = opened.get(other)
      if (b && meet(a, b)) yield [patientId, a, other, b]
    }
  }
}

interface Comparing {
  readonly blocks: readonly Block[]
  readonly opened: ReadonlyMap<number, Opened>
  readonly meet: (block: Block, a: Opened, b: Opened) => boolean
  readonly model: Model
}

async function compareAll({ blocks, opened, meet, model }: Comparing): Promise<Compared> {
  const found: Found[] = []
  let [count, since] = [0, performance.now()]
  for (const block of blocks)
    for (const [patientId, a, other, b] of pairsOf(block, opened, (one, two) => meet(block, one, two))) {
      count += 1
      const decision = foundOf(a, b, decide(a.prepared, b.prepared, model))
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

/**
 * Compares everybody who shares a key, slice by slice of the keys from where the run stands. Only blind keys are read
 * from the database to propose; what sources say is opened in this process and compared there.
 * @param onSlice after each slice that was kept
 */
export async function compareCity(
  ctx: Context,
  night: Pick<NightRow, 'no' | 'slice' | 'slices'>,
  model: Model,
  onSlice: (done: number) => void,
): Promise<void> {
  const { no, slices } = night
  const frequent = await frequentKeys(ctx, slices)
  const records = openRecords(ctx)
  const load = async (slice: number) => {
    const blocks = slice < slices ? await blocksIn(ctx, slice, slices) : []
    const opened = await records(new Set(blocks.flatMap(({ patientIds }) => patientIds)))
    return { blocks, opened }
  }
  const meet: Comparing['meet'] = ({ key }, a, b) => meetFirstAt(key, a, b, frequent)
  let next = load(night.slice)
  for (let slice = night.slice; slice < slices; slice += 1) {
    const loaded = await next
    // the database looks for the next while this one is compared
    next = load(slice + 1)
    next.catch(() => undefined)
    await keep(ctx, no, slice + 1, await compareAll({ ...loaded, meet, model }))
    onSlice(slice + 1)
  }
  await next
  // whoever is known again by her hospital's own number alone says too little else to share a key
  for await (const blocks of ownNumberBlocks(ctx)) {
    const opened = await records(new Set(blocks.flatMap(({ patientIds }) => patientIds)))
    const { found } = await compareAll({ blocks, opened, meet: () => true, model })
    await keepFound({ ...ctx, db: ctx.pool }, found)
  }
}
