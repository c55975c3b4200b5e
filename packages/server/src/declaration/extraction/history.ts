import { vaccineOf } from '@sokhoe/codes'
import type { Coding, FhirResource } from '@sokhoe/fhir'
import { answersOf, codesOf, instancesOf, numberOf, type ResponseItem } from '@sokhoe/model'
import {
  concept,
  type Declared,
  type Found,
  folded,
  hl7,
  type Statement,
  stated,
  textsAt,
  wordsOf,
} from './statement.ts'

function operation(declared: Declared, instance: ResponseItem): Statement[] {
  const name = textsAt(instance, 'B5.1.1')[0]
  const year = answersOf(instance, 'B5.1.2')[0]?.valueInteger
  if (name === undefined) return []
  return [
    stated(`surgery/${folded(name)}`, {
      resourceType: 'Procedure',
      status: 'completed',
      code: concept(name),
      subject: declared.subject,
      ...(year !== undefined && { performedDateTime: String(numberOf(year)) }),
      recorder: declared.author,
      asserter: declared.author,
    }),
  ]
}

/** Operations, each with its year where remembered. */
export function surgery(declared: Declared): Found {
  const { response } = declared
  const statements = instancesOf(response, 'B5.1').flatMap((instance) => operation(declared, instance))
  const never = codesOf(response, 'surgery.any').includes('no')
  return { statements, answered: never || statements.length > 0 ? ['surgery'] : [] }
}

function vaccineCodings(code: string): Coding[] {
  const cvx = vaccineOf(code)?.cvx
  return [
    { system: 'urn:sokhoe:code:vaccine', code },
    ...(cvx ? [{ system: 'http://hl7.org/fhir/sid/cvx', code: cvx }] : []),
  ]
}

const notesOf = (section: string, instance: ResponseItem): string[] => {
  const reaction = textsAt(instance, `${section}.5`)[0]
  const month = answersOf(instance, `${section}.8`)[0]?.valueInteger
  return [
    ...(reaction ? [`Phản ứng sau tiêm: ${reaction}`] : []),
    ...(month === undefined ? [] : [`Tháng thai: ${numberOf(month)}`]),
  ]
}

function vaccination(declared: Declared, section: string, instance: ResponseItem): Statement[] {
  const code = codesOf(instance, `${section}.1`)[0]
  const given = codesOf(instance, `${section}.2`)[0]
  if (code === undefined || given === undefined) return []
  const day = answersOf(instance, `${section}.3`)[0]?.valueDate
  const dose = answersOf(instance, `${section}.4`)[0]?.valueInteger
  const notes = notesOf(section, instance)
  const key = ['immunization', section, code, dose === undefined ? day : numberOf(dose)]
  const resource: FhirResource = {
    resourceType: 'Immunization',
    status: given === '1' ? 'completed' : 'not-done',
    vaccineCode: concept(wordsOf(declared.form, `${section}.1`, code), ...vaccineCodings(code)),
    patient: declared.subject,
    ...(day === undefined ? { occurrenceString: 'Không rõ ngày' } : { occurrenceDateTime: day }),
    recorded: declared.at,
    primarySource: false,
    reportOrigin: hl7('immunization-origin', 'recall'),
    ...(notes.length > 0 && { note: notes.map((text) => ({ text })) }),
    ...(dose !== undefined && { protocolApplied: [{ doseNumberPositiveInt: dose }] }),
  }
  return [stated(key.filter((part) => part !== undefined).join('/'), resource)]
}

/** Vaccinations as remembered: no card was seen, so the source is recall. */
export function immunizations(declared: Declared): Found {
  const sections = ['C.1', 'C.2', 'C.3'].map((section) => ({
    section,
    statements: instancesOf(declared.response, section).flatMap((instance) =>
      vaccination(declared, section, instance),
    ),
  }))
  return {
    statements: sections.flatMap(({ statements }) => statements),
    answered: sections
      .filter(({ statements }) => statements.length > 0)
      .map(({ section }) => `immunization/${section}`),
  }
}
