import { type CityPlan, DEMO_WARDS, lookAlikesOf } from '@sokhoe/city'
import { dayInVietnam } from '@sokhoe/model'
import pg from 'pg'
import { newCampaign } from '../declaration/index.ts'
import { newHomes } from '../identity/index.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { columnTypes, copied, sendCopied, sendMissing } from '../platform/copy.ts'
import { rememberSetting, settingOf } from '../platform/settings.ts'
import { askAboutLookAlikes } from './alike.ts'
import { type Batch, type DemoResident, rowsOfSecond } from './batch.ts'
import { carry } from './carried.ts'
import { TABLES } from './rows.ts'
import { makeCity } from './workers.ts'

export interface DemoCity {
  readonly residents: readonly DemoResident[]
}

const DEMO = { seed: 'sổ khỏe', residents: 2000 }
const TOLD = 60
const SETTINGS = 'platform.setting'
const SETTING = 'demo-city'
const LOOK_ALIKES = 'demo-look-alikes'
const ASKED = 'demo-look-alikes-asked'
/** A telephone may be somebody's already. */
const MAY_BE_THERE = 'identity.account'

export type Progress = (done: number, total: number) => void

async function send(client: pg.Client, { rows }: Pick<Batch, 'rows'>): Promise<void> {
  for (const each of rows)
    await (each.table === MAY_BE_THERE ? sendMissing(client, each) : sendCopied(client, each))
}

export interface Loaded {
  readonly residents: number
  readonly books: number
  /** The first few with a telephone of their own. */
  readonly told: readonly DemoResident[]
}

interface WithLookAlikes extends Loaded {
  /** First Patients of the books that look like others; {@link askAboutLookAlikes} compares them. */
  readonly lookAlikes: readonly number[]
}

/**
 * Loads a synthetic city through the real codec and sealing: made in other threads, sent by this one.
 *
 * @param client its transaction is the caller's: what is loaded stands or falls with it
 * @param around what surrounds the sending of one batch; default nothing
 * @throws {RangeError} a ward code that no ward carries
 */
export async function loadCity(
  ctx: Context,
  client: pg.Client,
  plan: CityPlan,
  onProgress: Progress,
  around: (send: () => Promise<void>) => Promise<void> = (send) => send(),
): Promise<WithLookAlikes> {
  const { books: second } = lookAlikesOf(plan)
  const types = await columnTypes(client, TABLES)
  const homes = await newHomes(ctx.pool, plan.residents + second.length)
  let loaded: Loaded = { residents: 0, books: 0, told: [] }
  for await (const batch of makeCity({ plan, types, homes, keys: carry(ctx.keys), actor: ctx.actor })) {
    await around(() => send(client, batch))
    const { residents, books, told } = loaded
    loaded = {
      residents: residents + batch.residents,
      books: books + batch.books,
      told: told.length < TOLD ? [...told, ...batch.told].slice(0, TOLD) : told,
    }
    onProgress(loaded.residents, plan.residents)
  }
  const { rows, patientIds: lookAlikes } = rowsOfSecond({ plan, homes, types }, ctx, second)
  await around(() => send(client, { rows }))
  return { ...loaded, lookAlikes }
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return await work(client).finally(() => client.end())
}

/** Fills the demonstration city once: all of it, or nothing and again at the next start. */
export async function openCity(ctx: Context, url: string, onProgress: Progress): Promise<void> {
  if (!(await demoCity(ctx)))
    await withClient(url, async (client) => {
      await client.query('begin')
      const plan = { ...DEMO, until: dayInVietnam(ctx.now()) }
      const { told: residents, lookAlikes } = await loadCity(ctx, client, plan, onProgress)
      const types = await columnTypes(client, [SETTINGS])
      const settings = [
        { name: SETTING, value: JSON.stringify({ residents }) },
        { name: LOOK_ALIKES, value: JSON.stringify({ plan, lookAlikes }) },
      ]
      await sendCopied(client, copied(types, SETTINGS, settings))
      await demoCampaigns(ctx)
      await client.query('commit')
    })
  await openLookAlikes(ctx)
}

/** Compares them once, in a transaction of their own: the city must stand before anybody is looked for in it. */
async function openLookAlikes(ctx: Context): Promise<void> {
  const kept = await settingOf(ctx.pool, LOOK_ALIKES)
  if (kept === undefined || (await settingOf(ctx.pool, ASKED)) !== undefined) return
  const { plan, lookAlikes } = JSON.parse(kept) as { plan: CityPlan; lookAlikes: readonly number[] }
  await inTransaction(ctx, async (inner) => {
    await askAboutLookAlikes(inner, plan, lookAlikes)
    await rememberSetting(inner.db, ASKED, 'yes')
  })
}

const CODES = ['bq27', 'bt27', 'gv27']

async function demoCampaigns(ctx: Context): Promise<void> {
  const ends = dayInVietnam(new Date(ctx.now().getTime() + 365 * 86_400_000))
  for (const [at, ward] of DEMO_WARDS.entries())
    await newCampaign(ctx, { ward, code: CODES[at] ?? `ward${at}`, ends, synthetic: true })
}

/** What the demonstration city tells of itself; undefined where none was filled. */
export async function demoCity(ctx: Context): Promise<DemoCity | undefined> {
  const told = await settingOf(ctx.pool, SETTING)
  return told === undefined ? undefined : (JSON.parse(told) as DemoCity)
}
