import { createWriteStream, type WriteStream } from 'node:fs'
import { join } from 'node:path'

/** Resources of one person in these folders. */
const RESOURCES_A_PERSON = 31
const DOCTORS = 20

const coding = (system: string, code: string) => ({ coding: [{ system, code }] })
const HL7 = 'http://terminology.hl7.org/CodeSystem'
const subject = (i: number) => ({ reference: `Patient/p${i}` })
const doctor = (i: number) => ({ reference: `Practitioner/d${i % DOCTORS}` })
const day = (n: number): string => `2025-0${1 + (n % 9)}-02`

const person = (i: number): object => ({
  resourceType: 'Patient',
  id: `p${i}`,
  identifier: [
    { type: coding(`${HL7}/v2-0203`, 'MR'), system: 'urn:hospital:record', value: `BN${100_000 + i}` },
  ],
  name: [{ use: 'official', text: `Nguyễn Văn ${i}`, family: 'Nguyễn', given: ['Văn', String(i)] }],
  gender: i % 2 === 0 ? 'female' : 'male',
  birthDate: `${1940 + (i % 70)}-0${1 + (i % 9)}-1${i % 10}`,
  address: [{ text: `Số ${i} đường Nguyễn Trãi` }],
})

const visit = (i: number, n: number): object => ({
  resourceType: 'Encounter',
  id: `e${i}-${n}`,
  status: 'finished',
  class: { system: `${HL7}/v3-ActCode`, code: 'AMB' },
  subject: subject(i),
  participant: [{ individual: doctor(i) }],
  period: { start: `${day(n)}T08:00:00+07:00`, end: `${day(n)}T09:00:00+07:00` },
})

const diagnosis = (i: number, n: number): object => ({
  resourceType: 'Condition',
  id: `c${i}-${n}`,
  clinicalStatus: coding(`${HL7}/condition-clinical`, 'active'),
  verificationStatus: coding(`${HL7}/condition-ver-status`, 'confirmed'),
  category: [coding(`${HL7}/condition-category`, 'encounter-diagnosis')],
  code: coding('http://hl7.org/fhir/sid/icd-10', ['E11.9', 'I10', 'J06.9'][n] ?? 'I10'),
  subject: subject(i),
  encounter: { reference: `Encounter/e${i}-${n}` },
  onsetDateTime: day(n),
  recordedDate: day(n),
})

/** Numbers as laboratories write them, with their zeros. */
const result = (i: number, n: number): string =>
  JSON.stringify({
    resourceType: 'Observation',
    id: `o${i}-${n}`,
    status: 'final',
    category: [coding(`${HL7}/observation-category`, 'laboratory')],
    code: { ...coding('http://loinc.org', ['4548-4', '2339-0', '2160-0'][n % 3] ?? ''), text: 'Xét nghiệm' },
    subject: subject(i),
    encounter: { reference: `Encounter/e${i}-${n % 3}` },
    effectiveDateTime: `${day(n)}T08:30:00+07:00`,
    issued: `${day(n)}T10:30:00+07:00`,
    performer: [doctor(i)],
    valueQuantity: { value: 0, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
  }).replace('"value":0', `"value":${(5 + n / 10).toFixed(2)}`)

async function write(stream: WriteStream, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await new Promise<void>((resolve) => stream.once('drain', resolve))
}

const closed = (stream: WriteStream): Promise<void> => new Promise((resolve) => stream.end(() => resolve()))

/** Writes a folder of ndjson, a file a type, as a hospital's export gives it. @returns how many resources */
export async function writeFolder(dir: string, resources: number): Promise<number> {
  const people = Math.ceil(resources / RESOURCES_A_PERSON)
  const file = (type: string) => createWriteStream(join(dir, `${type}.ndjson`))
  const files = {
    doctors: file('Practitioner'),
    people: file('Patient'),
    visits: file('Encounter'),
    diagnoses: file('Condition'),
    results: file('Observation'),
  }
  for (let i = 0; i < DOCTORS; i++)
    await write(
      files.doctors,
      JSON.stringify({ resourceType: 'Practitioner', id: `d${i}`, name: [{ text: `Lê Bác ${i}` }] }),
    )
  for (let i = 0; i < people; i++) {
    await write(files.people, JSON.stringify(person(i)))
    for (let n = 0; n < 3; n++) {
      await write(files.visits, JSON.stringify(visit(i, n)))
      await write(files.diagnoses, JSON.stringify(diagnosis(i, n)))
    }
    for (let n = 0; n < RESOURCES_A_PERSON - 7; n++) await write(files.results, result(i, n))
  }
  await Promise.all(Object.values(files).map(closed))
  return people * RESOURCES_A_PERSON + DOCTORS
}
