import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { writeJson } from '@sokhoe/fhir'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { proveChains } from '../src/audit/index.ts'
import { newCampaign } from '../src/declaration/index.ts'
import type { Context } from '../src/platform/context.ts'
import { openDb } from '../src/platform/database.ts'
import { readKeys } from '../src/platform/keys.ts'
import { openLog } from '../src/platform/log.ts'
import { databaseOf } from '../src/platform/postgres.ts'
import { proveRecord } from '../src/record/index.ts'
import { CAMPAIGN } from './house.ts'
import { FIRST_PART, HA, ofType, resourcesIn, responseOf, written } from './resident.ts'

/** Looks into the database of a running server, past its doors. */
export async function lookInside<T>(dataDir: string, work: (ctx: Context) => Promise<T>): Promise<T> {
  const url = await databaseOf(join(dataDir, 'postgres'))
  if (!url) throw new Error('no database is running here')
  const db = openDb(url, { max: 2 })
  const keys = await readKeys(join(dataDir, 'keys'))
  const actor = { kind: 'system', name: 'test' } as const
  const ctx: Context = { db, pool: db, keys, now: () => new Date(), actor, log: openLog('silent') }
  return await work(ctx).finally(() => db.destroy())
}

export const beginCampaign = (dataDir: string) =>
  lookInside(dataDir, (ctx) => newCampaign(ctx, { ward: '26911', code: CAMPAIGN }))

interface Answer {
  /** 0 where nothing came back. */
  readonly status: number
  readonly body: string
  readonly cookie: string
}

/** One of a crowd: what she was told is kept, and what she does not know the fate of. */
export interface Declarer {
  readonly phone: string
  cookie: string
  /** By uuid: the answers, and what the server said when it kept them. */
  readonly kept: Map<string, { readonly body: string; readonly told: string }>
  readonly unsure: Map<string, string>
  /** Weights told so far, each unlike all others. */
  readonly weights: string[]
  /** Anything but success, "not now" and silence. */
  readonly wrong: string[]
}

const newDeclarer = (_: unknown, i: number): Declarer => ({
  phone: `09${String(20_000_000 + i)}`,
  cookie: '',
  kept: new Map(),
  unsure: new Map(),
  weights: [],
  wrong: [],
})

export const newCrowd = (size: number): Declarer[] => Array.from({ length: size }, newDeclarer)

const PATIENCE = 20_000

async function ask(url: string, method: string, body?: string, headers: object = {}): Promise<Answer> {
  try {
    const reply = await fetch(url, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(PATIENCE),
      ...(body !== undefined && { body }),
    })
    const cookie = reply.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    return { status: reply.status, body: await reply.text(), cookie }
  } catch {
    return { status: 0, body: '', cookie: '' }
  }
}

const passes = ({ status }: Answer): boolean => status === 0 || status === 503

/** Notes what must not happen. @returns whether the answer was the one hoped for */
function hoped(one: Declarer, what: string, answer: Answer, ...statuses: readonly number[]): boolean {
  if (statuses.includes(answer.status)) return true
  if (!passes(answer)) one.wrong.push(`${what}: ${answer.status} ${answer.body.slice(0, 120)}`)
  return false
}

async function signIn(base: string, one: Declarer): Promise<void> {
  const { phone } = one
  const start = await ask(`${base}/api/campaigns/${CAMPAIGN}/start`, 'POST', JSON.stringify({ phone }))
  if (!hoped(one, 'start', start, 202)) return
  const messages = await ask(`${base}/dev/messages?phone=${phone}`, 'GET')
  if (!hoped(one, 'messages', messages, 200)) return
  const code = messages.body.match(/\d{6}(?!.*\d{6})/)?.[0] ?? ''
  const { challenge } = JSON.parse(start.body)
  const answer = await ask(`${base}/api/challenges/${challenge}/answer`, 'POST', JSON.stringify({ code }))
  if (hoped(one, 'answer', answer, 200)) one.cookie = answer.cookie
}

function newAnswers(one: Declarer): string {
  const weight = (40 + one.weights.length / 100).toFixed(2)
  one.weights.push(weight)
  const measured = { 'D2.1.7': [written(weight)] }
  return writeJson(
    responseOf(one.weights.length === 1 ? { ...HA, ...FIRST_PART, ...measured } : { ...HA, ...measured }),
  )
}

