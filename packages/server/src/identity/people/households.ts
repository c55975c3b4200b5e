import { doorKey, readDoor, streetKey } from '@sokhoe/model/address'
import type { Context } from '../../platform/context.ts'
import { blind, type Keys } from '../../platform/keys.ts'

/** Where somebody lives: what she wrote, and in which ward. */
export interface Living {
  readonly home: number
  readonly ward: string | null
  readonly address?: string | undefined
}

/**
 * A door and its street as codes of the ward: neighbours are found together, and no address is ever searched. Nothing
 * where ward or address are unknown.
 */
export function householdRows(keys: Keys, { home, ward, address }: Living) {
  const door = address === undefined ? undefined : readDoor(address)
  if (ward === null || !door) return []
  return [
    {
      home,
      ward,
      address_hash: blind(keys, 'address', `${ward}|${doorKey(door)}`),
      alley_hash: blind(keys, 'alley', `${ward}|${streetKey(door)}`),
      relation: 'unknown',
    },
  ]
}

/** Where she lives now; where she lived before is no longer hers. In the caller's transaction. */
export async function moveHousehold(ctx: Context, living: Living): Promise<void> {
  const rows = householdRows(ctx.keys, living)
  await ctx.db.deleteFrom('identity.household').where('home', '=', living.home).execute()
  if (rows.length > 0) await ctx.db.insertInto('identity.household').values(rows).execute()
}
