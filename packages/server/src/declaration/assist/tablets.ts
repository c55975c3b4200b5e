import { randomBytes, randomUUID } from 'node:crypto'
import { newBoxKeys, takeFromBox } from '@sokhoe/model/box'
import { note, noteRefusal } from '../../audit/index.ts'
import { staffAccount } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { openForHouse, sealForHouse } from '../../platform/houseseal.ts'
import { fingerprint, sameBytes } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import type { Worker } from './visit.ts'

const HOUR = 3_600_000
/** A tablet reads what it carries for so long; after that only we can open what it still holds. */
const OUT = 24 * HOUR
const KEY = 'tablet key'
const HANDED = 'handed over'
/** Visits that one tablet may hand over: more than anybody makes in a day. */
const MOST_HANDED = 2000

const secretHash = (ctx: Context, secret: string): Buffer => fingerprint(ctx.keys, 'tablet', secret)

/** A tablet goes out for a day: what names it, what it proves itself by, and to which key it seals what nobody sent yet. */
export async function sendOut(ctx: Context, worker: Worker) {
  const tablet = randomUUID()
  const secret = randomBytes(32).toString('base64url')
  const { publicKey, privateKey } = await newBoxKeys()
  const made_at = ctx.now()
  const ends_at = new Date(made_at.getTime() + OUT)
  await ctx.db
    .insertInto('declaration.tablet')
    .values({
      tablet,
      secret_hash: secretHash(ctx, secret),
      staff_id: worker.id,
      ward: worker.ward,
      private_key: sealForHouse(ctx.keys, KEY, privateKey, `tablet ${tablet}`),
      made_at,
      ends_at,
    })
    .execute()
  await note(ctx, { action: 'tablet.out', what: worker.ward })
  return { tablet, secret, publicKey, now: made_at.toISOString(), ends: ends_at.toISOString() }
}

const rowOf = (ctx: Context, tablet: string) =>
  ctx.db.selectFrom('declaration.tablet').selectAll().where('tablet', '=', tablet).executeTakeFirst()

type TabletRow = NonNullable<Awaited<ReturnType<typeof rowOf>>>

/** The tablet proves itself; nobody need be signed in. @throws {Problem} staff.not-yours */
async function proven(ctx: Context, tablet: string, secret: string): Promise<TabletRow> {
  const row = await rowOf(ctx, tablet)
  if (row && sameBytes(row.secret_hash, secretHash(ctx, secret))) return row
  await noteRefusal(ctx, { action: 'tablet.contact' })
  throw new Problem('staff.not-yours')
}

/** @returns 'suspended' when its worker may not work any more: then the tablet keeps nothing that can be read */
export async function tabletState(ctx: Context, tablet: string, secret: string) {
  const row = await proven(ctx, tablet, secret)
  const worker = await staffAccount(ctx, row.staff_id)
  if (!worker?.active || worker.ward !== row.ward) return 'suspended'
  return row.ends_at > ctx.now() ? 'active' : 'ended'
}

export interface Handed {
  readonly uuid: string
  readonly box: string
}

/**
 * Takes boxes that a tablet cannot send as visits any more; they wait for the station's lead. Handing over again is
 * harmless. @throws {Problem} staff.not-yours · request.too-large
 */
export async function handOver(
  ctx: Context,
  { tablet, secret, clock }: { tablet: string; secret: string; clock: string },
  boxes: readonly Handed[],
): Promise<void> {
  await proven(ctx, tablet, secret)
  const clockOff = Date.parse(clock) - ctx.now().getTime()
  const { rows } = await countHanded(ctx, tablet)
  if (rows + boxes.length > MOST_HANDED) throw new Problem('request.too-large')
  if (boxes.length === 0) return
  const values = boxes.map(({ uuid, box }) => ({
    tablet,
    uuid,
    box: sealForHouse(ctx.keys, HANDED, JSON.stringify({ box, clockOff }), `${tablet} ${uuid}`),
    handed_at: ctx.now(),
    taken_by: null,
    taken_at: null,
  }))
  await ctx.db
    .insertInto('declaration.handed_over')
    .values(values)
    .onConflict((conflict) => conflict.columns(['tablet', 'uuid']).doNothing())
    .execute()
  await note(ctx, { action: 'tablet.handed-over', what: String(boxes.length) })
}

