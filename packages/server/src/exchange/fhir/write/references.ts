import type { FhirResource } from '@sokhoe/fhir'
import { mapReferences } from '@sokhoe/fhir/validate'
import { isObject } from '../parameters.ts'

/** `Type/id`, and where it says so a version. */
const RELATIVE = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/

/** What a reference to a resource of this server names. */
interface Local {
  readonly type: string
  readonly id: string
}

export function localOf(reference: string): Local | undefined {
  const [, type, id] = RELATIVE.exec(reference) ?? []
  return type === undefined || id === undefined ? undefined : { type, id }
}

/** Types that tell of persons wherever they are spoken of. */
const PERSONS = new Set(['Patient', 'RelatedPerson', 'Person'])

/** What may hold anything about anybody, whatever it refers to. */
const VESSELS = new Set([
  'Binary',
  'Bundle',
  'Parameters',
  'OperationOutcome',
  'MessageHeader',
  'Linkage',
  'Task',
])

/** A resource with its references in the form in which they are kept, and what they name. */
export interface Referring {
  readonly resource: FhirResource
  /** Ids of the local Patients that it names anywhere. */
  readonly patients: readonly string[]
  /** Ids of all local resources that it names. */
  readonly locals: readonly string[]
  /** What else it names: parts of the same message, or nothing that is here. */
  readonly urns: readonly string[]
  /** It may be about a person, by itself or by naming one. */
  readonly personal: boolean
}

const containsPersons = ({ contained }: FhirResource): boolean =>
  Array.isArray(contained) &&
  contained.some(
    (one) => isObject(one) && typeof one['resourceType'] === 'string' && PERSONS.has(one['resourceType']),
  )

/**
 * Addresses under this server's own base become 'Type/id'; every other stays as it was written. A Bundle that is kept
 * whole speaks within itself: nothing in it is looked at.
 * @param base this server's, without a slash at the end
 */
export function referringOf(sent: FhirResource, base: string): Referring {
  if (sent.resourceType === 'Bundle')
    return { resource: sent, patients: [], locals: [], urns: [], personal: true }
  const [patients, locals, urns] = [new Set<string>(), new Set<string>(), new Set<string>()]
  let personal = VESSELS.has(sent.resourceType) || containsPersons(sent)
  const resource = mapReferences(sent, (text, kind) => {
    if (kind !== 'reference') return text
    const kept = text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text
    const local = localOf(kept)
    if (!local) urns.add(kept)
    else {
      locals.add(local.id)
      if (local.type === 'Patient') patients.add(local.id)
      personal ||= PERSONS.has(local.type)
    }
    return kept
  })
  return { resource, patients: [...patients], locals: [...locals], urns: [...urns], personal }
}
