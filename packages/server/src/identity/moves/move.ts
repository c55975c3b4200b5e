import { dayInVietnam } from '@sokhoe/model/dates'
import { familyRulesOn } from '@sokhoe/model/family'
import { sql } from 'kysely'
import { newSpokenCode, openProxies } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { type SealedPhone, unsealPhone } from '../codes/phones.ts'
import { refreshKeys } from '../linking/around.ts'
import { notifyTelephones } from '../messages/notices.ts'
import { queueMessage } from '../messages/queue.ts'
import { homesNow, personsNow } from '../people/kin.ts'
import { firstPatientOf } from '../people/rows.ts'
import { holdWaiting, lastUndone, undoHash, updateChange } from './changes.ts'
import { provenHome } from './proofs.ts'
import type { ChangeRow, Proofs } from './tables.ts'

const HOUR = 3_600_000

interface Kept {
  readonly phone_hash: Buffer
  /** Under which the number keeps it. */
  readonly home: number
  /** Whose it is now. */
  readonly person: number
  readonly relation: string
  readonly since: Date
}

interface Telephone extends SealedPhone {
  readonly phone_hash: Buffer
}

const current = (now: Date) => sql`(until is null or until > ${now})`

/** What telephones keep of these persons, by whichever of their homes. */
const keptFor = (persons: readonly number[]) =>
  sql`(home = any(${[...persons]}::bigint[]) and person is null or person = any(${[...persons]}::bigint[]))`

/** What other telephones keep of hers: her own book there, and those in which she acts. */
async function keptElsewhere(ctx: Context, home: number, { phone_hash }: ChangeRow): Promise<Kept[]> {
  const now = ctx.now()
  const { rows: own } = await sql<Kept>`
    select phone_hash, home, coalesce(person, home) as person, relation, since from identity.keeper
    where ${keptFor([home])} and relation = 'self' and phone_hash <> ${phone_hash} and ${current(now)}`.execute(
    ctx.db,
  )
  const { rows: others } = await sql<Kept>`
    select phone_hash, home, coalesce(person, home) as person, relation, since from identity.keeper
    where phone_hash = any(${own.map((row) => row.phone_hash)}::bytea[]) and relation <> 'self'
      and ${current(now)}`.execute(ctx.db)
  const held = await openProxies(
    ctx,
    others.map((row) => row.home),
  )
  const hers = new Set(held.filter(({ holder }) => holder === home).map((row) => row.home))
  return [...own, ...others.filter((row) => hers.has(row.person))]
}

/** Telephones that are told of a change: the old ones; where her book had none, those of whoever acts in it. */
async function toldOf(ctx: Context, home: number, kept: readonly Kept[]): Promise<Telephone[]> {
  const own = kept.filter((row) => row.person === home).map((row) => row.phone_hash)
  const holders =
    own.length > 0 ? [] : (await openProxies(ctx, await homesNow(ctx, [home]))).map(({ holder }) => holder)
  const { rows } = await sql<Telephone>`
    select distinct account.phone_hash, account.phone, account.phone_key_version from identity.account account
    where account.proven and account.phone is not null and (account.phone_hash = any(${own}::bytea[])
      or account.phone_hash in (select phone_hash from identity.keeper
        where ${keptFor(holders)} and relation = 'self' and ${current(ctx.now())}))`.execute(ctx.db)
  return rows
}

async function moveKeepers(
  ctx: Context,
  { phone_hash, code_hash: change, epoch }: ChangeRow,
  kept: readonly Kept[],
  effective: Date,
): Promise<void> {
  const now = ctx.now()
  for (const row of kept)
    await ctx.db
      .updateTable('identity.keeper')
      .set({ until: effective, change })
      .where('phone_hash', '=', row.phone_hash)
      .where('home', '=', row.home)
      .where('since', '=', row.since)
      .execute()
  const adds_until = effective > now ? effective : null
  const homes = new Map(kept.map(({ person, relation }) => [person, relation]))
  for (const [home, relation] of homes)
    await ctx.db
      .insertInto('identity.keeper')
      .values({ phone_hash, home, relation, since: now, until: null, epoch, adds_until, change })
      .onConflict((conflict) =>
        conflict
          .columns(['phone_hash', 'home', 'since'])
          .doUpdateSet({ until: null, relation, epoch, adds_until, change }),
      )
      .execute()
  // by the new number too she is proposed to whoever states it
  await refreshKeys(ctx, [...homes.keys()].map(firstPatientOf))
}

/** What was proved for the number opens the book to its sessions and devices of today. */
async function openAtNumber(ctx: Context, { phone_hash, epoch }: ChangeRow, home: number): Promise<void> {
  const homes = sql<number[]>`(select array(select distinct unnest(homes || ${home}::bigint)))`
  await ctx.db
    .updateTable('identity.session')
    .set({ homes })
    .where('phone_hash', '=', phone_hash)
    .where('epoch', '=', epoch)
    .execute()
  await ctx.db
    .updateTable('identity.device')
    .set({ homes })
    .where('phone_hash', '=', phone_hash)
    .where('device_hash', 'in', (from) =>
      from
        .selectFrom('identity.session')
        .select(sql<Buffer>`device_hash`.as('device_hash'))
        .where('phone_hash', '=', phone_hash)
        .where('epoch', '=', epoch)
        .where('device_hash', 'is not', null),
    )
    .execute()
}

