import { claimsOf } from './parameters.ts'
import { follow, isObject } from './way.ts'

/**
 * Which Patients a resource speaks of.
 *
 * @see https://hl7.org/fhir/R4/compartmentdefinition-patient.html
 */

/** `Patient/x` and `https://…/Patient/x`, with a version or without; `Patient?identifier=…`. */
const NAMES_PATIENT =
  /^(?:[a-z]+:\/\/\S+\/)?Patient(?:\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$|\?)/

/** Whether a reference may name a Patient; `urn:uuid:` may, unless the reference itself says another type. */
function mayBePatient(text: string, type: unknown): boolean {
  if (text.startsWith('urn:uuid:')) return type === undefined || type === 'Patient'
  return text.includes('Patient') && NAMES_PATIENT.test(text)
}

/** Whether resources of a type belong to persons' records at all; a Patient itself does. */
export const isInPatientCompartment = (type: string): boolean => claimsOf(type).length > 0

/**
 * The references by which the compartment claims a resource, as they are written; the first names whom it stands with.
 * For a Patient these are her links to other Patients, not herself. Of a `urn:uuid:` it cannot be told what it names:
 * whoever knows the message must leave out those that name no Patient.
 */
export function patientsOf(resource: unknown): readonly string[] {
  if (!isObject(resource)) return []
  const found: string[] = []
  const keep = (value: unknown): void => {
    if (!isObject(value)) return
    const { reference, type } = value
    if (typeof reference === 'string' && mayBePatient(reference, type) && !found.includes(reference))
      found.push(reference)
  }
  for (const way of claimsOf(resource['resourceType'])) follow(way, resource, resource, keep)
  return found
}
