import type { Coding, FhirResource } from '@sokhoe/fhir'
import { codesOf, instancesOf, type ResponseItem } from '@sokhoe/model'
import {
  absent,
  concept,
  type Declared,
  type Found,
  folded,
  formCoding,
  hl7,
  NONE,
  named,
  type Statement,
  saysAll,
  stated,
  textsAt,
  wordsOf,
} from './statement.ts'

const ALLERGENS = 'urn:sokhoe:code:allergen'

/** What kind of thing the allergen is, where FHIR has a word for it. */
const CATEGORY: Readonly<Record<string, string>> = { 1: 'medication', 3: 'food' }

type Shown = {
  readonly code: unknown
  readonly category?: string | undefined
  readonly reaction?: string | undefined
}

/** An allergy as the person tells it: unconfirmed. */
const allergyOf = (declared: Declared, { code, category, reaction }: Shown): FhirResource => ({
  resourceType: 'AllergyIntolerance',
  clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
  verificationStatus: hl7('allergyintolerance-verification', 'unconfirmed'),
  ...(category && { category: [category] }),
  code,
  patient: declared.subject,
  recordedDate: declared.at,
  recorder: declared.author,
  asserter: declared.author,
  ...(reaction && { reaction: [{ manifestation: [{ text: reaction }] }] }),
})

function listedAllergy(declared: Declared, code: string): Statement {
  const text = wordsOf(declared.form, 'allergy', code)
  const coding: Coding[] = code.startsWith('ALG') ? [{ system: ALLERGENS, code }] : []
  return stated(`allergy/${code}`, allergyOf(declared, { code: concept(text, ...coding) }))
}

function toldAllergy(declared: Declared, instance: ResponseItem): Statement[] {
  const name = textsAt(instance, 'B3.1.2')[0]
  const kind = codesOf(instance, 'B3.1.1')[0]
  const reaction = textsAt(instance, 'B3.1.3')[0]
  if (name === undefined) return []
  const code = concept(name, ...(kind ? [formCoding(declared.form, 'B3.1.1', kind)] : []))
  const category = kind && CATEGORY[kind]
  return [stated(`allergy/text/${folded(name)}`, allergyOf(declared, { code, category, reaction }))]
}

/** Allergies: listed ones, told ones, or that none is known. */
export function allergies(declared: Declared): Found {
  const codes = codesOf(declared.response, 'allergy')
  const told = instancesOf(declared.response, 'B3.1').flatMap((instance) => toldAllergy(declared, instance))
  const listed = named(codes).filter((code) => code !== 'other' || told.length === 0)
  const none = codes.includes(NONE)
    ? [
        stated(
          'allergy/none',
          allergyOf(declared, { code: absent('no-known-allergies', 'Không có dị ứng nào đã biết') }),
        ),
      ]
    : []
  const statements = [...listed.map((code) => listedAllergy(declared, code)), ...told, ...none]
  return { statements, answered: saysAll(codes) ? ['allergy'] : [] }
}

const medicineOf = (declared: Declared, medicine: unknown, status: 'active' | 'not-taken'): FhirResource => ({
  resourceType: 'MedicationStatement',
  status,
  medicationCodeableConcept: medicine,
  subject: declared.subject,
  dateAsserted: declared.at,
  informationSource: declared.author,
})

/** Kinds of medicine that are also asked about under a disease. */
const UNDER_DISEASE = { 'medicine.2': 'blood-pressure', 'medicine.3': 'diabetes' } as const

const kindConcept = ({ form }: Declared, kind: string) =>
  concept(wordsOf(form, 'medicine', kind), formCoding(form, 'medicine', kind))

function namedMedicines(declared: Declared, kinds: readonly string[]): Statement[] {
  const names = kinds.includes('other') ? textsAt(declared.response, 'medicine.name') : []
  const listed = kinds.filter((kind) => kind !== 'other' || names.length === 0)
  return [
    ...listed.map((kind) =>
      stated(`medicine/${kind}`, medicineOf(declared, kindConcept(declared, kind), 'active')),
    ),
    ...names.map((name) =>
      stated(`medicine/text/${folded(name)}`, medicineOf(declared, concept(name), 'active')),
    ),
  ]
}

/**
 * Medicines. Taking one kind under a disease and ticking it in the list is one statement; told in one place and
 * denied in the other, the taking stands, for a doctor loses less by asking than by not knowing.
 */
export function medicines(declared: Declared): Found {
  const { response } = declared
  const codes = codesOf(response, 'medicine')
  const under = Object.entries(UNDER_DISEASE).map(([linkId, kind]) => ({
    kind,
    says: codesOf(response, linkId)[0],
  }))
  const taken = under.filter(({ says }) => says === 'yes').map(({ kind }) => kind)
  const kinds = [...new Set([...named(codes), ...taken])]
  const denied = under.filter(({ kind, says }) => says === 'no' && !kinds.includes(kind))
  const none =
    codes.includes(NONE) && kinds.length === 0
      ? [
          stated(
            'medicine/none',
            medicineOf(declared, absent('no-known-medications', 'Không dùng thuốc thường xuyên'), 'active'),
          ),
        ]
      : []
  const statements = [
    ...namedMedicines(declared, kinds),
    ...denied.map(({ kind }) =>
      stated(`medicine/${kind}`, medicineOf(declared, kindConcept(declared, kind), 'not-taken')),
    ),
    ...none,
  ]
  return { statements, answered: saysAll(codes) ? ['medicine'] : [] }
}
