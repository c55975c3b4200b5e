import type { KeyObject } from 'node:crypto'
import type { KeyRing, Keys } from '../platform/keys.ts'

interface CarriedRing {
  readonly current: number
  readonly key: KeyObject
}

/** Keys as another thread can be given them: what is new is made with the newest of each ring. */
export type CarriedKeys = Omit<Keys, 'kek' | 'index'> & {
  readonly kek: CarriedRing
  readonly index: CarriedRing
}

const carryRing = ({ current, of }: KeyRing): CarriedRing => ({ current, key: of(current) })

export const carry = ({ kek, index, id, code, backup }: Keys): CarriedKeys => ({
  kek: carryRing(kek),
  index: carryRing(index),
  id,
  code,
  backup,
})

const unpackRing = ({ current, key }: CarriedRing): KeyRing => ({
  current,
  of: (version) => {
    if (version !== current) throw new RangeError(`no key of version ${version} was carried here`)
    return key
  },
})

export const unpack = (keys: CarriedKeys): Keys => ({
  ...keys,
  kek: unpackRing(keys.kek),
  index: unpackRing(keys.index),
})