async function tellOld(
  ctx: Context,
  told: readonly Telephone[],
  { publicUrl, undo, effective }: { publicUrl: string; undo: string; effective: Date },
): Promise<void> {
  const { undoHours } = familyRulesOn(dayInVietnam(ctx.now()))
  const text =
    `Sổ Khỏe: có yêu cầu chuyển sổ sang số điện thoại khác. Nếu không phải bạn, hãy hủy trong ${undoHours} giờ: ` +
    `${publicUrl}/app/undo#${undo} (mã hủy ${undo}).`
  for (const { phone_hash: phoneHash, ...sealed } of told)
    await queueMessage(ctx, {
      phoneHash,
      to: unsealPhone(ctx.keys, sealed, phoneHash),
      text,
      expiresAt: effective,
    })
}

/** @throws {Problem} move.locked: undone not long ago, or already on its way to some number */
async function refuseLocked(ctx: Context, home: number): Promise<void> {
  const { lockDays } = familyRulesOn(dayInVietnam(ctx.now()))
  const homes = await homesNow(ctx, [home])
  const undone = await lastUndone(ctx, homes)
  const locked = undone && ctx.now().getTime() - undone.getTime() < lockDays * 24 * HOUR
  if (locked || (await holdWaiting(ctx, { homes }))) throw new Problem('move.locked')
}

/** What was proved of a book that has joined another meanwhile is proved of that one. */
async function ofPersons(ctx: Context, proofs: Proofs): Promise<Proofs> {
  const persons = await personsNow(ctx, Object.values(proofs).flat())
  const named = Object.entries(proofs).map(([kind, homes]) => [
    kind,
    [...new Set(homes.map((home) => persons.get(home) ?? home))],
  ])
  return Object.fromEntries(named)
}

/**
 * Takes what was proved; once two proofs fit one book, the book begins to move: the old telephones are told at once and
 * keep it until they can no longer undo, the new one only adds to it. Where a station checked the person it moves at
 * once. In the caller's transaction, which holds the change.
 * @throws {Problem} move.locked
 */
export async function weigh(
  ctx: Context,
  publicUrl: string,
  change: ChangeRow,
  given: Proofs,
): Promise<void> {
  const proofs = await ofPersons(ctx, given)
  const home = provenHome(proofs)
  if (home === undefined) return await updateChange(ctx, change, {}, proofs)
  const checked = proofs.station?.includes(home) === true
  // two changes of one book take turns
  await ctx.db.selectFrom('identity.person').select('home').where('home', '=', home).forUpdate().execute()
  const waiting = checked ? await holdWaiting(ctx, { homes: await homesNow(ctx, [home]) }) : undefined
  if (waiting) await giveUp(ctx, waiting, 'ended')
  if (!checked) await refuseLocked(ctx, home)
  const now = ctx.now()
  const { undoHours } = familyRulesOn(dayInVietnam(now))
  const effective = checked ? now : new Date(now.getTime() + undoHours * HOUR)
  await note(ctx, {
    action: 'phone.change',
    patientId: firstPatientOf(home),
    purpose: checked ? 'verification' : 'own',
    what: checked ? 'moved' : 'begun',
  })
  const kept = await keptElsewhere(ctx, home, change)
  const told = await toldOf(ctx, home, kept)
  const own = kept.some((row) => row.person === home)
    ? []
    : [{ ...NOWHERE, home, person: home, relation: 'self', since: now }]
  await moveKeepers(ctx, change, [...kept, ...own], effective)
  await openAtNumber(ctx, change, home)
  const undo = newSpokenCode()
  const state = checked ? 'moved' : 'waiting'
  const begun = { state, home, begun_at: now, effective_at: effective } as const
  await updateChange(ctx, change, { ...begun, undo_hash: checked ? null : undoHash(ctx, undo) }, proofs)
  if (checked) await notifyTelephones(ctx, told, 'phone-changed')
  else await tellOld(ctx, told, { publicUrl, undo, effective })
}

/** A book that no telephone kept comes from nowhere. */
const NOWHERE = { phone_hash: Buffer.alloc(0) }

/** Everything is as it was: the old telephones keep the book, the new one has nothing. */
export async function giveUp(ctx: Context, change: ChangeRow, state: 'undone' | 'ended'): Promise<void> {
  const now = ctx.now()
  const { phone_hash, code_hash } = change
  await updateChange(ctx, change, { state, undone_at: state === 'undone' ? now : null })
  await ctx.db
    .updateTable('identity.keeper')
    .set({ until: null, change: null })
    .where('change', '=', code_hash)
    .where('phone_hash', '<>', phone_hash)
    .execute()
  await ctx.db
    .updateTable('identity.keeper')
    .set({ until: now })
    .where('change', '=', code_hash)
    .where('phone_hash', '=', phone_hash)
    .execute()
}

/** Telephones from which a change takes a book. */
export async function oldTelephones(
  ctx: Context,
  { phone_hash, code_hash }: ChangeRow,
): Promise<Telephone[]> {
  const { rows } = await sql<Telephone>`
    select distinct account.phone_hash, account.phone, account.phone_key_version
    from identity.keeper keeper join identity.account account on account.phone_hash = keeper.phone_hash
    where keeper.change = ${code_hash} and keeper.phone_hash <> ${phone_hash}
      and account.proven and account.phone is not null`.execute(ctx.db)
  return rows
}
