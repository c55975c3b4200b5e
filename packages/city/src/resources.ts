import { facilityOf, icd10Name, labTestOf, vaccineOf } from '@sokhoe/codes'
import type { LabResult, Prescribed, Pressure, Vaccination, Visit } from './resident.ts'

/** A FHIR R4 resource as a facility sends it, without an id of this product. */
interface FacilityResource {
  readonly resourceType: string
  readonly [field: string]: unknown
}

/** One resource with the facility's own key for it. */
export interface FacilityStatement {
  readonly resource: FacilityResource
  /** Unique at the facility: stating it twice changes nothing. */
  readonly sourceKey: string
  /** By what other resources of the same visit refer to it. */
  readonly urn?: string
  /** Instant at which the facility stated it, ending in Z. */
  readonly statedAt: string
}

const HL7 = 'http://terminology.hl7.org/CodeSystem'

/** Where a resource comes from, and that nobody real is meant. */
const metaOf = (facility: string) => ({
  source: `urn:sokhoe:source:${facility}`,
  security: [{ system: `${HL7}/v3-ActReason`, code: 'HTEST' }],
  tag: [{ system: 'urn:sokhoe:assurance', code: 'facility' }],
})

const keyOf = (facility: string, value: string) => ({ system: `urn:sokhoe:source:${facility}`, value })

const facilityReference = (id: string) => ({
  identifier: { system: 'urn:sokhoe:facility', value: id },
  display: facilityOf(id)?.name ?? id,
})

const concept = (system: string, code: string, text: string) => ({
  coding: [{ system, code, display: text }],
  text,
})

const coded = (list: string, code: string) => ({ coding: [{ system: `${HL7}/${list}`, code }] })

const diagnosis = (code: string) => concept('http://hl7.org/fhir/sid/icd-10', code, icd10Name(code) ?? code)

const quantity = (value: number, unit: string, shown = unit) => ({
  value,
  unit: shown,
  system: 'http://unitsofmeasure.org',
  code: unit,
})

const two = (value: number): string => String(value).padStart(2, '0')