async function countHanded({ db }: Context, tablet: string): Promise<{ rows: number }> {
  const { rows } = await db
    .selectFrom('declaration.handed_over')
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .where('tablet', '=', tablet)
    .executeTakeFirstOrThrow()
  return { rows: Number(rows) }
}

/** What waits for the station's lead: of which worker, since when; never what it says. */
export async function waitingForLead(ctx: Context, { ward }: Worker) {
  const rows = await ctx.db
    .selectFrom('declaration.handed_over as handed')
    .innerJoin('declaration.tablet as tablet', 'tablet.tablet', 'handed.tablet')
    .select(['handed.tablet', 'handed.uuid', 'handed.handed_at', 'tablet.staff_id'])
    .where('tablet.ward', '=', ward)
    .where('handed.taken_at', 'is', null)
    .orderBy('handed.handed_at')
    .limit(MOST_HANDED)
    .execute()
  const workers = new Map<number, string>()
  for (const id of new Set(rows.map(({ staff_id }) => staff_id)))
    workers.set(id, (await staffAccount(ctx, id))?.name ?? '')
  return rows.map(({ tablet, uuid, handed_at, staff_id }) => ({
    tablet,
    uuid,
    worker: workers.get(staff_id) ?? '',
    handedAt: handed_at.toISOString(),
  }))
}

/** Her own tablet's, or any of the ward for the station's lead. @throws {Problem} staff.not-yours */
async function keyFor(ctx: Context, worker: Worker, tablet: string): Promise<string> {
  const row = await rowOf(ctx, tablet)
  if (row?.ward !== worker.ward || (row.staff_id !== worker.id && worker.role !== 'station-lead'))
    throw new Problem('staff.not-yours')
  return openForHouse(ctx.keys, KEY, row.private_key, `tablet ${tablet}`)
}

async function opened(key: string, uuid: string, box: string): Promise<string> {
  const text = await takeFromBox(key, box, `visit ${uuid}`)
  if (text === undefined) throw new Problem('request.invalid', { at: ['/box'] })
  return text
}

/** A visit that its tablet can no longer read. @throws {Problem} staff.not-yours · request.invalid */
export async function openBox(ctx: Context, worker: Worker, tablet: string, { uuid, box }: Handed) {
  return await opened(await keyFor(ctx, worker, tablet), uuid, box)
}

/** A visit that was handed over, and by how much the tablet's clock was ahead. @throws {Problem} staff.not-yours */
export async function openHanded(ctx: Context, worker: Worker, tablet: string, uuid: string) {
  const key = await keyFor(ctx, worker, tablet)
  const row = await ctx.db
    .selectFrom('declaration.handed_over')
    .select('box')
    .where('tablet', '=', tablet)
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  if (!row) throw new Problem('staff.not-yours')
  const { box, clockOff } = JSON.parse(openForHouse(ctx.keys, HANDED, row.box, `${tablet} ${uuid}`)) as {
    box: string
    clockOff: number
  }
  return { text: await opened(key, uuid, box), clockOff }
}

/** It stands in a book now. */
export async function takenOver(ctx: Context, worker: Worker, tablet: string, uuid: string): Promise<void> {
  await ctx.db
    .updateTable('declaration.handed_over')
    .set({ taken_by: worker.id, taken_at: ctx.now() })
    .where('tablet', '=', tablet)
    .where('uuid', '=', uuid)
    .where('taken_at', 'is', null)
    .execute()
}
