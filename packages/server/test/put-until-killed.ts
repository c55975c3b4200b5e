import { join } from 'node:path'
import { prepareMonths } from '../src/audit/index.ts'
import type { Context } from '../src/platform/context.ts'
import { migrate, openDb } from '../src/platform/database.ts'
import { makeKeys, readKeys } from '../src/platform/keys.ts'
import { openLog } from '../src/platform/log.ts'
import { openPostgres } from '../src/platform/postgres.ts'
import { put, putAll } from '../src/record/index.ts'

/**
 * Run as a process of its own: twenty-four facilities state results of eight people at once, and each says what was kept
 * only after she was told so.
 */
const [dir = '', from = '0'] = process.argv.slice(2)
const { url } = await openPostgres({ dir: join(dir, 'db') })
await migrate(url)
const keyFile = join(dir, 'keys')
const keys = await readKeys(keyFile).catch(async () => await makeKeys(keyFile).then(() => readKeys(keyFile)))
const db = openDb(url, { max: 8 })
await prepareMonths(db, new Date())
const actor = { kind: 'system', name: 'test' } as const
const ctx: Context = { db, pool: db, keys, now: () => new Date(), actor, log: openLog('silent') }

const people = Array.from({ length: 8 }, (_, i) => 4096 * (i + 2))
const of = (patientId: number) => ({ patientId, source: '79001', kind: 'visit' })
const patient = { resource: { resourceType: 'Patient' }, no: 0 }
await putAll(
  ctx,
  people.map((patientId) => ({ ...of(patientId), resources: [patient] })),
)

let next = Number(from)
async function facility(): Promise<never> {
  for (;;) {
    next += 1
    const [value, patientId] = [next, people[next % people.length] ?? 0]
    const resource = { resourceType: 'Observation', valueInteger: value }
    await put(ctx, { ...of(patientId), resources: [{ resource }, { resource }] })
    process.stdout.write(`kept ${patientId} ${value}\n`)
  }
}
await Promise.all(Array.from({ length: 24 }, facility))