const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`

/** Local time with its offset, as a facility writes it. */
const instant = (day: string, minute: number): string => `${day}T${clock(minute)}+07:00`

/** Facilities open at seven, midnight in Greenwich: the day is the same. */
const inUtc = (day: string, minute: number): string => `${day}T${clock(minute - 7 * 60)}Z`

interface Setting {
  readonly visit: Visit
  readonly subject: { readonly reference: string }
  /** Local time with its offset. */
  readonly at: string
  readonly statedAt: string
  readonly urn: string
}

const urnOf = (key: string): string => `urn:sokhoe:visit:${key}`

/** Makes a statement of a visit: its own key, whose it is, and the visit it belongs to. */
function ofVisit(
  { visit, subject, statedAt, urn }: Setting,
  part: string,
  resourceType: string,
  content: Readonly<Record<string, unknown>>,
): FacilityStatement {
  const sourceKey = `${visit.key}-${part}`
  return {
    resource: {
      resourceType,
      meta: metaOf(visit.facility),
      identifier: [keyOf(visit.facility, sourceKey)],
      ...content,
      subject,
      encounter: { reference: urn },
    },
    sourceKey,
    statedAt,
  }
}

function encounter({ visit, subject, at, statedAt, urn }: Setting): FacilityStatement {
  return {
    resource: {
      resourceType: 'Encounter',
      meta: metaOf(visit.facility),
      identifier: [keyOf(visit.facility, visit.key)],
      status: 'finished',
      class: { system: `${HL7}/v3-ActCode`, code: 'AMB', display: 'ambulatory' },
      subject,
      period: { start: at, end: instant(visit.day, visit.minute + 25) },
      reasonCode: [diagnosis(visit.icd10[0])],
      serviceProvider: facilityReference(visit.facility),
    },
    sourceKey: visit.key,
    urn,
    statedAt,
  }
}

const condition = (setting: Setting, code: string): FacilityStatement =>
  ofVisit(setting, code, 'Condition', {
    clinicalStatus: coded('condition-clinical', 'active'),
    verificationStatus: coded('condition-ver-status', 'confirmed'),
    category: [coded('condition-category', 'encounter-diagnosis')],
    code: diagnosis(code),
    recordedDate: setting.at,
  })

const measured = (setting: Setting, category: string) => ({
  status: 'final',
  category: [coded('observation-category', category)],
  effectiveDateTime: setting.at,
  performer: [facilityReference(setting.visit.facility)],
})

const loinc = (code: string, text: string) => concept('http://loinc.org', code, text)

const bloodPressure = (setting: Setting, { systolic, diastolic }: Pressure): FacilityStatement =>
  ofVisit(setting, 'bp', 'Observation', {
    ...measured(setting, 'vital-signs'),
    code: loinc('85354-9', 'Huyết áp'),
    component: [
      { code: loinc('8480-6', 'Huyết áp tâm thu'), valueQuantity: quantity(systolic, 'mm[Hg]', 'mmHg') },
      { code: loinc('8462-4', 'Huyết áp tâm trương'), valueQuantity: quantity(diastolic, 'mm[Hg]', 'mmHg') },
    ],
  })

/** @throws {RangeError} a test that the laboratory list does not have as a quantity */
function labResult(setting: Setting, { test, value }: LabResult): FacilityStatement {
  const entry = labTestOf(test)
  if (!entry?.unit) throw new RangeError(`labResult: ${test} is no quantity of the laboratory list`)
  return ofVisit(setting, test, 'Observation', {
    ...measured(setting, 'laboratory'),
    code: loinc(entry.loinc, entry.name),
    valueQuantity: quantity(value, entry.unit),
  })
}

const prescription = (setting: Setting, { atc, name, dose, days }: Prescribed): FacilityStatement =>
  ofVisit(setting, atc, 'MedicationRequest', {
    status: 'completed',
    intent: 'order',
    medicationCodeableConcept: concept('http://www.whocc.no/atc', atc, name),
    authoredOn: setting.at,
    dosageInstruction: [{ text: dose }],
    dispenseRequest: { expectedSupplyDuration: quantity(days, 'd', 'ngày') },
  })

/**
 * What a facility states of one visit: the encounter, its diagnoses, pressure, results and prescriptions.
 *
 * @param patient reference to the Patient: "Patient/…", "urn:uuid:…", or whatever the reader puts in its place
 * @returns the encounter first; the others refer to it by its urn
 */
export function visitStatements(visit: Visit, patient: string): FacilityStatement[] {
  const at = instant(visit.day, visit.minute)
  const setting = {
    visit,
    subject: { reference: patient },
    at,
    statedAt: inUtc(visit.day, visit.minute),
    urn: urnOf(visit.key),
  }
  return [
    encounter(setting),
    ...visit.icd10.map((code) => condition(setting, code)),
    ...(visit.pressure ? [bloodPressure(setting, visit.pressure)] : []),
    ...visit.labs.map((lab) => labResult(setting, lab)),
    ...visit.medicines.map((medicine) => prescription(setting, medicine)),
  ]
}

/** What a station states of one dose. A vaccine without a CVX code carries this product's own code alone. */
export function vaccinationStatement(given: Vaccination, patient: string): FacilityStatement {
  const vaccine = vaccineOf(given.vaccine)
  const name = vaccine?.name ?? given.vaccine
  const cvx = vaccine?.cvx
    ? [{ system: 'http://hl7.org/fhir/sid/cvx', code: vaccine.cvx, display: name }]
    : []
  return {
    resource: {
      resourceType: 'Immunization',
      meta: metaOf(given.facility),
      identifier: [keyOf(given.facility, given.key)],
      status: 'completed',
      vaccineCode: {
        coding: [...cvx, { system: 'urn:sokhoe:vaccine', code: given.vaccine, display: name }],
        text: name,
      },
      patient: { reference: patient },
      occurrenceDateTime: given.day,
      primarySource: true,
      performer: [{ actor: facilityReference(given.facility) }],
      protocolApplied: [{ doseNumberPositiveInt: given.dose }],
    },
    sourceKey: given.key,
    statedAt: inUtc(given.day, 10 * 60),
  }
}
