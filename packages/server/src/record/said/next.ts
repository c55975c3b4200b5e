import type { FhirResource } from '@sokhoe/fhir'
import { hl7, STATEMENT } from './said.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The key a resource was stated under, if the person herself stated it. */
export function statementKey(resource: FhirResource): string | undefined {
  const { identifier } = resource
  if (!Array.isArray(identifier)) return undefined
  return identifier.find((one) => isObject(one) && one['system'] === STATEMENT)?.value
}

/** What the end of a statement changes in it, by resource type. An end is not an error, where FHIR can say so. */
const ENDS: Readonly<Record<string, object>> = {
  Condition: { clinicalStatus: hl7('condition-clinical', 'inactive') },
  AllergyIntolerance: { clinicalStatus: hl7('allergyintolerance-clinical', 'inactive') },
  MedicationStatement: { status: 'stopped' },
  Consent: { status: 'inactive' },
  DocumentReference: { status: 'entered-in-error' },
  FamilyMemberHistory: { status: 'entered-in-error' },
  Observation: { status: 'entered-in-error' },
  Procedure: { status: 'entered-in-error' },
  Immunization: { status: 'entered-in-error' },
}

/** Server time of the saying, under the name each type has for it; when it was first recorded stays. */
const SAID_AT: Readonly<Record<string, string>> = {
  MedicationStatement: 'dateAsserted',
  Consent: 'dateTime',
  FamilyMemberHistory: 'date',
  Observation: 'issued',
}

/** The next version, which ends a statement that is no longer made. */
export function ended(previous: FhirResource, at: string): FhirResource {
  const said = SAID_AT[previous.resourceType]
  return { ...previous, ...ENDS[previous.resourceType], ...(said && { [said]: at }) }
}

/** The next version of a changed statement keeps its id and the time it was first recorded. */
export function nextVersion(previous: FhirResource, next: FhirResource): FhirResource {
  const first = ['recordedDate', 'recorded'].filter((name) => name in previous && name in next)
  const { id } = previous
  return {
    ...next,
    ...(id !== undefined && { id }),
    ...Object.fromEntries(first.map((name) => [name, previous[name]])),
  }
}
