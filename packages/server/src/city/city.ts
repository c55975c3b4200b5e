import { type CityPlan, cityOf, DEMO_WARDS, type Resident } from '@sokhoe/city'
import { dayInVietnam } from '@sokhoe/model'
import pg from 'pg'
import { newCampaign } from '../declaration/index.ts'
import { newHomes } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { columnsOf, copyRows } from '../platform/copy.ts'
import { PATIENTS_A_HOME, publicId } from '../platform/ids.ts'
import { settingOf } from '../platform/settings.ts'
import { copyIn } from '../record/index.ts'
import { addRows, emptyLoad, type Load, residentRows } from './rows.ts'

export interface DemoResident {
  readonly phone: string
  readonly name: string
  readonly person: string
  readonly level: Resident['level']
  readonly birthDate: string
  readonly idNumber: string | null
}

export interface DemoCity {
  readonly residents: readonly DemoResident[]
}

const DEMO = { seed: 'sổ khỏe', residents: 2000 }
const TOLD = 60
/** Residents whose rows are made and copied together: few enough for constant memory. */
const BATCH = 500
const SETTING = 'demo-city'

export type Progress = (done: number, total: number) => void

function* batchesOf(plan: CityPlan) {
  let batch: {
    household: ReturnType<typeof cityOf> extends Generator<infer H> ? H : never
    resident: Resident
  }[] = []
  for (const household of cityOf(plan))
    for (const resident of household.members) {
      batch.push({ household, resident })
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  yield batch
}

function tell(ctx: Context, resident: Resident, home: number): DemoResident | undefined {
  const { phone, name, level, birthDate, idNumber, declaredOn } = resident
  if (phone === null || declaredOn === null) return undefined
  const person = publicId(ctx.keys.id, { patientId: home * PATIENTS_A_HOME, no: 0 })
  return { phone, name, person, level, birthDate, idNumber }
}

async function copyAll(client: pg.Client, load: Load): Promise<void> {
  await copyIn(client, load.shelves)
  for (const [table, rows] of load.tables) {
    const [first] = rows
    if (first)
      await copyRows(client, table, await columnsOf(client, table, first), rows as Record<string, unknown>[])
  }
}

/**
 * Loads a synthetic city through the real codec and sealing.
 * @param client its transaction is the caller's: what is loaded stands or falls with it
 * @returns residents with a telephone, the first few
 */
export async function loadCity(
  ctx: Context,
  client: pg.Client,
  plan: CityPlan,
  onProgress: Progress,
): Promise<DemoResident[]> {
  const told: DemoResident[] = []
  let done = 0
  for (const batch of batchesOf(plan)) {
    if (batch.length === 0) continue
    const first = await newHomes(ctx.pool, batch.length)
    const load = emptyLoad()
    batch.forEach(({ household, resident }, at) => {
      residentRows(load, ctx, household, resident, first + at)
      const one = told.length < TOLD ? tell(ctx, resident, first + at) : undefined
      if (one) told.push(one)
    })
    await copyAll(client, load)
    done += batch.length
    onProgress(done, plan.residents)
  }
  return told
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return await work(client).finally(() => client.end())
}

/** Fills the demonstration city once: all of it, or nothing and again at the next start. */
export async function openCity(ctx: Context, url: string, onProgress: Progress): Promise<void> {
  if (await demoCity(ctx)) return
  await withClient(url, async (client) => {
    await client.query('begin')
    const until = dayInVietnam(ctx.now())
    const residents = await loadCity(ctx, client, { ...DEMO, until }, onProgress)
    const load = emptyLoad()
    addRows(load, 'platform.setting', [{ name: SETTING, value: JSON.stringify({ residents }) }])
    await copyAll(client, load)
    await demoCampaigns(ctx)
    await client.query('commit')
  })
}

const CODES = ['bq27', 'bt27', 'gv27']
/** Invented: the numbers of a demonstration reach nobody. */
const STATION = { phone: '(028) 5550 1127', hours: '7:00–17:00, thứ Hai đến thứ Bảy' }

async function demoCampaigns(ctx: Context): Promise<void> {
  const ends = dayInVietnam(new Date(ctx.now().getTime() + 365 * 86_400_000))
  for (const [at, ward] of DEMO_WARDS.entries())
    await newCampaign(ctx, { ward, code: CODES[at] ?? `ward${at}`, ends, station: STATION, synthetic: true })
}

/** What the demonstration city tells of itself; undefined where none was filled. */
export async function demoCity(ctx: Context): Promise<DemoCity | undefined> {
  const told = await settingOf(ctx.pool, SETTING)
  return told === undefined ? undefined : (JSON.parse(told) as DemoCity)
}
