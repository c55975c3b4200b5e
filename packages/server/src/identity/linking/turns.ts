import { asciiKey } from '@sokhoe/model/names'
import { blind, type Keys } from '../../platform/keys.ts'
import type { Demographics } from '../people/demographics.ts'

/** Day and month in one order, since they are mistaken for each other. */
function dayOf({ birthDate, name }: Demographics): string {
  const [year = '', ...rest] = birthDate.split('-')
  return year === '' ? asciiKey(name) : [year, ...rest.toSorted()].join(' ')
}

/**
 * Who was born on one day takes turns on arrival, so that the second of two who come at the same moment sees the first,
 * however their names are written; strangers hardly ever wait for one another.
 */
export const turnOf = (keys: Keys, demographics: Demographics): Buffer =>
  blind(keys, 'turn', dayOf(demographics))
