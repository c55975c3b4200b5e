import { sql } from 'kysely'
import { note } from '../../audit/index.ts'
import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { Problem } from '../../platform/problem.ts'
import { sealText, unsealText } from '../../platform/seal.ts'
import type { Book } from '../people/books.ts'
import { homesNow, personAt } from '../people/kin.ts'
import { firstPatientOf } from '../people/rows.ts'
import type { LifeKind, LifeRow } from './tables.ts'

/** What was seen, by whom it was told, and how it was before and after; never outside its seal. */
export type Told = Readonly<Record<string, unknown>>

export interface NewLife {
  readonly kind: LifeKind
  /** Which kind of paper was seen; absent where she told it herself. */
  readonly paper?: string
  readonly told: Told
  readonly diedOn?: string
  readonly retainUntil?: string
}

const about = (patientId: number, no: number): string => `life ${patientId} ${no}`

async function keyOf(ctx: Context, patientId: number) {
  const key = (await dataKeysOf(ctx, [patientId])).get(patientId)
  if (!key) throw new Problem('record.damaged', { at: ['Patient'] })
  return key
}

/**
 * Writes down what happened: who recorded it, by which paper, how it was before and after. In the caller's transaction,
 * the person held.
 * @returns its number among hers
 */
export async function writeLife(ctx: Context, { home }: Pick<Book, 'home'>, life: NewLife): Promise<number> {
  const { kind, paper = null, told, diedOn = null, retainUntil = null } = life
  const patientId = firstPatientOf(home)
  const staff = ctx.actor.kind === 'staff' ? ctx.actor : undefined
  const { last } = await ctx.db
    .selectFrom('identity.life')
    .select((select) => select.fn.coalesce(select.fn.max('no'), sql<number>`0`).as('last'))
    .where('home', '=', home)
    .executeTakeFirstOrThrow()
  const no = last + 1
  await ctx.db
    .insertInto('identity.life')
    .values({
      home,
      no,
      kind,
      at: ctx.now(),
      staff_id: staff?.id ?? null,
      facility: staff?.facility ?? null,
      paper,
      told: sealText(await keyOf(ctx, patientId), JSON.stringify(told), about(patientId, no)),
      died_on: diedOn,
      retain_until: retainUntil,
      undone_at: null,
      undone_by: null,
    })
    .execute()
  const purpose = staff ? 'verification' : 'own'
  await note(ctx, { action: `life.${kind}`, patientId, purpose, what: paper ?? 'told' })
  return no
}

export interface Life extends Omit<LifeRow, 'told'> {
  readonly told: Told
}

/**
 * What was written down of a person in all her homes, the latest first; the caller has made sure that the actor may.
 * @param home any of hers
 */
export async function livesOf(ctx: Context, home: number): Promise<Life[]> {
  const homes = await homesNow(ctx, [await personAt(ctx, home)])
  const rows = await ctx.db
    .selectFrom('identity.life')
    .selectAll()
    .where('home', 'in', homes)
    .orderBy('at', 'desc')
    .orderBy('home')
    .orderBy('no', 'desc')
    .execute()
  if (rows.length === 0) return []
  const keys = await dataKeysOf(ctx, homes.map(firstPatientOf))
  return rows.map((row) => {
    const patientId = firstPatientOf(row.home)
    const key = keys.get(patientId)
    if (!key) throw new Problem('record.damaged', { at: ['Patient'] })
    return { ...row, told: JSON.parse(unsealText(key, row.told, about(patientId, row.no))) as Told }
  })
}

/** Takes something back that was written down: it stays, with who took it back, when and why. */
export async function undoLife(ctx: Context, life: Life, by: number, why: string | undefined): Promise<void> {
  const { home, no } = life
  const patientId = firstPatientOf(home)
  const told = JSON.stringify({ ...life.told, ...(why !== undefined && { undoneWhy: why }) })
  await ctx.db
    .updateTable('identity.life')
    .set({
      undone_at: ctx.now(),
      undone_by: by,
      told: sealText(await keyOf(ctx, patientId), told, about(patientId, no)),
    })
    .where('home', '=', home)
    .where('no', '=', no)
    .execute()
}
