import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import { AGE_BANDS, bandOf, COVERAGE_TARGET, FEWEST } from '@sokhoe/model/ages'
import type { Board } from '@sokhoe/model/coverage'
import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import { upToNow } from './follow.ts'
import { basisOf, estimated } from './places.ts'

/** A ward's board, or one campaign's: then of everybody who came by it, wherever she lives. */
export interface AskedBoard {
  readonly ward: string
  readonly campaign?: Campaign
  /** Cells of fewer than five people are left out, for readers from outside the ward. */
  readonly hideFew: boolean
}

export interface Campaign {
  readonly code: string
  readonly ward: string
  readonly alley: string | null
  readonly title: string
  readonly target: number | null
}

const CAMPAIGN = sql`code, ward, alley, title, target`

/** A campaign as insight sees it; undefined where there is none of this code. */
export async function campaignSeen(ctx: Context, code: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Campaign>`
    select ${CAMPAIGN} from insight.campaign_listed where code = ${code}`.execute(ctx.db)
  return rows[0]
}

const of = ({ ward, campaign }: AskedBoard) =>
  campaign ? sql`campaign = ${campaign.code}` : sql`ward = ${ward}`

interface DayRow {
  readonly day: string
  readonly declared: number
  readonly verified: number
}

const DAYS_TOLD = 120

const days = (ctx: Context, asked: AskedBoard) =>
  sql<DayRow>`
  select day, sum(n)::bigint as declared,
    coalesce(sum(n) filter (where level in ('verified', 'national')), 0)::bigint as verified
  from insight.campaign_day where ${of(asked)} group by day having sum(n) <> 0
    or coalesce(sum(n) filter (where level in ('verified', 'national')), 0) <> 0 order by day`.execute(ctx.db)

interface CampaignCount {
  readonly code: string | null
  readonly title: string | null
  readonly alley: string | null
  readonly declared: number
  readonly verified: number
}

/** Every campaign of the ward, also one by which nobody came yet. */
const campaignCounts = (ctx: Context, asked: AskedBoard) =>
  sql<CampaignCount>`
  select nullif(coalesce(counted.campaign, listed.code), '') as code, listed.title, listed.alley,
    coalesce(counted.declared, 0)::bigint as declared, coalesce(counted.verified, 0)::bigint as verified
  from (select campaign, sum(n) as declared, sum(n) filter (where level in ('verified', 'national')) as verified
      from insight.campaign_age where ${of(asked)} group by campaign) as counted
    full join insight.campaign_listed as listed on listed.code = counted.campaign
  where counted.campaign is not null
    or ${asked.campaign ? sql`listed.code = ${asked.campaign.code}` : sql`listed.ward = ${asked.ward}`}
  order by declared desc, code`.execute(ctx.db)

interface AgeRow {
  readonly birth_year: number
  readonly declared: number
  readonly verified: number
}

const ages = (ctx: Context, asked: AskedBoard) =>
  sql<AgeRow>`
  select birth_year, sum(n)::bigint as declared,
    coalesce(sum(n) filter (where level in ('verified', 'national')), 0)::bigint as verified
  from insight.campaign_age where ${of(asked)} group by birth_year`.execute(ctx.db)

const USUAL_WEEKS = 8

interface HourRow {
  readonly hour: number
  readonly today: number
  /** Of the same weekday in the weeks before. */
  readonly before: number
}

const hours = (ctx: Context, asked: AskedBoard, today: string) =>
  sql<HourRow>`
  select hour, coalesce(sum(n) filter (where day = ${today}::date), 0)::bigint as today,
    coalesce(sum(n) filter (where day < ${today}::date), 0)::bigint as before
  from insight.campaign_hour
  where ${of(asked)} and day = any(array(
    select ${today}::date - 7 * weeks from generate_series(0, ${USUAL_WEEKS}::int) as weeks))
  group by hour order by hour`.execute(ctx.db)

const channels = (ctx: Context, asked: AskedBoard, today: string) =>
  sql<Board['todayBy'][number]>`
  select channel, sum(n)::bigint as declared from insight.campaign_day
  where ${of(asked)} and day = ${today}::date group by channel having sum(n) > 0 order by channel`.execute(
    ctx.db,
  )

const OPEN = { from: 7, to: 17 } as const

