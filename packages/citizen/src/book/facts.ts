import type { SourceKind } from '../parts/Source.tsx'
import type { Resource } from '../platform/api.ts'
import { sayDay, sayQuantity } from '../platform/format.ts'
import { say, sayOr } from '../platform/say.ts'

/** A line of the book: one fact, who states it, and when. */
export type Fact = {
  readonly id: string
  readonly section: Section
  readonly text: string
  readonly detail: string
  readonly source: SourceKind
  readonly at: string
}

export const SECTIONS = [
  'allergy',
  'condition',
  'medicine',
  'measure',
  'family',
  'habit',
  'surgery',
  'vaccine',
  'consent',
] as const
export type Section = (typeof SECTIONS)[number]

type Concept = { text?: string; coding?: readonly { system?: string; code?: string; display?: string }[] }
type Quantity = { value?: number | { rawJSON: string }; unit?: string; code?: string }

/** The words of a concept: as the source wrote them, else the display of its code, else the code itself. */
const wordsOf = (concept: unknown): string => {
  const { text, coding = [] } = (concept ?? {}) as Concept
  return text ?? coding.find((one) => one.display)?.display ?? coding[0]?.code ?? say('fact.unknown')
}

const codeOf = (concept: unknown): string | undefined => ((concept ?? {}) as Concept).coding?.[0]?.code

const writtenOf = (value: Quantity['value']): string =>
  typeof value === 'object' ? value.rawJSON : String(value ?? '')

const sayValue = (value: unknown): string => {
  const quantity = (value ?? {}) as Quantity
  return quantity.value === undefined
    ? ''
    : sayQuantity(writtenOf(quantity.value), quantity.unit ?? quantity.code ?? '')
}

export const sourceOf = ({ meta }: Resource): SourceKind => {
  const source = meta?.source ?? ''
  if (source.includes(':self')) return 'self'
  if (source.includes('station')) return 'station'
  return source.includes('import') || source.includes('paper') ? 'import' : 'hospital'
}

type Told = { section: Section; text: string; detail?: string }

function observation(resource: Resource): Told | undefined {
  const components = (resource['component'] ?? []) as readonly { code?: unknown; valueQuantity?: Quantity }[]
  if (components.length > 0) {
    const [upper, lower] = components.map((one) => writtenOf(one.valueQuantity?.value))
    return {
      section: 'measure',
      text: wordsOf(resource['code']),
      detail: sayQuantity([upper, lower].filter(Boolean).join('/'), 'mmHg'),
    }
  }
  const measured = sayValue(resource['valueQuantity'])
  if (measured !== '') return { section: 'measure', text: wordsOf(resource['code']), detail: measured }
  return { section: 'habit', text: wordsOf(resource['code']), detail: otherValue(resource) }
}

const otherValue = (resource: Resource): string => {
  if (resource['valueCodeableConcept']) return wordsOf(resource['valueCodeableConcept'])
  if (typeof resource['valueBoolean'] === 'boolean') return resource['valueBoolean'] ? say('yes') : say('no')
  return String(resource['valueString'] ?? resource['valueInteger'] ?? resource['valueDateTime'] ?? '')
}

const since = (date: unknown): string =>
  typeof date === 'string' ? say('fact.since', { date: sayDay(date) }) : ''

function family(resource: Resource): Told {
  const conditions = (resource['condition'] ?? []) as readonly { code?: unknown }[]
  return {
    section: 'family',
    text: conditions.map((one) => wordsOf(one.code)).join(', '),
    detail: wordsOf(resource['relationship']),
  }
}

function consent(resource: Resource): Told {
  const categories = (resource['category'] ?? []) as readonly unknown[]
  const provision = (resource['provision'] ?? {}) as {
    type?: string
    purpose?: readonly { display?: string }[]
  }
  const given = resource['status'] === 'active' && provision.type !== 'deny'
  return {
    section: 'consent',
    text: wordsOf(categories.at(-1)),
    detail: given ? say('consent.yes') : say('consent.no'),
  }
}

/** How each kind of resource reads. A kind without a line here is not part of the resident's page. */
const READERS: Readonly<Record<string, (resource: Resource) => Told | undefined>> = {
  AllergyIntolerance: (one) => ({ section: 'allergy', text: wordsOf(one['code']), detail: reactionOf(one) }),
  Condition: (one) => ({
    section: 'condition',
    text: wordsOf(one['code']),
    detail: since(one['onsetDateTime'] ?? one['onsetString']),
  }),
  MedicationStatement: (one) => ({ section: 'medicine', text: wordsOf(one['medicationCodeableConcept']) }),
  Observation: observation,
  FamilyMemberHistory: family,
  Procedure: (one) => ({
    section: 'surgery',
    text: wordsOf(one['code']),
    detail: since(one['performedDateTime'] ?? one['performedString']),
  }),
  Immunization: (one) => ({
    section: 'vaccine',
    text: wordsOf(one['vaccineCode']),
    detail: dayIn(one['occurrenceDateTime']),
  }),
  Consent: consent,
}

const dayIn = (date: unknown): string => (typeof date === 'string' ? sayDay(date) : '')

const reactionOf = (allergy: Resource): string => {
  const reactions = (allergy['reaction'] ?? []) as readonly {
    description?: string
    manifestation?: readonly unknown[]
  }[]
  return reactions.flatMap((one) => [one.description ?? wordsOf(one.manifestation?.[0])]).join(', ')
}

const ENDED = new Set(['inactive', 'resolved', 'remission'])
const GONE = new Set(['entered-in-error', 'stopped', 'not-taken'])

/** Statements that were ended or withdrawn stay in the record's history; this page shows what stands. */
export const stands = (resource: Resource): boolean =>
  !ENDED.has(codeOf(resource['clinicalStatus']) ?? '') &&
  (resource.resourceType === 'Consent' || !GONE.has(String(resource['status'] ?? '')))

export function factsIn(resources: readonly Resource[]): Fact[] {
  return resources.filter(stands).flatMap((resource) => {
    const told = READERS[resource.resourceType]?.(resource)
    if (!told) return []
    return [
      {
        id: `${resource.resourceType}/${resource.id ?? ''}`,
        detail: '',
        ...told,
        source: sourceOf(resource),
        at: resource.meta?.lastUpdated ?? '',
      },
    ]
  })
}

/** Explicit "none known" is a statement, but no warning. */
export const isNone = (resource: Resource): boolean =>
  /^no-(known|\w+-info)/.test(codeOf(resource['code']) ?? '')

export const saySection = (section: Section): string => sayOr(`section.${section}`, section)
