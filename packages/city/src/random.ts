/** A repeatable source of chance: the same key gives the same throws, on every machine. */
export interface Dice {
  /** At least 0, below 1, in steps of 2^-32. */
  readonly unit: () => number
  /** A whole number from 0 to one below the limit. */
  readonly whole: (limit: number) => number
  readonly chance: (probability: number) => boolean
  /** Normally distributed, mean 0, standard deviation 1. */
  readonly normal: () => number
  readonly pick: <T>(list: readonly [T, ...T[]]) => T
}

/** FNV-1a over the UTF-16 units of a text, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}

/** Spreads one 32-bit number over many, so that near keys give unlike states (splitmix, 32-bit variant). */
function spread(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) | 0
  }
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

/**
 * Makes dice from a key. Each key is a stream of its own, so that a household can be thrown without those before it.
 *
 * @param key any texts and numbers, told apart by their order
 *
 * @see xoshiro128**, Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021). Not for secrets.
 */
export function diceOf(...key: readonly (string | number)[]): Dice {
  const seed = spread(hash(key.join('\u0000')))
  let a = seed()
  let b = seed()
  let c = seed()
  let d = seed() | 1

  const throwBits = (): number => {
    const bits = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return bits
  }
  const unit = (): number => throwBits() / 0x100000000
  const whole = (limit: number): number => Math.floor(unit() * limit)
  return {
    unit,
    whole,
    chance: (probability) => unit() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    pick: (list) => list[whole(list.length)] ?? list[0],
  }
}

/** Throws with given weights: an item of weight 2 comes twice as often as one of weight 1. */
export function weighted<T>(items: readonly { readonly is: T; readonly count: number }[]): (dice: Dice) => T {
  const sums: number[] = []
  let total = 0
  for (const { count } of items) {
    total += count
    sums.push(total)
  }
  const [first] = items
  if (!first || !(total > 0)) throw new RangeError('weighted: nothing to choose from')
  return (dice) => {
    const mark = dice.unit() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > mark) high = middle
      else low = middle + 1
    }
    return (items[low] ?? first).is
  }
}

/** Puts a list into chance order, in place (Fisher and Yates). */
export function shuffle<T>(dice: Dice, list: T[]): T[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = dice.whole(at + 1)
    const [here, there] = [list[at], list[other]]
    if (here === undefined || there === undefined) continue
    list[at] = there
    list[other] = here
  }
  return list
}

/**
 * The point that a standard normal value falls below with a given probability.
 *
 * @param probability 0 to 1; the ends give -Infinity and Infinity
 * @returns relative error under 1.2e-9
 *
 * @see P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003)
 */
export function quantile(probability: number): number {
  if (probability <= 0) return Number.NEGATIVE_INFINITY
  if (probability >= 1) return Number.POSITIVE_INFINITY
  if (probability > 0.5) return -quantile(1 - probability)
  if (probability < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(probability))
    const top =
      ((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q -
        2.549732539343734) *
        q +
        4.374664141464968) *
        q +
      2.938163982698783
    const bottom =
      (((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) *
        q +
      1
    return top / bottom
  }
  const q = probability - 0.5
  const r = q * q
  const top =
    ((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) *
      r -
      3.066479806614716e1) *
      r +
    2.506628277459239
  const bottom =
    ((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r +
      6.680131188771972e1) *
      r -
      1.328068155288572e1) *
      r +
    1
  return (q * top) / bottom
}
