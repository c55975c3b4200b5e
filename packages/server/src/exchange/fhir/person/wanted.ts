import { spanOf } from '@sokhoe/fhir/query'
import { isResourceType } from '@sokhoe/fhir/validate'
import { badInput, countIn, type Inputs } from '../parameters.ts'
import type { Item } from '../search/item.ts'

/** What of a person's record is asked for. */
export interface Wanted {
  /** null: all. */
  readonly types: readonly string[] | null
  /** Arrived then or later, ms since 1970. */
  readonly since: number | null
  /** Happened on these days, as FHIR dates; what carries no date is told with them. */
  readonly start: string | null
  readonly end: string | null
  /** How many on a page. */
  readonly count: number | null
}

const MOST_TYPES = 150

/** @throws {Problem} fhir.malformed */
function typesIn(inputs: Inputs): string[] | null {
  const all = inputs.all('_type').flatMap((each) => String(each).split(','))
  const types = all.map((type) => type.trim()).filter((type) => type !== '')
  if (types.length > MOST_TYPES || !types.every(isResourceType))
    throw badInput('_type', 'Types of FHIR R4 with commas between')
  return types.length === 0 ? null : [...new Set(types)]
}

function dateIn(inputs: Inputs, name: string): string | null {
  const text = inputs.text(name)
  if (text === undefined) return null
  if (!spanOf(text)) throw badInput(name, 'A date such as 2026-11-23')
  return text
}

/** @throws {Problem} fhir.malformed for a parameter of another form */
export function wantedIn(inputs: Inputs): Wanted {
  const since = dateIn(inputs, '_since')
  const count = countIn(inputs, '_count')
  if (count === 0) throw badInput('_count', 'At least 1')
  return {
    types: typesIn(inputs),
    since: since === null ? null : (spanOf(since)?.from ?? null),
    start: dateIn(inputs, 'start'),
    end: dateIn(inputs, 'end'),
    count: count ?? null,
  }
}

/** What the house itself wrote about who sent what is told to whoever asks for it by name. */
const BY_NAME = 'Provenance'

function happened({ start, end }: Wanted): (item: Item) => boolean {
  const from = start === null ? Number.NEGATIVE_INFINITY : (spanOf(start)?.from ?? 0)
  const to = end === null ? Number.POSITIVE_INFINITY : (spanOf(end)?.to ?? 0)
  return ({ date }) => {
    const span = date === '' ? undefined : spanOf(date)
    return !span || (span.to > from && span.from < to)
  }
}

/** Those of these resources that are asked for, in their order. */
export function chosen(items: readonly Item[], wanted: Wanted): readonly Item[] {
  const { types, since, start, end } = wanted
  const isOnDays = start === null && end === null ? undefined : happened(wanted)
  return items.filter(
    (item) =>
      (types ? types.includes(item.type) : item.type !== BY_NAME) &&
      (since === null || item.at >= since) &&
      (!isOnDays || isOnDays(item)),
  )
}
