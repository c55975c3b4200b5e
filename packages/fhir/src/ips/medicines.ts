import { numberOf } from '../json.ts'
import type { FhirResource } from '../types.ts'
import { elementsOf, isElement, momentOf, nameOf, textOf } from './look.ts'

/** Finds what a reference names, as far as it is at hand. */
export type Lookup = (reference: string) => FhirResource | undefined

/** Which medicine: its concept, said here, inside the resource, or in a Medication that it refers to. */
export function medicineOf(resource: FhirResource, lookup: Lookup): unknown {
  const { medicationCodeableConcept, medicationReference, contained } = resource
  if (medicationCodeableConcept !== undefined) return medicationCodeableConcept
  if (!isElement(medicationReference)) return undefined
  const reference = textOf(medicationReference['reference']) ?? ''
  const inside = elementsOf(contained).find(({ id }) => reference === `#${String(id)}`)
  const code = (inside ?? lookup(reference))?.['code']
  const display = textOf(medicationReference['display'])
  return code ?? (display === undefined ? undefined : { text: display })
}

const DAY = 24 * 3_600_000
export const YEAR = 365 * DAY

const DAYS: Readonly<Record<string, number>> = { d: 1, wk: 7, mo: 30, a: 365, day: 1, ngày: 1 }

const daysOf = (duration: unknown): number | undefined => {
  if (!isElement(duration)) return undefined
  const value = numberOf(duration['value'])
  const unit = DAYS[textOf(duration['code']) ?? textOf(duration['unit']) ?? '']
  return value === undefined || unit === undefined ? undefined : value * unit
}

/** Until when a prescription lasts, as far as it says. */
function lastsUntil({ dispenseRequest, authoredOn }: FhirResource): number | undefined {
  if (!isElement(dispenseRequest)) return undefined
  const { expectedSupplyDuration, validityPeriod } = dispenseRequest
  const [begins, days] = [momentOf(authoredOn), daysOf(expectedSupplyDuration)]
  // each dispensing lasts that long
  const times = 1 + (numberOf(dispenseRequest['numberOfRepeatsAllowed']) ?? 0)
  if (begins !== undefined && days !== undefined) return begins + days * times * DAY
  return isElement(validityPeriod) ? momentOf(validityPeriod['end']) : undefined
}

/**
 * Whether a medicine is being taken, ended, or nothing is said of it.
 * @param now ms since 1970
 */
export type Taking = 'taken' | 'ended' | 'unsaid'

/** Called active it is told, however old: a doctor loses less by asking than by not knowing. */
function prescription(resource: FhirResource, now: number): Taking {
  const { status, doNotPerform } = resource
  if (doNotPerform === true || status === 'draft' || status === 'entered-in-error') return 'unsaid'
  const until = lastsUntil(resource)
  if (until !== undefined && status !== 'stopped' && status !== 'cancelled')
    return until >= now ? 'taken' : 'ended'
  return status === 'active' || status === 'on-hold' ? 'taken' : 'ended'
}

const TAKEN = new Set(['active', 'intended', 'on-hold', 'unknown'])

function told({ status, effectivePeriod }: FhirResource, now: number): Taking {
  if (status === 'entered-in-error') return 'unsaid'
  const end = isElement(effectivePeriod) ? momentOf(effectivePeriod['end']) : undefined
  return TAKEN.has(String(status)) && (end === undefined || end >= now) ? 'taken' : 'ended'
}

export const takingOf = (resource: FhirResource, now: number): Taking =>
  resource.resourceType === 'MedicationRequest' ? prescription(resource, now) : told(resource, now)

/** How it is taken, in the words of whoever wrote it. */
export function dosageOf({ dosage, dosageInstruction }: FhirResource): string | undefined {
  const texts = elementsOf(dosage ?? dosageInstruction).flatMap((one) => textOf(one['text']) ?? [])
  return texts.length > 0 ? texts.join('; ') : undefined
}

export const medicineName = (resource: FhirResource, lookup: Lookup): string | undefined =>
  nameOf(medicineOf(resource, lookup))
