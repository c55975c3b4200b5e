import type { Coding, FhirResource } from '@sokhoe/fhir'
import { answersOf, codesOf, numberOf } from '@sokhoe/model'
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

const ICD10 = 'http://hl7.org/fhir/sid/icd-10'

/** The form's diseases: the name in their keys, and the ICD-10 code as far as a layman's word allows one. */
const DISEASES: Readonly<Record<string, readonly [slug: string, icd10?: string]>> = {
  1: ['heart', 'I51.9'],
  2: ['hypertension', 'I10'],
  3: ['diabetes', 'E14.9'],
  4: ['stomach', 'K31.9'],
  5: ['lung', 'J44.9'],
  6: ['asthma', 'J45.9'],
  7: ['goitre', 'E04.9'],
  8: ['hepatitis', 'B19.9'],
  9: ['congenital-heart', 'Q24.9'],
  10: ['mental', 'F99'],
  11: ['autism', 'F84.0'],
  12: ['epilepsy', 'G40.9'],
  13: ['cancer', 'C80.9'],
  14: ['tuberculosis', 'A16.9'],
  15: ['other'],
  lipid: ['lipid', 'E78.5'],
  stroke: ['stroke', 'I64'],
  kidney: ['kidney', 'N18.9'],
}

const DISABILITIES: Readonly<Record<string, string>> = {
  1: 'hearing',
  2: 'vision',
  3: 'arm',
  4: 'leg',
  5: 'scoliosis',
  6: 'cleft',
  7: 'other',
}

const slugOf = (disease: string): string => DISEASES[disease]?.[0] ?? folded(disease)

const codingsOf = (disease: string): Coding[] => {
  const icd10 = DISEASES[disease]?.[1]
  return icd10 ? [{ system: ICD10, code: icd10 }] : []
}

type Shown = {
  readonly code: unknown
  readonly status?: 'active' | 'resolved'
  readonly since?: string | undefined
  readonly notes?: readonly string[]
}

/** A condition as the person tells it: on her list, unconfirmed. */
function conditionOf(declared: Declared, shown: Shown): FhirResource {
  const notes = shown.notes ?? []
  return {
    resourceType: 'Condition',
    clinicalStatus: hl7('condition-clinical', shown.status ?? 'active'),
    verificationStatus: hl7('condition-ver-status', 'unconfirmed'),
    category: [hl7('condition-category', 'problem-list-item')],
    code: shown.code,
    subject: declared.subject,
    ...(shown.since && { onsetDateTime: shown.since }),
    recordedDate: declared.at,
    recorder: declared.author,
    asserter: declared.author,
    ...(notes.length > 0 && { note: notes.map((text) => ({ text })) }),
  }
}

const yearAt = ({ response }: Declared, linkId: string): string | undefined => {
  const year = answersOf(response, linkId)[0]?.valueInteger
  return year === undefined ? undefined : String(numberOf(year))
}

/** A disease of the list; what was told beside it (kind, since when, healed) goes into the same statement. */
function listedCondition(declared: Declared, disease: string): Statement {
  const { form, response } = declared
  const code = concept(
    wordsOf(form, 'B3.2.1', disease),
    ...codingsOf(disease),
    formCoding(form, 'B3.2.1', disease),
  )
  return stated(
    `condition/${slugOf(disease)}`,
    conditionOf(declared, {
      code,
      status: codesOf(response, `B3.2.2.${disease}`)[0] === '0' ? 'resolved' : 'active',
      since: yearAt(declared, `B3.2.3.${disease}`),
      notes: disease === '15' ? [] : textsAt(declared.response, `B3.2.3.${disease}`),
    }),
  )
}

/** Diseases of the person: listed ones, told ones in her own words, or that there are none. */
export function conditions(declared: Declared): Found {
  const codes = codesOf(declared.response, 'B3.2.1')
  const told = codes.includes('15') ? textsAt(declared.response, 'B3.2.3.15') : []
  const listed = named(codes).filter((code) => code !== '15' || told.length === 0)
  const none = codes.includes(NONE)
    ? [
        stated(
          'condition/none',
          conditionOf(declared, { code: absent('no-known-problems', 'Không có bệnh nào đã biết') }),
        ),
      ]
    : []
  const statements = [
    ...listed.map((disease) => listedCondition(declared, disease)),
    ...told.map((text) =>
      stated(`condition/text/${folded(text)}`, conditionOf(declared, { code: concept(text) })),
    ),
    ...none,
  ]
  return { statements, answered: saysAll(codes) ? ['condition'] : [] }
}

