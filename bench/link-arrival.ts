import { statePatients } from '../packages/server/src/identity/index.ts'
import { proposed } from '../packages/server/src/identity/linking/candidates.ts'
import { readyOf } from '../packages/server/src/identity/linking/keys.ts'
import { inTransaction } from '../packages/server/src/platform/context.ts'
import { cpuOf, databaseCpu } from './cpu.ts'
import { type Figure, figure } from './figure.ts'
import { type Record, recordsOf } from './link/city.ts'
import { openCity } from './link-city.ts'

const WARM = 500
const ARRIVALS = 2000

const quantile = (took: readonly number[], share: number): number =>
  took.toSorted((a, b) => a - b)[Math.floor(took.length * share)] ?? Number.NaN

/** Half of them are strangers, half come from another hospital of somebody who is there. */
function* arriving(count: number): Generator<Record> {
  const strangers = recordsOf(99, count)
  for (const known of recordsOf(1, count)) {
    yield { ...known, source: 'HCM-099' }
    const { value } = strangers.next()
    if (value) yield { ...value, source: 'HCM-098' }
  }
}

const asStated = ({ source, demographics, ward }: Record) => ({
  source,
  demographics,
  ...(ward !== null && { ward }),
})

/**
 * One record arrives in a city of so many persons: who it is is found, it is linked or asked about, and kept, in one
 * transaction. And the search for whom its keys propose by itself, of the same records.
 */
export async function* arrival(size: number): AsyncGenerator<Figure> {
  const { ctx, close } = await openCity(size)
  try {
    const [all, search]: [number[], number[]] = [[], []]
    let [n, own, database] = [0, 0, 0]
    for (const record of arriving(WARM + ARRIVALS)) {
      if (n >= WARM + ARRIVALS) break
      n += 1
      const { keys } = readyOf(ctx.keys, record.demographics, { ward: record.ward })
      if (n === WARM + 1) [own, database] = [cpuOf(process.pid), databaseCpu()]
      const before = performance.now()
      await proposed(ctx, [keys])
      const found = performance.now()
      await inTransaction(ctx, (inner) => statePatients(inner, [asStated(record)]))
      if (n <= WARM) continue
      search.push(found - before)
      all.push(performance.now() - found)
    }
    const each = [cpuOf(process.pid) - own, databaseCpu() - database].map((ms) => (ms / ARRIVALS).toFixed(2))
    process.stderr.write(`processor for one: ${each[0]} ms of this process, ${each[1]} ms of the database\n`)
    const persons = `${size} persons`
    yield figure({
      name: `search, p50, ${persons}`,
      value: quantile(search, 0.5),
      unit: 'ms',
      goal: { atMost: 5 },
    })
    yield figure({
      name: `search, p99, ${persons}`,
      value: quantile(search, 0.99),
      unit: 'ms',
      goal: { atMost: 5 },
    })
    yield figure({
      name: `arrival, p50, ${persons}`,
      value: quantile(all, 0.5),
      unit: 'ms',
      goal: { atMost: 20 },
    })
    yield figure({
      name: `arrival, p99, ${persons}`,
      value: quantile(all, 0.99),
      unit: 'ms',
      goal: { atMost: 20 },
    })
  } finally {
    await close()
  }
}