/** Weeks in which there can have been something: before the first book there is no usual day. */
const weeksKnown = (byDay: readonly DayRow[], today: string): number => {
  const [first] = byDay
  const passed = first ? (Date.parse(today) - Date.parse(first.day)) / (7 * 86_400_000) : 0
  return Math.min(USUAL_WEEKS, Math.floor(passed))
}

function hoursOf(rows: readonly HourRow[], weeks: number): Board['today'] {
  const found = new Map(rows.map((row) => [row.hour, row]))
  const all = Array.from({ length: 24 }, (_, hour) => ({ hour, ...found.get(hour) }))
  return all
    .filter(({ hour, today }) => (hour >= OPEN.from && hour <= OPEN.to) || today)
    .map(({ hour, today = 0, before = 0 }) => ({
      hour,
      declared: today,
      usual: weeks > 0 ? Math.round((10 * before) / weeks) / 10 : null,
    }))
}

interface Pair {
  readonly declared: number
  readonly verified: number
}

const sum = (pairs: readonly Pair[]): Pair =>
  pairs.reduce(
    (all, one) => ({ declared: all.declared + one.declared, verified: all.verified + one.verified }),
    {
      declared: 0,
      verified: 0,
    },
  )

/** How a number of people is told: as it is, or not at all where it is small and the reader from outside. */
const telling = (hideFew: boolean) => {
  const tell = (n: number): number | null => (hideFew && n > 0 && n < FEWEST ? null : n)
  return ({ declared, verified }: Pair) => ({ declared: tell(declared), verified: tell(verified) })
}

function ageRows(rows: readonly AgeRow[], population: number | null, asked: AskedBoard, today: string) {
  const tell = telling(asked.hideFew)
  const byBand = Map.groupBy(rows, ({ birth_year }) => bandOf(birth_year || null, Number(today.slice(0, 4))))
  const bands = [...AGE_BANDS.map(({ band }) => band), 'unknown' as const]
  return bands
    .filter((band) => band !== 'unknown' || byBand.has(band))
    .map((band) => ({
      band,
      ...tell(sum(byBand.get(band) ?? [])),
      estimated: asked.campaign ? null : estimated(population, band),
    }))
}

/** Campaigns tell the alley they were made for; nobody publishes how many live in one. */
function alleyRows(rows: readonly CampaignCount[], { hideFew }: AskedBoard): Board['byAlley'] {
  const tell = telling(hideFew)
  return [...Map.groupBy(rows, ({ alley }) => alley)].map(([alley, some]) => ({
    alley,
    ...tell(sum(some)),
    estimated: null,
  }))
}

const wardTarget = (population: number | null): number | null =>
  population === null ? null : Math.ceil(population * COVERAGE_TARGET)

/**
 * How far a ward or a campaign has come, up to this moment.
 * @returns undefined where no ward carries the code today
 */
export async function boardOf(ctx: Context, asked: AskedBoard): Promise<Board | undefined> {
  const today = dayInVietnam(ctx.now())
  const ward = wardAt(asked.ward, today)
  if (!ward) return undefined
  const asOf = await upToNow(ctx)
  const [byDay, byCampaign, byAge, byHour, byChannel] = await Promise.all([
    days(ctx, asked),
    campaignCounts(ctx, asked),
    ages(ctx, asked),
    hours(ctx, asked, today),
    channels(ctx, asked, today),
  ])
  const { declared, verified } = sum(byAge.rows)
  const people = ward.population
  const tell = telling(asked.hideFew)
  const { campaign } = asked
  return {
    ward: { code: ward.code, name: ward.name },
    campaign: campaign ? { code: campaign.code, title: campaign.title } : null,
    asOf: asOf.toISOString(),
    population: { estimated: people, basis: basisOf(null) },
    target: campaign ? campaign.target : wardTarget(people),
    declared,
    verified,
    overFull: people !== null && declared > people,
    byDay: byDay.rows.slice(-DAYS_TOLD),
    byAlley: alleyRows(byCampaign.rows, asked),
    byAge: ageRows(byAge.rows, people, asked, today),
    byCampaign: byCampaign.rows.map(({ code, title, ...counts }) => ({ code, title, ...tell(counts) })),
    todayBy: byChannel.rows,
    today: hoursOf(byHour.rows, weeksKnown(byDay.rows, today)),
  }
}
