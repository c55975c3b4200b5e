import { numberOf } from '@sokhoe/fhir'
import { isRecord, type SortBy, spanOfFound, textsOf, type Wishes } from '@sokhoe/fhir/query'
import { asciiKey } from '@sokhoe/model/names'
import type { Item } from './item.ts'
import { parameterOf, valuesOf } from './means.ts'

/** By what a resource stands in an answer; what it has no value for stands last. */
export type SortKey = number | string | null

/** Where a resource stands among those that were found. */
export interface Standing {
  readonly keys: readonly SortKey[]
  readonly patientId: number
  readonly no: number
}

type Values = ReturnType<typeof valuesOf>

const codeIn = (value: unknown): string | undefined => {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  if (!isRecord(value)) return undefined
  const { coding, code, value: number, text } = value
  const first = Array.isArray(coding) ? coding[0] : undefined
  const found = (isRecord(first) ? first['code'] : undefined) ?? code ?? number ?? text
  return typeof found === 'string' ? found : undefined
}

const referenceIn = (value: unknown): string | undefined => {
  const found = isRecord(value) ? value['reference'] : value
  return typeof found === 'string' ? found : undefined
}

const figureIn = (value: unknown): number | undefined =>
  numberOf(value) ?? (isRecord(value) ? numberOf(value['value']) : undefined)

type KeysOf = (values: Values, descending: boolean) => readonly (SortKey | undefined)[]

const KEYS: Readonly<Record<string, KeysOf>> = {
  string: (values) => values.flatMap(textsOf).map(asciiKey),
  token: (values) => values.map(({ value }) => codeIn(value)),
  reference: (values) => values.map(({ value }) => referenceIn(value)),
  uri: (values) => values.map(({ value }) => referenceIn(value)),
  number: (values) => values.map(({ value }) => figureIn(value)),
  quantity: (values) => values.map(({ value }) => figureIn(value)),
  date: (values, descending) =>
    values.map((found) => {
      const span = spanOfFound(found)
      const instant = descending ? span?.to : span?.from
      // an open end is later than anything, and is kept as a number that can be written
      return instant === undefined ? undefined : Math.max(-8.64e15, Math.min(8.64e15, instant))
    }),
}

const compareKeys = (a: SortKey, b: SortKey): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a < b ? -1 : a > b ? 1 : 0
}

/** Of several values the one that stands first counts. */
function keyOf(item: Item, { name, descending }: SortBy): SortKey {
  if (name === '_lastUpdated') return item.at
  if (name === '_id') return item.id()
  const keysOf = KEYS[parameterOf(item.type, name)?.type ?? '']
  const keys = keysOf?.(valuesOf(item.resource(), name), descending) ?? []
  const sorted = keys.filter((key) => key !== undefined && key !== null).toSorted(compareKeys)
  return (descending ? sorted.at(-1) : sorted[0]) ?? null
}

const standingOf = (item: Item, { sort }: Pick<Wishes, 'sort'>): Standing => ({
  keys: sort.map((by) => keyOf(item, by)),
  patientId: item.patientId,
  no: item.no,
})

const compareBy = (a: SortKey, b: SortKey, { descending }: SortBy): number =>
  descending && a !== null && b !== null ? compareKeys(b, a) : compareKeys(a, b)

/** By what was wished for, then by place, which never changes: two never stand at one. */
export function compareStandings(a: Standing, b: Standing, { sort }: Pick<Wishes, 'sort'>): number {
  for (const [i, by] of sort.entries()) {
    const order = compareBy(a.keys[i] ?? null, b.keys[i] ?? null, by)
    if (order !== 0) return order
  }
  return a.patientId - b.patientId || a.no - b.no
}

export interface Stood {
  readonly item: Item
  readonly standing: Standing
}

export const inOrder = (items: readonly Item[], wishes: Pick<Wishes, 'sort'>): Stood[] =>
  items
    .map((item) => ({ item, standing: standingOf(item, wishes) }))
    .toSorted((a, b) => compareStandings(a.standing, b.standing, wishes))
