import type { CodeableConcept, FhirResource } from '@sokhoe/fhir'
import { concept, ended, hl7, nextVersion, stated, type Telling } from '../../record/index.ts'
import { KINDS, type Kind, type Said } from './said.ts'

interface Noted {
  readonly text?: string
}

/** The elements in which these types keep what is said of them. */
export interface OwnResource extends FhirResource {
  readonly code?: CodeableConcept
  readonly vaccineCode?: CodeableConcept
  readonly medicationCodeableConcept?: CodeableConcept
  readonly relationship?: CodeableConcept
  readonly condition?: readonly { readonly code?: CodeableConcept; readonly note?: readonly Noted[] }[]
  readonly clinicalStatus?: CodeableConcept
  readonly status?: string
  readonly note?: readonly Noted[]
  readonly dosage?: readonly Noted[]
  readonly reaction?: readonly { readonly manifestation?: readonly Noted[] }[]
  readonly onsetDateTime?: string
  readonly occurrenceDateTime?: string
  readonly performedDateTime?: string
  readonly effectivePeriod?: { readonly start?: string }
}

const kinds = Object.keys(KINDS) as Kind[]
export const kindOf = ({ resourceType }: FhirResource): Kind | undefined =>
  kinds.find((kind) => KINDS[kind] === resourceType)

const textOf = (said: CodeableConcept | undefined): string =>
  said?.text ?? said?.coding?.find(({ display }) => display !== undefined)?.display ?? ''

const nameConcept = ({ code, vaccineCode, medicationCodeableConcept, condition }: OwnResource) =>
  medicationCodeableConcept ?? vaccineCode ?? code ?? condition?.[0]?.code

/** The code that a name had stays only as long as the name does. */
function named(name: string, before: OwnResource | undefined): CodeableConcept {
  const old = before && nameConcept(before)
  return old && textOf(old) === name ? old : concept(name)
}

const noted = (note: string | undefined) => (note === undefined ? undefined : [{ text: note }])

type Making = { readonly said: Said; readonly code: CodeableConcept; readonly telling: Telling }

/** What each kind says in its own elements; undefined takes an element away that stood before. */
const MAKERS: Readonly<Record<Kind, (making: Making) => object>> = {
  allergy: ({ said, code, telling }) => ({
    clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
    verificationStatus: hl7('allergyintolerance-verification', 'unconfirmed'),
    code,
    patient: telling.subject,
    onsetDateTime: said.when,
    recordedDate: telling.at,
    recorder: telling.author,
    asserter: telling.author,
    reaction: said.note && [{ manifestation: [{ text: said.note }] }],
  }),
  condition: ({ said, code, telling }) => ({
    clinicalStatus: hl7('condition-clinical', said.healed ? 'resolved' : 'active'),
    verificationStatus: hl7('condition-ver-status', 'unconfirmed'),
    category: [hl7('condition-category', 'problem-list-item')],
    code,
    subject: telling.subject,
    onsetDateTime: said.when,
    recordedDate: telling.at,
    recorder: telling.author,
    asserter: telling.author,
    note: noted(said.note),
  }),
  medicine: ({ said, code, telling }) => ({
    status: 'active',
    medicationCodeableConcept: code,
    subject: telling.subject,
    effectivePeriod: said.when && { start: said.when },
    dateAsserted: telling.at,
    informationSource: telling.author,
    dosage: noted(said.note),
  }),
  immunisation: ({ said, code, telling }) => ({
    status: 'completed',
    vaccineCode: code,
    patient: telling.subject,
    occurrenceDateTime: said.when,
    occurrenceString: said.when === undefined ? 'Không rõ ngày' : undefined,
    recorded: telling.at,
    primarySource: false,
    reportOrigin: hl7('immunization-origin', 'recall'),
    note: noted(said.note),
  }),
  family: ({ said, code, telling }) => ({
    status: 'partial',
    patient: telling.subject,
    date: telling.at,
    relationship: concept(said.who ?? 'Người thân ruột thịt', {
      system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
      code: 'FAMMEM',
    }),
    condition: [{ code, ...(said.note && { note: noted(said.note) }) }],
  }),
  surgery: ({ said, code, telling }) => ({
    status: 'completed',
    code,
    subject: telling.subject,
    performedDateTime: said.when,
    recorder: telling.author,
    asserter: telling.author,
    note: noted(said.note),
  }),
}

const withoutEmpty = (resource: FhirResource): FhirResource => ({
  ...Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined)),
  resourceType: resource.resourceType,
})

/** A new statement, under a key that no declaration asks about: a later one never ends it unasked. */
export function newStatement(telling: Telling, uuid: string, said: Said): FhirResource {
  const content = MAKERS[said.kind]({ said, code: concept(said.name), telling })
  return withoutEmpty(
    stated(`own/${said.kind}/${uuid}`, { resourceType: KINDS[said.kind], ...content }).resource,
  )
}

/** The next version of one: key, marks and whatever this does not speak of stay. */
export function nextStatement(telling: Telling, before: OwnResource, said: Said): FhirResource {
  const content = MAKERS[said.kind]({ said, code: named(said.name, before), telling })
  return withoutEmpty(nextVersion(before, { ...before, ...content }))
}

export const endOf = (telling: Telling, before: FhirResource): FhirResource => ended(before, telling.at)

const has = (said: CodeableConcept | undefined, code: string): boolean =>
  said?.coding?.some((one) => one.code === code) ?? false

export const isEnded = ({ clinicalStatus, status }: OwnResource): boolean =>
  has(clinicalStatus, 'inactive') || status === 'stopped' || status === 'entered-in-error'

const noteOf = ({ reaction, note, dosage, condition }: OwnResource): string | null =>
  (reaction?.[0]?.manifestation ?? dosage ?? condition?.[0]?.note ?? note ?? [])
    .flatMap(({ text }) => text ?? [])
    .join('\n') || null

const whenOf = (resource: OwnResource): string | null =>
  resource.onsetDateTime ??
  resource.occurrenceDateTime ??
  resource.performedDateTime ??
  resource.effectivePeriod?.start ??
  null

export interface StatementTold {
  readonly kind: Kind
  readonly name: string
  readonly when: string | null
  readonly note: string | null
  readonly who: string | null
  readonly healed: boolean
  readonly ended: boolean
}

/** One statement as it was said; undefined for what is not said one by one. */
export function tellStatement(resource: OwnResource): StatementTold | undefined {
  const kind = kindOf(resource)
  if (!kind || resource.status === 'not-taken') return undefined
  return {
    kind,
    name: textOf(nameConcept(resource)),
    when: whenOf(resource),
    note: noteOf(resource),
    who: kind === 'family' ? textOf(resource.relationship) || null : null,
    healed: has(resource.clinicalStatus, 'resolved'),
    ended: isEnded(resource),
  }
}
