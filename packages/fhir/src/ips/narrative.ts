import { parseJson } from '../json.ts'
import type { FhirResource } from '../types.ts'
import { codesOf, dateOf, elementsOf, nameOf, quantityText, textOf, writtenOf } from './look.ts'
import { dosageOf, type Lookup, medicineName } from './medicines.ts'
import type { Statement } from './place.ts'

/** Of whatever the record holds, however deep and long it was let in. */
const LIMITS = { depth: 500, length: 100_000_000 }

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const UNSAFE = /[&<>"\p{Cc}\p{Cs}\uFFFE\uFFFF]/u

/** Text as XHTML; characters that XML does not know are left out. */
const escaped = (text: string): string =>
  UNSAFE.test(text)
    ? text
        .replaceAll(/[&<>"]/g, (mark) => ESCAPES[mark] ?? '')
        .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ')
    : text

const VALUES: readonly (readonly [name: string, show: (value: unknown) => string | undefined])[] = [
  ['valueQuantity', quantityText],
  ['valueCodeableConcept', nameOf],
  ['valueString', textOf],
  ['valueInteger', writtenOf],
  ['valueDateTime', textOf],
  ['valueTime', textOf],
  ['valueBoolean', (value) => (value === undefined ? undefined : value === true ? 'có' : 'không')],
]

function valueText(holder: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, show] of VALUES) {
    const text = show(holder[name])
    if (text !== undefined) return text
  }
  return holder['dataAbsentReason'] === undefined ? undefined : 'không rõ'
}

function observed(resource: FhirResource): string {
  const parts = elementsOf(resource['component']).flatMap((part) => {
    const value = valueText(part)
    return value === undefined ? [] : [`${nameOf(part['code']) ?? ''}: ${value}`]
  })
  return [valueText(resource), ...parts].filter((text) => text !== undefined).join('; ')
}

const reactions = ({ reaction }: FhirResource): string =>
  elementsOf(reaction)
    .flatMap(({ manifestation }) => elementsOf(manifestation).map(nameOf))
    .filter((text) => text !== undefined)
    .join('; ')

const notes = ({ note }: FhirResource): string =>
  elementsOf(note)
    .flatMap(({ text }) => textOf(text) ?? [])
    .join('; ')

function dose({ protocolApplied }: FhirResource): string {
  const [first] = elementsOf(protocolApplied)
  const number = writtenOf(first?.['doseNumberPositiveInt']) ?? textOf(first?.['doseNumberString'])
  return number === undefined ? '' : `mũi ${number}`
}

const DETAILS: Readonly<Record<string, (resource: FhirResource) => string>> = {
  Observation: observed,
  AllergyIntolerance: reactions,
  Condition: notes,
  Immunization: dose,
  MedicationStatement: (resource) => dosageOf(resource) ?? '',
  MedicationRequest: (resource) => dosageOf(resource) ?? '',
  DiagnosticReport: ({ conclusion }) => textOf(conclusion) ?? '',
}

const diagnosis = ({ code }: FhirResource): string => {
  const icd10 = codesOf(code).find(({ system }) => system.endsWith('/icd-10'))
  const name = nameOf(code) ?? 'không rõ'
  return icd10 && !name.includes(icd10.code) ? `${name} (${icd10.code})` : name
}

const NAMES: Readonly<Record<string, (resource: FhirResource, lookup: Lookup) => string | undefined>> = {
  Condition: diagnosis,
  MedicationStatement: medicineName,
  MedicationRequest: medicineName,
  Immunization: ({ vaccineCode }) => nameOf(vaccineCode),
  CarePlan: ({ title, category }) => textOf(title) ?? nameOf(category),
  DeviceUseStatement: ({ device }) => textOf(elementsOf(device)[0]?.['display']),
}

/** A day as people here write it; less where less is known. */
function dayText(date: string | undefined): string {
  const [, year = '', month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date ?? '') ?? []
  return [day, month, year].filter((part) => part !== undefined && part !== '').join('/')
}

/** As it was written: measured numbers are told with the decimals that they were measured with. */
const writtenIn = ({ type, text, resource }: Statement): FhirResource =>
  type === 'Observation' ? (parseJson(text.toString(), LIMITS) as FhirResource) : resource()

function row(statement: Statement, lookup: Lookup, sourceName: (source: string) => string): string {
  const { source } = statement
  const resource = writtenIn(statement)
  const name = (NAMES[resource.resourceType] ?? (({ code }) => nameOf(code)))(resource, lookup)
  const cells = [
    name ?? 'không rõ',
    DETAILS[resource.resourceType]?.(resource) ?? '',
    dayText(dateOf(resource)),
    sourceName(source),
  ]
  return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
}

const OPEN = '<div xmlns="http://www.w3.org/1999/xhtml" lang="vi" xml:lang="vi">'
const HEAD = '<thead><tr><th>Tên</th><th>Chi tiết</th><th>Ngày</th><th>Nguồn</th></tr></thead>'

/** A section for people to read: one line a statement. */
export const table = (
  statements: readonly Statement[],
  lookup: Lookup,
  sourceName: (source: string) => string,
): string =>
  `${OPEN}<table>${HEAD}<tbody>${statements.map((one) => row(one, lookup, sourceName)).join('')}</tbody></table></div>`

export const sentence = (text: string): string => `${OPEN}<p>${escaped(text)}</p></div>`
