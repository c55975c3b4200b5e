import { facilityOf } from '@sokhoe/codes'
import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { bytesOf, type Entry, idOf } from '../../record/index.ts'
import type { Mark } from './paper.ts'
import { firstOf, isWithdrawn, listOf, objectOf, textOf } from './words.ts'

/** One resource on its way to paper. */
export interface Line {
  readonly type: string
  readonly resource: FhirResource
  readonly mark: Mark
  /** Where it was stated or done, in words. */
  readonly place: string
  /** FHIR date as written, or ''. */
  readonly date: string
  /** Under what the source itself keeps it: 'condition/hypertension'. */
  readonly key: string
  /** First code of what it is about. */
  readonly code: string
  readonly restricted: boolean
  /** The person has disputed it and waits for an answer. */
  readonly disputed: boolean
}

function markOf({ source, kind }: Entry): Mark {
  if (/import|paper/.test(kind)) return 'import'
  if (source === 'self') return 'self'
  return source === 'station' || source.startsWith('TYT-') ? 'station' : 'hospital'
}

const nameOf = (entry: Entry): string => `${entry.type}/${idOf(entry)}`

interface Opened {
  readonly entry: Entry
  readonly resource: FhirResource
}

/** Where visits took place: a finding names its visit, the visit its place. */
const placesOf = (opened: readonly Opened[]): ReadonlyMap<string, string> =>
  new Map(
    opened
      .filter(({ entry }) => entry.type === 'Encounter')
      .map(({ entry, resource }) => [
        nameOf(entry),
        textOf(objectOf(resource['serviceProvider'])['display']),
      ]),
  )

function placeOf({ entry, resource }: Opened, places: ReadonlyMap<string, string>): string {
  const visit = textOf(objectOf(resource['encounter'])['reference'])
  const performer = listOf(resource['performer'])[0] ?? {}
  return firstOf(
    textOf(objectOf(resource['serviceProvider'])['display']),
    places.get(visit) ?? '',
    facilityOf(entry.source)?.name ?? '',
    textOf(performer['display']),
    textOf(objectOf(performer['actor'])['display']),
    entry.source === 'self' ? 'Tự khai' : entry.source,
  )
}

/** What stands in a book, newest first. What a source took back is left out: its history is not for paper. */
export function linesOfBook(entries: readonly Entry[], isDisputed: (entry: Entry) => boolean): Line[] {
  const opened = entries.map((entry) => ({
    entry,
    resource: parseJson(bytesOf(entry).toString('utf8')) as FhirResource,
  }))
  const places = placesOf(opened)
  return opened
    .filter(({ resource }) => !isWithdrawn(resource))
    .map((one): Line => {
      const { entry, resource } = one
      const { type, date, code, restricted } = entry
      const disputed = isDisputed(entry)
      const key = textOf(listOf(resource['identifier'])[0]?.['value'])
      return {
        type,
        resource,
        mark: markOf(entry),
        place: placeOf(one, places),
        date,
        key,
        code,
        restricted,
        disputed,
      }
    })
    .toSorted((a, b) => b.date.localeCompare(a.date))
}
