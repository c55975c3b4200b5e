import { parseJson, writeJson } from '@sokhoe/fhir'
import { isObject } from './parameters.ts'

/**
 * A Patient together with the other Patients of the same person, for whoever may know of them. Only ever on the way out:
 * what was stated stays as it was stated.
 * @param bytes final JSON of a Patient @param references 'Patient/id'
 */
export function withLinks(bytes: Buffer, references: readonly string[]): Buffer {
  if (references.length === 0) return bytes
  const patient = parseJson(bytes.toString())
  if (!isObject(patient)) return bytes
  const stated = Array.isArray(patient['link']) ? patient['link'] : []
  const links = references.map((reference) => ({ other: { reference }, type: 'seealso' }))
  return Buffer.from(writeJson({ ...patient, link: [...stated, ...links] }))
}
