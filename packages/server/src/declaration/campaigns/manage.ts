import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import { authorizeWork, type WorkAction } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { campaignOf, type NewCampaign, newCampaign, stateOf } from '../campaign.ts'
import type { CampaignRow } from '../tables.ts'
import type { PosterItem } from './poster.ts'

/** A campaign that this worker may do this with. @throws {Problem} campaign.unknown, staff.not-yours */
export async function campaignFor(ctx: Context, action: WorkAction, code: string): Promise<CampaignRow> {
  const campaign = await campaignOf(ctx, code)
  await authorizeWork(ctx, action, campaign.ward)
  return campaign
}

export function tellWork(campaign: CampaignRow, now: Date) {
  const { code, kind, title, alley, ward, starts, ends, target, station_phone, station_hours } = campaign
  const name = (wardAt(ward, dayInVietnam(now)) ?? wardAt(ward, starts))?.name ?? ward
  return {
    code,
    kind,
    title,
    alley,
    ward: { code: ward, name },
    starts,
    ends,
    target,
    phone: station_phone,
    hours: station_hours,
    state: stateOf(campaign, now),
  }
}

/** Campaigns of one ward, or of all; the newest first. */
export async function campaignsIn(ctx: Context, ward: string | null): Promise<CampaignRow[]> {
  const all = ctx.db
    .selectFrom('declaration.campaign')
    .selectAll()
    .orderBy('starts', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('code')
  return await (ward === null ? all : all.where('ward', '=', ward)).execute()
}

export type Change = Pick<CampaignRow, 'title' | 'ends' | 'target'> & {
  readonly phone: string | null
  readonly hours: string | null
}

function checkDays(starts: string, ends: string | null): void {
  if (ends !== null && ends < starts) throw new Problem('request.invalid', { at: ['/ends'] })
}

/** Whom residents call and when: as asked, else as the ward's newest campaign that says so. */
async function contactOf(ctx: Context, { ward, station }: NewCampaign) {
  const before = await ctx.db
    .selectFrom('declaration.campaign')
    .select(['station_phone', 'station_hours'])
    .where('ward', '=', ward)
    .where('station_phone', 'is not', null)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return {
    phone: station?.phone ?? before?.station_phone ?? null,
    hours: station?.hours ?? before?.station_hours ?? null,
  }
}

/**
 * @throws {Problem} request.invalid, campaign.ward-unknown
 */
export async function beginCampaign(ctx: Context, asked: NewCampaign): Promise<CampaignRow> {
  checkDays(asked.starts ?? dayInVietnam(ctx.now()), asked.ends ?? null)
  if (asked.kind === 'alley' && !asked.alley) throw new Problem('request.invalid', { at: ['/alley'] })
  return await inTransaction(ctx, async (ctx) => {
    const campaign = await newCampaign(ctx, { ...asked, station: await contactOf(ctx, asked) })
    await note(ctx, { action: 'campaign.made', what: campaign.code })
    return campaign
  })
}

/** A later last day opens an ended campaign again. @throws {Problem} request.invalid */
export async function changeCampaign(ctx: Context, campaign: CampaignRow, change: Change): Promise<void> {
  checkDays(campaign.starts, change.ends)
  const { title, ends, target, phone: station_phone, hours: station_hours } = change
  const reopened = ends === null || ends >= dayInVietnam(ctx.now()) ? { ended_at: null } : {}
  await update(ctx, campaign, 'campaign.changed', {
    title,
    ends,
    target,
    station_phone,
    station_hours,
    ...(ends === campaign.ends ? {} : reopened),
  })
}

/** From this moment the posters say that it has ended. */
export const endCampaign = (ctx: Context, campaign: CampaignRow): Promise<void> =>
  update(ctx, campaign, 'campaign.ended', { ended_at: ctx.now() })

const update = (
  ctx: Context,
  { code }: CampaignRow,
  action: string,
  values: Partial<CampaignRow>,
): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    await ctx.db.updateTable('declaration.campaign').set(values).where('code', '=', code).execute()
    await note(ctx, { action, what: code })
  })

/**
 * What to print for these codes, in their order: campaigns, or places of campaigns.
 * @throws {Problem} campaign.unknown, staff.not-yours
 */
export async function itemsFor(ctx: Context, codes: readonly string[]): Promise<PosterItem[]> {
  const places = await ctx.db.selectFrom('declaration.place').selectAll().where('code', 'in', codes).execute()
  const placeNamed = new Map(places.map((place) => [place.code, place]))
  const wanted = [...codes, ...places.map(({ campaign }) => campaign)]
  const rows = await ctx.db
    .selectFrom('declaration.campaign')
    .selectAll()
    .where('code', 'in', wanted)
    .execute()
  const campaignNamed = new Map(rows.map((row) => [row.code, row]))
  for (const ward of new Set(rows.map(({ ward }) => ward))) await authorizeWork(ctx, 'campaign.read', ward)
  return codes.map((code) => {
    const place = placeNamed.get(code)
    const campaign = campaignNamed.get(place?.campaign ?? code)
    if (!campaign) throw new Problem('campaign.unknown')
    return { campaign, ...(place && { place }) }
  })
}
