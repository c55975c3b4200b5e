import { candidateKeys, type Prepared, prepare } from '@sokhoe/signals/linkage'
import { blind, type Keys } from '../../platform/keys.ts'
import type { Demographics } from '../people/demographics.ts'
import { type Beside, saidOf } from './said.ts'

/** Of 32 bytes: among hundreds of millions two texts fall together once, which costs a comparison and no more. */
const BYTES = 6

/** What proposes a Patient to others, blind: two of one person share one with near certainty, few strangers do. */
const keysOf = (keys: Keys, prepared: Prepared): number[] => [
  ...new Set(candidateKeys(prepared).map((text) => blind(keys, 'link', text).readUIntBE(0, BYTES))),
]

export const keyRows = (keys: Keys, patient_id: number, own: readonly number[]) =>
  own.map((key) => ({ key, patient_id, key_version: keys.index.current }))

/** What is said of somebody, ready to be compared, and the keys that propose her to others. */
export interface Ready {
  readonly prepared: Prepared
  readonly keys: readonly number[]
}

/** Of a Patient that is kept just now: nobody has seen its numbers, as far as the comparison asks. */
export function readyOf(keys: Keys, demographics: Demographics, beside: Beside): Ready {
  const prepared = prepare(saidOf(keys, demographics, beside))
  return { prepared, keys: keysOf(keys, prepared) }
}
