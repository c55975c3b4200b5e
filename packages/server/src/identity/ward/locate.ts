import { fullName, type Unit, type Written, wardWritten } from '@sokhoe/codes'
import { readDoor, streetKey } from '@sokhoe/model/address'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { blind } from '../../platform/keys.ts'

/** Confirmed doors of one street that must agree before the street speaks for a split ward. */
const FEWEST_DOORS = 3

/** How it is known where an address lies today: all of its ground, by its street, or somebody has to be asked. */
export type By = 'whole' | 'street' | 'ask' | 'unknown'

interface Doors {
  ward: string
  doors: number
}

/** In which of these wards confirmed people live on the street of this address, and behind how many doors. */
async function doorsOnStreet(ctx: Context, address: string, wards: readonly Unit[]): Promise<Doors[]> {
  const door = readDoor(address)
  if (!door || door.street === '') return []
  const hashes = wards.map(({ code }) => blind(ctx.keys, 'alley', `${code}|${streetKey(door)}`))
  const { rows } = await sql<Doors>`
    select household.ward, count(distinct household.address_hash)::int as doors
    from identity.household household join identity.person person on person.home = household.home
    where household.alley_hash = any(${hashes}::bytea[]) and person.status = 'active'
      and person.level not in ('phone', 'card')
    group by household.ward`.execute(ctx.db)
  return rows
}

async function among(
  ctx: Context,
  address: string,
  { today }: Written,
): Promise<{ by: By; wards: readonly Unit[] }> {
  if (today.length === 1) return { by: 'whole', wards: today }
  const [only, ...others] = await doorsOnStreet(ctx, address, today)
  const known = only && others.length === 0 && only.doors >= FEWEST_DOORS
  const wards = known ? today.filter(({ code }) => code === only.ward) : today
  return { by: wards.length === 1 ? 'street' : 'ask', wards }
}

const tell = ({ code, name }: Unit) => ({ code, name })

/**
 * Where an address of any day lies today. A ward that was split is told by its street, where people of that street whom
 * a station has confirmed all live in one of the parts; else whoever knows has to be asked among the parts.
 * @param on YYYY-MM-DD on which the address was written, where it is known
 */
export async function locate(ctx: Context, address: string, on: string | undefined) {
  const written = wardWritten(address, on)
  if (!written) return { was: null, today: [], by: 'unknown' as const }
  const { by, wards } = await among(ctx, address, written)
  const { was, day } = written
  return { was: { ...tell(was), fullName: fullName(was, day) }, today: wards.map(tell), by }
}
