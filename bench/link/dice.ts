/** Chance that falls the same way each time it is asked with the same seed. */
export interface Dice {
  /** 0 to 1, 1 excluded. */
  readonly unit: () => number
  /** 0 to n - 1. */
  readonly whole: (n: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
}

/** SplitMix32: enough for invented people, and its own, so that data and linker have no line in common. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  const unit = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const whole = (n: number): number => Math.floor(unit() * n)
  return {
    unit,
    whole,
    chance: (share) => unit() < share,
    pick: (from) => {
      const found = from[whole(from.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
  }
}

/** Draws by weight. */
export function weighted<T>(from: readonly (readonly [T, number])[]): (dice: Dice) => T {
  const sums: number[] = []
  let sum = 0
  for (const [, weight] of from) {
    sum += weight
    sums.push(sum)
  }
  return (dice) => {
    const at = dice.unit() * sum
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > at) high = middle
      else low = middle + 1
    }
    const found = from[low]
    if (!found) throw new RangeError('nothing to draw from')
    return found[0]
  }
}

/** The first of a list are the commonest: weights 1, 1/2, 1/3 … with an exponent. */
export const zipf = <T>(from: readonly T[], exponent = 1): ((dice: Dice) => T) =>
  weighted(from.map((item, at) => [item, 1 / (at + 1) ** exponent] as const))

/** 0, 1, 2 …: mean as given. */
export function poisson(dice: Dice, mean: number): number {
  const bound = Math.exp(-mean)
  let product = dice.unit()
  let n = 0
  while (product > bound) {
    product *= dice.unit()
    n += 1
  }
  return n
}

export const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

/** A real day of a year. */
export function dayIn(dice: Dice, year: number): { year: number; month: number; day: number } {
  const month = 1 + dice.whole(12)
  return { year, month, day: 1 + dice.whole(new Date(Date.UTC(year, month, 0)).getUTCDate()) }
}
