import type { FhirResource } from '../types.ts'
import { choose } from './choose.ts'
import { referencesOf } from './look.ts'
import { sentence, table } from './narrative.ts'
import { type Along, GOES_ALONG, type Statement } from './place.ts'
import { SECTIONS, type Section, type SectionId } from './sections.ts'

export interface SummaryOf {
  /** The Patient whose summary this is. */
  readonly patient: Along
  /** Her other Patients, as 'Patient/id': what is stated of them is hers. */
  readonly linked: readonly string[]
  readonly statements: readonly Statement[]
  readonly others: readonly Along[]
  /** Whose server puts it together: an Organization. */
  readonly author: Along
  /** Address under which all of these lie, without a slash at the end. */
  readonly base: string
  /** Two UUIDs: of the document, and of its Composition. */
  readonly ids: readonly [document: string, composition: string]
  /** ISO 8601 */
  readonly now: string
  readonly sourceName: (source: string) => string
  /** Only what the asker itself stated is told, and the title says so. */
  readonly ownOnly?: boolean
  /** Types that the asker may not read: a section that only they could fill is withheld, not empty. */
  readonly withheld?: ReadonlySet<string>
  readonly familyOf?: (icd10: string) => string | undefined
}

type Pieces = (string | Buffer)[]

const PROFILES = 'http://hl7.org/fhir/uv/ips/StructureDefinition'
const UNKNOWN =
  '{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}'

const hasAny = (resource: FhirResource, names: readonly string[]): boolean =>
  names.some((name) => resource[name] !== undefined || resource[`_${name}`] !== undefined)

/** Elements that the summary must have, said to be unknown where they are. */
function missing(resource: FhirResource): string[] {
  switch (resource.resourceType) {
    case 'MedicationStatement':
      return hasAny(resource, ['effectiveDateTime', 'effectivePeriod'])
        ? []
        : [`"_effectiveDateTime":${UNKNOWN}`]
    case 'Procedure':
      return hasAny(resource, [
        'performedDateTime',
        'performedPeriod',
        'performedString',
        'performedAge',
        'performedRange',
      ])
        ? []
        : [`"_performedDateTime":${UNKNOWN}`]
    case 'Patient':
      return [
        ...(hasAny(resource, ['birthDate']) ? [] : [`"_birthDate":${UNKNOWN}`]),
        ...(Array.isArray(resource['name']) ? [] : [`"name":[{"_text":${UNKNOWN}}]`]),
      ]
    default:
      return []
  }
}

/** The text with further elements at its end. */
function withMore(text: string | Buffer, more: readonly string[]): Pieces {
  if (more.length === 0) return [text]
  return [typeof text === 'string' ? text.slice(0, -1) : text.subarray(0, -1), `,${more.join()}}`]
}

/** What is stated of another of her Patients is hers: a document speaks of one. */
function ofHer(text: string | Buffer, { linked, patient }: SummaryOf): string | Buffer {
  if (linked.length === 0) return text
  const own = `"Patient/${patient.resource().id}"`
  const plain = text.toString()
  return linked.reduce((said, other) => said.replaceAll(`"${other}"`, own), plain)
}

/** Links to her other Patients, beside those that her Patient has. */
function linksOf({ linked, patient }: SummaryOf): string[] {
  const known = patient.resource()['link']
  const written = JSON.stringify(known ?? [])
  const others = linked.filter((other) => !written.includes(`"${other}"`))
  if (others.length === 0 || known !== undefined) return []
  return [`"link":[${others.map((other) => `{"other":{"reference":"${other}"},"type":"seealso"}`).join()}]`]
}

const sectionOf = ({ loinc, display, title }: Section, div: string): object => ({
  title,
  code: { coding: [{ system: 'http://loinc.org', code: loinc, display }] },
  text: { status: 'generated', div },
})

const reason = (code: string, display: string, text: string): object => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code, display }],
  text,
})

const UNAVAILABLE = reason('unavailable', 'Unavailable', 'Chưa có thông tin')
const WITHHELD = reason('withheld', 'Information Withheld', 'Không được mở cho bên hỏi')

/** What the required sections are filled with. */
const FILLED_BY: Readonly<Partial<Record<SectionId, readonly string[]>>> = {
  allergies: ['AllergyIntolerance'],
  problems: ['Condition'],
  medications: ['MedicationStatement', 'MedicationRequest'],
}

