/** How often something was found, and between which shares the truth lies. */
export interface Proportion {
  readonly found: number
  readonly of: number
  /** found / of; null where nothing was looked at. */
  readonly share: number | null
  /** 0 and 1 where nothing was looked at. */
  readonly low: number
  readonly high: number
}

/** 97.5 % of a normal distribution lie below it: an interval of 95 %. */
const Z = 1.959964

/**
 * A share with its interval of 95 % (Wilson's score, without continuity correction): good for few cases and for shares
 * near 0 and 1, https://doi.org/10.1080/01621459.1927.10502953.
 * @param found whole, 0 to `of`
 * @throws {RangeError} counts that cannot be
 */
export function wilson(found: number, of: number): Proportion {
  if (!Number.isInteger(found) || !Number.isInteger(of) || found < 0 || found > of)
    throw new RangeError('counts are whole and found is at most of')
  if (of === 0) return { found, of, share: null, low: 0, high: 1 }
  const share = found / of
  const z2 = Z * Z
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of)
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))
  return {
    found,
    of,
    share,
    low: found === 0 ? 0 : Math.max(0, middle - half),
    high: found === of ? 1 : Math.min(1, middle + half),
  }
}