async function send(base: string, one: Declarer, uuid: string, body: string, headers: object): Promise<void> {
  one.unsure.set(uuid, body)
  const url = `${base}/api/me/declarations/${uuid}`
  const answer = await ask(url, 'PUT', body, { cookie: one.cookie, ...headers })
  if (!hoped(one, 'declare', answer, 200, 201)) return
  one.unsure.delete(uuid)
  one.kept.set(uuid, { body, told: answer.body })
}

/** The next thing a resident does: signs in, sends again what she is unsure of, or declares something new. */
async function step(base: string, one: Declarer, headers: object = {}): Promise<void> {
  if (one.cookie === '') return await signIn(base, one)
  const [again] = one.unsure
  if (again) await send(base, one, ...again, headers)
  else await send(base, one, randomUUID(), newAnswers(one), headers)
}

/** Everybody goes on at once until told to stop; whoever gets no answer waits a moment. */
export function drive(crowd: readonly Declarer[], base: () => string, headers: () => object = () => ({})) {
  let going = true
  const go = async (one: Declarer): Promise<void> => {
    while (going) {
      const before = one.kept.size
      await step(base(), one, headers())
      if (one.kept.size === before) await pause(50)
    }
  }
  const all = Promise.all(crowd.map(go))
  return {
    stop: async () => {
      going = false
      await all
    },
  }
}

export const keptBy = (crowd: readonly Declarer[]): number =>
  crowd.reduce((sum, one) => sum + one.kept.size, 0)

/** Waits until so many more declarations than now are kept. */
export async function keptMore(crowd: readonly Declarer[], more: number): Promise<void> {
  const goal = keptBy(crowd) + more
  await expect.poll(() => keptBy(crowd), { timeout: 60_000, interval: 50 }).toBeGreaterThanOrEqual(goal)
}

async function settleUnsure(base: string, one: Declarer): Promise<void> {
  for (let turn = 0; (one.unsure.size > 0 || one.cookie === '') && turn < 20; turn += 1) await step(base, one)
  expect(one.unsure.size, 'declarations that still nobody knows the fate of').toBe(0)
}

async function proveOne(base: string, one: Declarer): Promise<void> {
  const { cookie } = one
  for (const [uuid, { body, told }] of one.kept) {
    const again = await ask(`${base}/api/me/declarations/${uuid}`, 'PUT', body, { cookie })
    expect([again.status, again.body]).toEqual([200, told])
  }
  const bundle = await ask(`${base}/api/me/record`, 'GET', undefined, { cookie })
  expect(bundle.status).toBe(200)
  const record = resourcesIn(bundle.body)
  expect(ofType(record, 'QuestionnaireResponse')).toHaveLength(one.kept.size)
  expect(ofType(record, 'Patient')).toHaveLength(1)
  for (const weight of one.weights) expect(bundle.body).toContain(`"value":${weight},`)
}

const COUNTS = sql<{ patient_id: number; kept: number; packs: number; notes: number }>`
  select patient_id, count(*) filter (where what = 'kept')::int as kept,
    count(*) filter (where what = 'pack')::int as packs, count(*) filter (where what = 'note')::int as notes
  from (
    select patient_id, 'kept' as what from declaration.kept
    union all select patient_id, 'pack' from record.pack where kind = 'declaration'
    union all select patient_id, 'note' from audit.event where action = 'record.put' and what = 'declaration'
  ) each group by patient_id`

/**
 * Everything that was acknowledged is there whole, nothing is there by half, and nobody was told anything but yes,
 * "not now" or nothing.
 */
export async function proveNothingLost(
  dataDir: string,
  base: string,
  crowd: readonly Declarer[],
): Promise<void> {
  expect([...new Set(crowd.flatMap((one) => one.wrong))]).toEqual([])
  for (const one of crowd) await settleUnsure(base, one)
  for (const one of crowd) await proveOne(base, one)
  await lookInside(dataDir, async (ctx) => {
    const { rows } = await COUNTS.execute(ctx.db)
    expect(rows).toHaveLength(crowd.length)
    for (const { kept, packs, notes } of rows) expect([packs, notes]).toEqual([kept, kept])
    expect(rows.reduce((sum, row) => sum + row.kept, 0)).toBe(keptBy(crowd))
    expect(await proveRecord(ctx)).toMatchObject({ broken: 0, unkeyed: 0 })
    expect((await proveChains(ctx.db)).broken).toEqual([])
    for (const table of ['identity.person', 'identity.patient', 'record.shelf', 'keys.data_key'] as const)
      expect(await ctx.db.selectFrom(table).selectAll().execute(), table).toHaveLength(crowd.length)
  })
}
