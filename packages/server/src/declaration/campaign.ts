import { randomInt } from 'node:crypto'
import { stationName, wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import type { Context } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import type { CampaignRow } from './tables.ts'

/** No vowels and no look-alikes: a code is never a word, and reads the same on paper and aloud. */
const LETTERS = 'bcdfghjkmnpqrstvwxyz'
const DIGITS = '23456789'
const CODE = /^[a-z0-9]{2,12}$/

const pick = (from: string): string => from.charAt(randomInt(from.length))
const newCode = (): string =>
  pick(LETTERS) + pick(LETTERS) + pick(DIGITS) + pick(LETTERS) + pick(LETTERS) + pick(DIGITS)

export interface NewCampaign {
  readonly ward: string
  readonly code?: string
  readonly alley?: string
  readonly title?: string
  readonly starts?: string
  readonly ends?: string
  readonly target?: number
  readonly station?: { readonly phone: string; readonly hours: string }
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
  }
  await ctx.db
    .insertInto('declaration.campaign')
    .values(row)
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute()
  return row
}

/** @throws {Problem} campaign.unknown, also for what cannot be a code */
export async function campaignOf(ctx: Context, code: string): Promise<CampaignRow> {
  const known = CODE.test(code)
    ? await ctx.db.selectFrom('declaration.campaign').selectAll().where('code', '=', code).executeTakeFirst()
    : undefined
  if (!known) throw new Problem('campaign.unknown')
  return known
}

export const campaigns = (ctx: Context): Promise<CampaignRow[]> =>
  ctx.db.selectFrom('declaration.campaign').selectAll().orderBy('created_at').orderBy('code').execute()

const hasEnded = (campaign: CampaignRow, now: Date): boolean =>
  campaign.ends !== null && campaign.ends < dayInVietnam(now)

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
