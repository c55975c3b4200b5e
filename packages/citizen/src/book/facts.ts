import { sayDay, sayQuantity } from '@sokhoe/ui/format'
import type { SourceKind } from '@sokhoe/ui/parts/Source'
import type { Resource } from '../platform/api.ts'
import { say, sayOr } from '../platform/say.ts'

/** A line of the book: one fact, who states it, and when. */
export type Fact = {
  readonly id: string
  readonly section: Section
  readonly text: string
  readonly detail: string
  readonly source: SourceKind
  /** The place that states it, where it names itself. */
  readonly place: string | undefined
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
  'visit',
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
  if (/:TYT-|station/.test(source)) return 'station'
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
  const [policy] = (resource['policy'] ?? []) as readonly { uri?: string }[]
  const provision = (resource['provision'] ?? {}) as { type?: string }
  const purpose = /^urn:sokhoe:consent:([^:]+)/.exec(policy?.uri ?? '')?.[1] ?? ''
  const given = resource['status'] === 'active' && provision.type !== 'deny'
  return {
    section: 'consent',
    text: sayOr(`consent.${purpose}`, say('section.consent')),
    detail: given ? say('consent.yes') : say('consent.no'),
  }
}

function visit(resource: Resource): Told {
  const { start } = (resource['period'] ?? {}) as { start?: string }
  const reasons = (resource['reasonCode'] ?? []) as readonly unknown[]
  return {
    section: 'visit',
    text: reasons.map(wordsOf).join(', ') || say('fact.visit'),
    detail: dayIn(start),
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
  MedicationRequest: (one) => ({
    section: 'medicine',
    text: wordsOf(one['medicationCodeableConcept']),
    detail: dayIn(one['authoredOn']),
  }),
  Encounter: visit,
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
const stands = (resource: Resource): boolean =>
  !ENDED.has(codeOf(resource['clinicalStatus']) ?? '') &&
  (resource.resourceType === 'Consent' || !GONE.has(String(resource['status'] ?? '')))

const visitOf = (resource: Resource): string => {
  const { reference } = (resource['encounter'] ?? {}) as { reference?: string }
  return reference ?? `${resource.resourceType}/${resource.id ?? ''}`
}

/** Names of places by encounter, since a finding refers to its visit and the visit to its place. */
function placesOf(resources: readonly Resource[]): ReadonlyMap<string, string> {
  const named = resources.flatMap((resource): [string, string][] => {
    const { display } = (resource['serviceProvider'] ?? {}) as { display?: string }
    return display ? [[`${resource.resourceType}/${resource.id ?? ''}`, display]] : []
  })
  return new Map(named)
}

export function factsIn(resources: readonly Resource[]): Fact[] {
  const places = placesOf(resources)
  return resources.filter(stands).flatMap((resource) => {
    const told = READERS[resource.resourceType]?.(resource)
    if (!told) return []
    return [
      {
        id: `${resource.resourceType}/${resource.id ?? ''}`,
        detail: '',
        ...told,
        source: sourceOf(resource),
        place: places.get(visitOf(resource)),
        at: resource.meta?.lastUpdated ?? '',
      },
    ]
  })
}

/** Explicit "none known" is a statement, but no warning. */
export const isNone = (resource: Resource): boolean =>
  /^no-(known|\w+-info)/.test(codeOf(resource['code']) ?? '')

export const saySection = (section: Section): string => sayOr(`section.${section}`, section)
