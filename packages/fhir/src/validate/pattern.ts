import { numberOf } from '../json.ts'
import { isRecord } from './run.ts'

/** Comparing a value with what a profile fixes, or with a pattern that may say less than the value. */

function isSamePrimitive(value: unknown, asked: unknown): boolean {
  return typeof asked === 'number' ? numberOf(value) === asked : value === asked
}

/** Exactly the same, in every element. */
export function isFixed(value: unknown, asked: unknown): boolean {
  if (Array.isArray(asked))
    return (
      Array.isArray(value) &&
      value.length === asked.length &&
      asked.every((each, at) => isFixed(value[at], each))
    )
  if (!isRecord(asked)) return isSamePrimitive(value, asked)
  return (
    isRecord(value) &&
    Object.keys(value).length === Object.keys(asked).length &&
    Object.entries(asked).every(([name, each]) => isFixed(value[name], each))
  )
}

/** Everything that the pattern says is there; in a list in any place. */
export function isLike(value: unknown, asked: unknown): boolean {
  if (Array.isArray(asked))
    return Array.isArray(value) && asked.every((each) => value.some((own) => isLike(own, each)))
  if (!isRecord(asked)) return isSamePrimitive(value, asked)
  return isRecord(value) && Object.entries(asked).every(([name, each]) => isLike(value[name], each))
}
