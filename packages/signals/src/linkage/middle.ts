/** The words between family and given name: dropped, added and abbreviated at will. */
import { compareWords, isFiller, type NameWord } from '@sokhoe/model/namewords'
import type { PreparedName } from './prepare.ts'

export type MiddleLikeness =
  | 'exact'
  | 'folded'
  | 'filler'
  | 'part'
  | 'dropped'
  | 'replaced'
  | 'alike'
  | 'different'

const sameInOrder = (a: readonly NameWord[], b: readonly NameWord[], key: 'exact' | 'ascii'): boolean => {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at]?.[key] !== b[at]?.[key]) return false
  return true
}

const telling = (words: readonly NameWord[]): readonly NameWord[] => {
  for (const word of words) if (isFiller(word)) return words.filter((one) => !isFiller(one))
  return words
}

/** Has every word of the shorter list one like it in the other? */
function everyFound(a: readonly NameWord[], b: readonly NameWord[], same: boolean): boolean {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  const isLike = (word: NameWord, other: NameWord): boolean =>
    same ? word.ascii === other.ascii : compareWords(word, other, true) !== 'different'
  return few.every((word) => many.some((other) => isLike(word, other)))
}

const areReplaced = (a: readonly NameWord[], b: readonly NameWord[]): boolean =>
  a.length > 0 &&
  b.length > 0 &&
  !a.some((word) => b.some((other) => compareWords(word, other, true) !== 'different'))

function ofTelling(left: readonly NameWord[], right: readonly NameWord[]): MiddleLikeness {
  const [a, b] = [telling(left), telling(right)]
  if (sameInOrder(a, b, 'ascii')) return 'filler'
  // Văn on one side, Bảo on the other: somebody dropped one and added the other, or these are two brothers.
  if (a.length === 0 || b.length === 0) return areReplaced(left, right) ? 'replaced' : 'dropped'
  if (everyFound(a, b, true) && (a.length !== b.length || everyFound(b, a, true))) return 'part'
  return everyFound(a, b, false) && everyFound(b, a, false) ? 'alike' : 'different'
}

/** Undefined where neither has any, or one of the names is only a word. */
export function compareMiddles(left: PreparedName, right: PreparedName): MiddleLikeness | undefined {
  const [a, b] = [left.middle, right.middle]
  if ((a.length === 0 && b.length === 0) || left.words.length < 2 || right.words.length < 2) return undefined
  if (sameInOrder(a, b, 'exact')) return 'exact'
  // The whole name in another order: its middle is where the other's family or given name is.
  if (left.bag === right.bag && left.whole !== right.whole) return 'folded'
  if (sameInOrder(a, b, 'ascii')) return 'folded'
  return ofTelling(a, b)
}