/** A section of which nothing is told, and why: nobody knows, or the asker may not. */
function empty(section: Section, { withheld }: SummaryOf): object {
  const isWithheld = FILLED_BY[section.id]?.some((type) => withheld?.has(type)) ?? false
  const text = isWithheld ? 'Phần này không được mở cho bên hỏi.' : section.nothing
  return { ...sectionOf(section, sentence(text)), emptyReason: isWithheld ? WITHHELD : UNAVAILABLE }
}

type Chosen = ReadonlyMap<SectionId, readonly Statement[]>
type Lookup = (reference: string) => FhirResource | undefined

function sections(of: SummaryOf, chosen: Chosen, lookup: Lookup): object[] {
  return SECTIONS.flatMap((section): object[] => {
    const statements = chosen.get(section.id) ?? []
    if (statements.length > 0)
      return [
        {
          ...sectionOf(section, table(statements, lookup, of.sourceName)),
          entry: statements.map(({ fullUrl }) => ({ reference: fullUrl })),
        },
      ]
    return section.required ? [empty(section, of)] : []
  })
}

const TITLE = 'Tóm tắt hồ sơ sức khỏe'

const composition = (of: SummaryOf, section: readonly object[]): object => ({
  resourceType: 'Composition',
  id: of.ids[1],
  meta: { profile: [`${PROFILES}/Composition-uv-ips`] },
  language: 'vi',
  identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${of.ids[0]}` },
  status: 'final',
  type: { coding: [{ system: 'http://loinc.org', code: '60591-5', display: 'Patient summary Document' }] },
  subject: { reference: of.patient.fullUrl },
  date: of.now,
  author: [{ reference: of.author.fullUrl }],
  title: of.ownOnly ? `${TITLE} (chỉ phần do bên hỏi đã gửi)` : TITLE,
  confidentiality: 'N',
  custodian: { reference: of.author.fullUrl },
  section,
})

/** What those chosen refer to and what that refers to in turn, as far as it goes along. */
function alongWith(first: readonly Statement[], at: ReadonlyMap<string, Along>, base: string): Along[] {
  const [found, seen] = [[] as Along[], new Set(first.map(({ fullUrl }) => fullUrl))]
  const open: Along[] = [...first]
  for (let one = open.pop(); one; one = open.pop())
    for (const reference of referencesOf(one.resource())) {
      const address = reference.startsWith(base) ? reference : `${base}/${reference}`
      const target = at.get(address)
      if (!target || seen.has(address) || !GOES_ALONG.has(target.type)) continue
      seen.add(address)
      found.push(target)
      open.push(target)
    }
  return found
}

const entry = (fullUrl: string, pieces: Pieces): Pieces => [
  `,{"fullUrl":"${fullUrl}","resource":`,
  ...pieces,
  '}',
]

/**
 * An International Patient Summary: one document with what stands of one person.
 *
 * Of what several sources say about one thing the latest stands. What is chosen goes in with its text unchanged, except
 * that all of it speaks of the one Patient, and that what the summary must tell and nobody said is said to be unknown.
 *
 * @returns JSON in pieces, to be sent one after another
 * @see http://hl7.org/fhir/uv/ips version 2.0.0
 */
export function summaryDocument(of: SummaryOf): readonly (string | Buffer)[] {
  const at = new Map<string, Along>()
  for (const each of [...of.statements, ...of.others]) at.set(each.fullUrl, each)
  const lookup: Lookup = (reference) => (at.get(reference) ?? at.get(`${of.base}/${reference}`))?.resource()
  const chosen = choose(of.statements, {
    now: Date.parse(of.now),
    lookup,
    ...(of.familyOf && { familyOf: of.familyOf }),
  })
  const first = SECTIONS.flatMap(({ id }) => chosen.get(id) ?? [])
  const written = JSON.stringify(composition(of, sections(of, chosen, lookup)))
  const [document, compositionId] = of.ids
  const head =
    `{"resourceType":"Bundle","meta":{"profile":["${PROFILES}/Bundle-uv-ips"]},"language":"vi",` +
    `"identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:${document}"},"type":"document",` +
    `"timestamp":"${of.now}","entry":[{"fullUrl":"urn:uuid:${compositionId}","resource":${written}}`
  const { patient, author } = of
  const along = alongWith(first, at, of.base).filter(({ fullUrl }) => fullUrl !== author.fullUrl)
  return [
    head,
    ...entry(patient.fullUrl, withMore(patient.text, [...missing(patient.resource()), ...linksOf(of)])),
    ...[...first, ...along].flatMap(({ fullUrl, resource, text }) =>
      entry(fullUrl, withMore(ofHer(text, of), missing(resource()))),
    ),
    ...entry(author.fullUrl, [author.text]),
    ']}',
  ]
}
