import { randomInt } from 'node:crypto'
import { stationName, wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import type { Context } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import type { CampaignKind, CampaignRow } from './tables.ts'

/** No vowels and no look-alikes: a code is never a word, and reads the same on paper and aloud. */
const LETTERS = 'bcdfghjkmnpqrstvwxyz'
const DIGITS = '23456789'
const CODE = /^[a-z0-9]{2,12}$/

const pick = (from: string): string => from.charAt(randomInt(from.length))
const syllable = (): string => pick(LETTERS) + pick(LETTERS) + pick(DIGITS)
const newCode = (): string => syllable() + syllable()
/** Longer than a campaign's, so that no place is ever named like one. */
export const newPlaceCode = (): string => newCode() + pick(LETTERS)

export interface NewCampaign {
  readonly ward: string
  readonly kind?: CampaignKind
  readonly code?: string
  readonly alley?: string | null
  readonly title?: string
  readonly starts?: string
  readonly ends?: string | null
  readonly target?: number | null
  readonly station?: { readonly phone: string | null; readonly hours: string | null }
  readonly synthetic?: boolean
}

/**
 * Begins a campaign in a ward of today.
 * @throws {Problem} campaign.ward-unknown
 */
export async function newCampaign(ctx: Context, asked: NewCampaign): Promise<CampaignRow> {
  const today = dayInVietnam(ctx.now())
  const ward = wardAt(asked.ward, today)
  if (!ward) throw new Problem('campaign.ward-unknown')
  const { name } = ward
  const row: CampaignRow = {
    code: asked.code ?? newCode(),
    ward: asked.ward,
    alley: asked.alley ?? null,
    title: asked.title ?? `Lập sổ sức khỏe ${name}`,
    starts: asked.starts ?? today,
    ends: asked.ends ?? null,
    target: asked.target ?? null,
    station_name: stationName(ward),
    station_phone: asked.station?.phone ?? null,
    station_hours: asked.station?.hours ?? null,
    station_address: null,
    synthetic: asked.synthetic ?? false,
    created_at: ctx.now(),
    kind: asked.kind ?? (asked.alley ? 'alley' : 'ward'),
    ended_at: null,
  }
  await ctx.db
    .insertInto('declaration.campaign')
    .values(row)
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute()
  return row
}

/**
 * The campaign that a code opens: its own, or that of a place where its poster hangs.
 * @throws {Problem} campaign.unknown, also for what cannot be a code
 */
export async function campaignOf(ctx: Context, code: string): Promise<CampaignRow> {
  if (!CODE.test(code)) throw new Problem('campaign.unknown')
  const campaigns = ctx.db.selectFrom('declaration.campaign').selectAll()
  const known = await campaigns.where('code', '=', code).executeTakeFirst()
  if (known) return known
  const ofPlace = ctx.db.selectFrom('declaration.place').select('campaign').where('code', '=', code)
  const found = await campaigns.where('code', '=', ofPlace).executeTakeFirst()
  if (!found) throw new Problem('campaign.unknown')
  return found
}

export const campaigns = (ctx: Context): Promise<CampaignRow[]> =>
  ctx.db.selectFrom('declaration.campaign').selectAll().orderBy('created_at').orderBy('code').execute()

const hasEnded = ({ ends, ended_at }: CampaignRow, now: Date): boolean =>
  ended_at !== null || (ends !== null && ends < dayInVietnam(now))

export const stateOf = (campaign: CampaignRow, now: Date): 'coming' | 'open' | 'ended' => {
  if (hasEnded(campaign, now)) return 'ended'
  return campaign.starts > dayInVietnam(now) ? 'coming' : 'open'
}

/** What may be told to anybody who holds the poster. */
export function tellCampaign(campaign: CampaignRow, now: Date) {
  const ward = wardAt(campaign.ward, dayInVietnam(now)) ?? wardAt(campaign.ward, campaign.starts)
  return {
    ward: { code: campaign.ward, name: ward?.name ?? campaign.ward },
    station: {
      name: campaign.station_name,
      phone: campaign.station_phone,
      hours: campaign.station_hours,
      address: campaign.station_address,
    },
  }
}

/** A campaign that takes declarations now. @throws {Problem} campaign.unknown, campaign.ended (says whom to ask) */
export async function openCampaign(ctx: Context, code: string): Promise<CampaignRow> {
  const campaign = await campaignOf(ctx, code)
  if (hasEnded(campaign, ctx.now()))
    throw new Problem('campaign.ended', { more: tellCampaign(campaign, ctx.now()) })
  return campaign
}
