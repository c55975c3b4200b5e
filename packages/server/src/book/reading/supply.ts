import { at, textAt, written } from './shapes.ts'

/** Days in a unit of supply, UCUM. */
const DAYS: Readonly<Record<string, number>> = { d: 1, wk: 7, mo: 30 }
const DAY = 24 * 3_600_000

/** Until which day a prescription lasts; undefined where it does not say for how long it was given. */
export function supplyOf(resource: unknown): { readonly until: string } | undefined {
  const supply = at(resource, 'dispenseRequest', 'expectedSupplyDuration') ?? at(resource, 'daysSupply')
  const [count, unit] = [Number(written(at(supply, 'value')) || Number.NaN), DAYS[textAt(supply, 'code')]]
  const from = Date.parse((textAt(resource, 'authoredOn') || textAt(resource, 'whenHandedOver')).slice(0, 10))
  if (Number.isNaN(count) || unit === undefined || Number.isNaN(from)) return undefined
  const days = Math.floor(count * unit)
  // the day on which it is given is its first
  if (!(days >= 1 && days <= 3660)) return undefined
  return { until: new Date(from + (days - 1) * DAY).toISOString().slice(0, 10) }
}

/** Whole days from one calendar day to another, YYYY-MM-DD. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY)