/** Disabilities, each a condition; what was told of them stands with every one. */
export function disabilities(declared: Declared): Found {
  const { form, response } = declared
  const codes = codesOf(response, 'B4.1.1')
  const notes = textsAt(declared.response, 'B4.1.2')
  const statements = named(codes).map((code) =>
    stated(
      `disability/${DISABILITIES[code] ?? code}`,
      conditionOf(declared, {
        code: concept(wordsOf(form, 'B4.1.1', code), formCoding(form, 'B4.1.1', code)),
        notes,
      }),
    ),
  )
  return { statements, answered: saysAll(codes) ? ['disability'] : [] }
}

/** Diseases told as free text elsewhere in the form: at birth, of the womb. */
export function toldConditions(declared: Declared): Found {
  const places = [
    { linkId: 'B1.6', scope: 'birth-defect', restricted: false },
    { linkId: 'B7.13', scope: 'reproductive-disease', restricted: true },
  ]
  const found = places.map(({ linkId, scope, restricted }) => ({
    scope,
    statements: textsAt(declared.response, linkId).map((text) =>
      stated(`${scope}/${folded(text)}`, conditionOf(declared, { code: concept(text) }), { restricted }),
    ),
  }))
  return {
    statements: found.flatMap(({ statements }) => statements),
    answered: found.filter(({ statements }) => statements.length > 0).map(({ scope }) => scope),
  }
}

const MEMBER = (text: string, code = 'FAMMEM') =>
  concept(text, { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code })

/** First degree and second degree together are "blood relatives", which is what was told. */
function relativeOf(declared: Declared, disease: string) {
  const who = named(codesOf(declared.response, `B6.2.3.${disease}`))
  const { form } = declared
  const linkId = `B6.2.3.${disease}`
  if (who.length === 0) return MEMBER('Người thân ruột thịt')
  const text = who.map((code) => wordsOf(form, linkId, code)).join('; ')
  return concept(text, ...who.map((code) => formCoding(form, linkId, code)))
}

const historyOf = (declared: Declared, relationship: unknown, code: unknown, note?: readonly string[]) => ({
  resourceType: 'FamilyMemberHistory',
  status: 'partial',
  patient: declared.subject,
  date: declared.at,
  relationship,
  condition: [{ code, ...(note && note.length > 0 && { note: note.map((text) => ({ text })) }) }],
})

function familyDiseases(declared: Declared): Found {
  const { form, response } = declared
  const codes = codesOf(response, 'B6.2.1')
  const told = codes.includes('15') ? textsAt(declared.response, 'B6.2.2') : []
  const listed = named(codes).filter((code) => code !== '15' || told.length === 0)
  const statements = [
    ...listed.map((code) =>
      stated(
        `family/${slugOf(code)}`,
        historyOf(
          declared,
          relativeOf(declared, code),
          concept(wordsOf(form, 'B6.2.1', code), ...codingsOf(code), formCoding(form, 'B6.2.1', code)),
        ),
      ),
    ),
    ...told.map((text) =>
      stated(
        `family/text/${folded(text)}`,
        historyOf(declared, MEMBER('Người thân ruột thịt'), concept(text)),
      ),
    ),
  ]
  return { statements, answered: saysAll(codes) ? ['family'] : [] }
}

function familyAllergies(declared: Declared): Found {
  const { form, response } = declared
  const codes = codesOf(response, 'B6.1.1')
  const notes = textsAt(declared.response, 'B6.1.2')
  const who = textsAt(declared.response, 'B6.1.3')[0]
  const statements = named(codes).map((code) =>
    stated(
      `family-allergy/${code}`,
      historyOf(
        declared,
        who === undefined ? MEMBER('Người thân ruột thịt') : concept(who),
        concept(`Dị ứng: ${wordsOf(form, 'B6.1.1', code)}`, formCoding(form, 'B6.1.1', code)),
        notes,
      ),
    ),
  )
  return { statements, answered: saysAll(codes) ? ['family-allergy'] : [] }
}

/** Diseases and allergies of blood relatives, one history each. */
export function family(declared: Declared): Found {
  const [diseases, allergies] = [familyDiseases(declared), familyAllergies(declared)]
  return {
    statements: [...diseases.statements, ...allergies.statements],
    answered: [...diseases.answered, ...allergies.answered],
  }
}
