import { sql } from 'kysely'
import type { Context, Staff } from '../../platform/context.ts'

/** A street or alley of a ward, as far as its books tell. */
export interface Street {
  /** Names the street in addresses of this house; tells nothing of it. */
  readonly id: string
  readonly people: number
  readonly verified: number
  readonly doors: number
  /** Somebody who lives there: the street's name is read from her address. */
  readonly sample: number
}

const idOf = (hash: Buffer): string => hash.toString('base64url')
const HASH_BYTES = 32

/** @returns undefined for what names nothing here */
function hashIn(id: string): Buffer | undefined {
  const hash = Buffer.from(id, 'base64url')
  return hash.length === HASH_BYTES ? hash : undefined
}

export async function streetsIn(ctx: Context, ward: string): Promise<Street[]> {
  const { rows } = await sql<Omit<Street, 'id'> & { alley_hash: Buffer }>`
    select household.alley_hash, count(*)::int as people,
      count(*) filter (where person.level in ('verified', 'national'))::int as verified,
      count(distinct household.address_hash)::int as doors, min(household.home) as sample
    from identity.household household join identity.person person on person.home = household.home
    where household.ward = ${ward} and household.alley_hash is not null and person.status = 'active'
    group by household.alley_hash`.execute(ctx.db)
  return rows.map(({ alley_hash, ...street }) => ({ id: idOf(alley_hash), ...street }))
}

export interface Living {
  readonly home: number
  /** The door behind which she lives, and its street. */
  readonly door: string
  readonly street: string
}

/** A longer street is walked in parts. */
const MOST_LIVING = 3000

/** Who lives in these streets of a ward. */
export async function livingIn(ctx: Context, ward: string, streets: readonly string[]): Promise<Living[]> {
  const hashes = streets.map(hashIn).filter((hash) => hash !== undefined)
  if (hashes.length === 0) return []
  const { rows } = await sql<{ home: number; address_hash: Buffer; alley_hash: Buffer }>`
    select household.home, household.address_hash, household.alley_hash from identity.household household
    join identity.person person on person.home = household.home
    where household.ward = ${ward} and household.alley_hash = any(${hashes}::bytea[]) and person.status = 'active'
    order by household.address_hash, household.home limit ${MOST_LIVING}`.execute(ctx.db)
  return rows.map((row) => ({ home: row.home, door: idOf(row.address_hash), street: idOf(row.alley_hash) }))
}

/** Who lives behind one door of a ward. @returns homes */
export async function livingAt(ctx: Context, ward: string, door: string): Promise<number[]> {
  const hash = hashIn(door)
  if (!hash) return []
  const rows = await ctx.db
    .selectFrom('identity.household as household')
    .innerJoin('identity.person as person', 'person.home', 'household.home')
    .select('household.home')
    .where('household.address_hash', '=', hash)
    .where('household.ward', '=', ward)
    .where('person.status', 'not in', ['deceased', 'joined'])
    .orderBy('household.home')
    .execute()
  return rows.map(({ home }) => home)
}

/** How many people live behind doors, where somebody told it. @returns door → people */
export async function sizesOf(ctx: Context, doors: readonly string[]): Promise<Map<string, number>> {
  const hashes = doors.map(hashIn).filter((hash) => hash !== undefined)
  if (hashes.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('identity.household_size')
    .select(['address_hash', 'people'])
    .where('address_hash', '=', sql<Buffer>`any(${hashes}::bytea[])`)
    .execute()
  return new Map(rows.map(({ address_hash, people }) => [idOf(address_hash), people]))
}

/** As it was told at the door; null takes it back. @returns whether there is such a door */
export async function tellSize(
  ctx: Context,
  { id: staff_id }: Staff,
  { ward, door, people }: { ward: string; door: string; people: number | null },
): Promise<boolean> {
  const address_hash = hashIn(door)
  if (!address_hash || (await livingAt(ctx, ward, door)).length === 0) return false
  if (people === null) {
    await ctx.db.deleteFrom('identity.household_size').where('address_hash', '=', address_hash).execute()
    return true
  }
  const told = { people, told_at: ctx.now(), staff_id }
  await ctx.db
    .insertInto('identity.household_size')
    .values({ address_hash, ward, ...told })
    .onConflict((conflict) => conflict.column('address_hash').doUpdateSet(told))
    .execute()
  return true
}
