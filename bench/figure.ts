/** One measured number beside what could be had at best on the same machine in the same minutes. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Measured in the same run; null where the goal is absolute. */
  readonly limit: number | null
  /** value / limit; the value itself where there is no limit. */
  readonly ratio: number
  /** What the ratio is held to. */
  readonly goal: number
  readonly is: 'at least' | 'at most'
  readonly ok: boolean
}

const round = (value: number): number => Number(value.toPrecision(4))

interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly limit?: number
  readonly goal: { readonly atLeast: number } | { readonly atMost: number }
}

export function figure({ name, value, unit, limit, goal }: Measured): Figure {
  const ratio = limit === undefined ? value : value / limit
  const [is, bound] =
    'atLeast' in goal ? (['at least', goal.atLeast] as const) : (['at most', goal.atMost] as const)
  const ok = is === 'at least' ? ratio >= bound : ratio <= bound
  return {
    name,
    value: round(value),
    unit,
    limit: limit === undefined ? null : round(limit),
    ratio: round(ratio),
    goal: bound,
    is,
    ok,
  }
}

export function showFigure({ name, value, unit, limit, ratio, goal, is, ok }: Figure): string {
  const beside = limit === null ? '' : ` beside ${limit}, ratio ${ratio}`
  return `${ok ? 'ok  ' : 'MISS'} ${name}: ${value} ${unit}${beside} (goal: ${is} ${goal})`
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
