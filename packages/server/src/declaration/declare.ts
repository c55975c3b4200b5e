import { dayInVietnam, type QuestionnaireResponse } from '@sokhoe/model'
import { booksOf, lockTelephone } from '../identity/index.ts'
import { type Context, inTransaction, type Resident } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { checkedResponse, digestOf, readJson } from './answers.ts'
import { campaignOf } from './campaign.ts'
import { countBook } from './campaigns/places.ts'
import { type DraftPlace, dropDraft, ownDrafts } from './draft.ts'
import { identityIn, isChild, type Kept, newBook, nextDeclaration, type Telling } from './keep.ts'
import type { CampaignRow } from './tables.ts'
import { inTurn } from './turns.ts'

export interface Declared {
  readonly outcome: 'kept' | 'known'
  readonly patientId: number
  /** Resources kept by this declaration. */
  readonly resources: number
  readonly at: Date
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/** When the answers were given: as the telephone says, unless its clock is ahead of ours. */
export function authoredAt(said: unknown, now: Date): string {
  const given = typeof said === 'string' && INSTANT.test(said) && Date.parse(said) <= now.getTime()
  return given ? said : now.toISOString()
}

interface Sent {
  readonly ctx: Context
  readonly resident: Resident
  readonly response: QuestionnaireResponse
  readonly day: string
}

/** A resident tells it of herself, at her telephone. */
function tellingOf({ ctx, resident, response, day }: Sent, campaign: CampaignRow | undefined): Telling {
  const { phoneHash, epoch } = resident
  return {
    ctx,
    response,
    day,
    opening: {
      phoneHash,
      epoch,
      relation: 'self',
      ward: campaign?.ward ?? null,
      campaign: campaign?.code ?? null,
      channel: 'self',
    },
    consentChannel: 'declaration',
    checkAge: (birthDate) => {
      if (isChild(birthDate, day)) throw new Problem('declaration.representative-needed')
    },
    frame: { authored: authoredAt(response.authored, ctx.now()) },
  }
}

/** What is told of answers that came before under the same name. @throws {Problem} declaration.changed */
export async function keptAlready(
  ctx: Context,
  phoneHash: Buffer,
  {
    uuid,
    digest,
    homes,
  }: { readonly uuid: string; readonly digest: Buffer; readonly homes?: readonly number[] },
): Promise<Declared | undefined> {
  const known = await ctx.db
    .selectFrom('declaration.kept')
    .select(['digest', 'home', 'patient_id', 'resources', 'at'])
    .where('phone_hash', '=', phoneHash)
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  if (!known) return undefined
  if (!known.digest.equals(digest) || (homes && !homes.includes(known.home)))
    throw new Problem('declaration.changed')
  return { outcome: 'known', patientId: known.patient_id, resources: known.resources, at: known.at }
}

/** Writes down that these answers were kept, and forgets their draft. */
export async function markKept(
  ctx: Context,
  place: DraftPlace,
  { uuid, digest }: { readonly uuid: string; readonly digest: Buffer },
  { home, patientId, resources }: Kept,
): Promise<Declared> {
  const { phoneHash } = place
  const at = ctx.now()
  await Promise.all([
    ctx.db
      .insertInto('declaration.kept')
      .values({ phone_hash: phoneHash, uuid, digest, home, patient_id: patientId, resources, at })
      .execute(),
    dropDraft(ctx, place, uuid),
  ])
  return { outcome: 'kept', patientId, resources, at }
}

/** A number to which the book is still on its way adds to it; it decides neither whose it is nor who reads it. */
function refuseDeciding({ response, day }: Sent): void {
  if (identityIn({ response, day }) || decidesSharing(response)) throw new Problem('move.not-yet')
}

/** Whether the answers say anything about sharing: that is more than writing. */
export const decidesSharing = ({ item = [] }: QuestionnaireResponse): boolean =>
  JSON.stringify(item).includes('"linkId":"consent.')

async function keep(sent: Sent, uuid: string, digest: Buffer): Promise<Declared> {
  const { ctx, resident } = sent
  const { phoneHash, campaign: code } = resident
  const [locked, campaign, known] = await Promise.all([
    lockTelephone(ctx, resident),
    code === null ? undefined : campaignOf(ctx, code),
    keptAlready(ctx, phoneHash, { uuid, digest }),
  ])
  if (known) return known
  const book = (await booksOf(ctx, locked)).find(({ relation }) => relation === 'self')
  if (book && locked.arriving.includes(book.home)) refuseDeciding(sent)
  const telling = tellingOf({ ...sent, resident: locked }, campaign)
  const kept = await (book ? nextDeclaration(telling, book) : newBook(telling))
  // she scanned the poster of a place, whose code is not the campaign's own
  const place = book === undefined && code !== campaign?.code ? code : null
  if (place !== null) await countBook(ctx, place)
  return await markKept(ctx, ownDrafts(resident), { uuid, digest }, kept)
}

/**
 * Keeps a declaration: the first at a telephone makes the book, each later one adds versions and ends old statements.
 * Whatever happens on the way, all of it is there or none; once answered it is durable.
 *
 * @param uuid chosen by the client: the same answers under it again are the same declaration
 * @param text the QuestionnaireResponse as it came
 * @throws {Problem} declaration.invalid · declaration.changed · declaration.other-person ·
 *   declaration.representative-needed · request.not-json
 */
export async function declare(
  ctx: Context,
  resident: Resident,
  uuid: string,
  text: string,
): Promise<Declared> {
  const day = dayInVietnam(ctx.now())
  const response = checkedResponse(readJson(text), day)
  const digest = digestOf(ctx.keys, response)
  // they would wait for one another in the database, each on a connection that others need
  return await inTurn(resident.phoneHash.toString('base64'), () =>
    inTransaction(ctx, (ctx) => keep({ ctx, resident, response, day }, uuid, digest)),
  )
}
