import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openTestContext } from '../../../test/house.ts'
import type { Context } from '../../platform/context.ts'
import { makeKeys, readKeys } from '../../platform/keys.ts'
import { nightProgress, relinkCity } from './nightly.ts'

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url))
const FILL = fileURLToPath(new URL('../../../../../bench/link-fill.ts', import.meta.url))
/** Enough for two slices of keys, and for weights learned of this city. */
const RECORDS = '8000'
const MINUTE = 60_000

interface House {
  readonly ctx: Context
  readonly env: NodeJS.ProcessEnv
}

/** A city whose records are still a person each; the same for the same keys. */
async function filledCity(dir: string): Promise<House> {
  const keyFile = join(dir, 'keys')
  const { ctx, url } = await openTestContext()
  const [code] = await once(spawn(process.execPath, [FILL, url, keyFile, RECORDS, '7']), 'exit')
  expect(code).toBe(0)
  const env = { ...process.env, MODE: 'test', DEMO: '0', DATA_DIR: dir, LOG_LEVEL: 'error' }
  return {
    ctx: { ...ctx, now: () => new Date(), keys: await readKeys(keyFile) },
    env: { ...env, KEY_FILE: keyFile, DATABASE_URL: url },
  }
}

const relink = ({ env }: House): ChildProcess =>
  spawn(process.execPath, [CLI, 'relink', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] })

async function ended(child: ChildProcess): Promise<string> {
  let out = ''
  child.stdout?.on('data', (part: Buffer) => {
    out += part.toString()
  })
  await once(child, 'close')
  return out
}

/** As soon as the command has told so much, or left so much behind. */
type Moment = (told: string, ctx: Context) => Promise<boolean> | boolean

const nightOf = ({ db }: Context) =>
  db.selectFrom('identity.night').selectAll().orderBy('no', 'desc').executeTakeFirst()

const MOMENTS: Readonly<Record<string, Moment>> = {
  open: (told) => told.includes('opens what sources say'),
  compare: async (_, ctx) => ((await nightOf(ctx))?.slice ?? 0) > 0,
  move: async (_, ctx) => ((await nightOf(ctx))?.moved ?? 0) > 0,
  pairs: async (_, { db }) => (await sql`select from identity.pair limit 1`.execute(db)).rows.length > 0,
}

/** Runs the night and kills it without warning at that moment. */
async function cutOffAt(house: House, moment: Moment): Promise<void> {
  const child = relink(house)
  let told = ''
  child.stderr?.on('data', (part: Buffer) => {
    told += part.toString()
  })
  while (child.exitCode === null && !(await moment(told, house.ctx))) await after(2)
  child.kill('SIGKILL')
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit')
  expect([child.exitCode, child.signalCode]).toEqual([null, 'SIGKILL'])
  expect(await nightProgress(house.ctx)).toBeLessThan(1)
  // its connection, and with it its lock, ends a moment after it
  await after(500)
}

/** Who is one person with whom, what is known of pairs, and how often anybody was moved. */
async function leftBy({ db }: Context) {
  const { rows: groups } = await sql<{
    ids: string
  }>`select string_agg(patient_id::text, ' ' order by patient_id) as ids
    from identity.patient group by person order by min(patient_id)`.execute(db)
  const { rows: pairs } =
    await sql`select patient_id, other_patient_id, verdict, score, rule, reasons, state, ward
    from identity.pair order by patient_id, other_patient_id`.execute(db)
  const { rows: links } = await sql`select patient_id, person, why, score from identity.link
    order by patient_id, at`.execute(db)
  const { rows: noted } = await sql`select patient_id, count(*) from audit.event group by patient_id
    order by patient_id`.execute(db)
  return { groups: groups.map((row) => row.ids), pairs, links, noted }
}

test(
  'a night that is killed in each of its phases ends as one that nobody disturbed',
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sokhoe-night-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    await makeKeys(join(dir, 'keys'))
    const [calm, killed] = [await filledCity(dir), await filledCity(dir)]
    expect(await relinkCity(calm.ctx)).toMatchObject({ phase: 'done', slices: 2 })

    for (const moment of Object.values(MOMENTS)) await cutOffAt(killed, moment)
    const { no, moved } = JSON.parse(await ended(relink(killed)))
    expect([no, moved > 1000]).toEqual([1, true])
    expect(await nightProgress(killed.ctx)).toBe(1)
    expect(await leftBy(killed.ctx)).toEqual(await leftBy(calm.ctx))
    expect(JSON.parse(await ended(relink(killed)))).toMatchObject({ no: 2, moved: 0 })
  },
  20 * MINUTE,
)
