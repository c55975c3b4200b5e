import { type FhirResource, writeJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { about, example, readResource, SAMPLES, saidBy, sampleNamed } from '../../../../test/examples.ts'
import { openFacility, PATIENT } from '../../../../test/facility.ts'
import { loadAndReadBack } from '../../../../test/transactions.ts'

/** Of each kind some: numbers that are written with care, nulls between extensions, contained resources, long texts. */
const SOME = [
  'Patient-example.json',
  'Observation-decimal.json',
  'Observation-f001.json',
  'Observation-blood-pressure.json',
  'Questionnaire-3141.json',
  'Bundle-father.json',
  'Binary-example.json',
  'Group-102.json',
  'Medication-med0301.json',
  'CapabilityStatement-example.json',
  'DiagnosticReport-ultrasound.json',
]

const ODD: FhirResource = readResource(
  `{"resourceType":"Basic","code":{"text":"Đặc biệt 🫀 𠮷"},"extension":[
    {"url":"urn:x:numbers","extension":[
      {"url":"a","valueDecimal":10.00},{"url":"b","valueDecimal":1.0e-10},{"url":"c","valueDecimal":-0.0},
      {"url":"d","valueDecimal":123456789012345678901234567890.12345678901234567890}]},
    {"url":"urn:x:long","valueString":"${'đ'.repeat(500_000)}"}],
   "contained":[{"resourceType":"Patient","id":"p","name":[{"given":["A",null],"_given":[null,
    {"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}]}]}],
   "subject":{"reference":"#p"}}`,
)

test('what is sent is read back as it was sent, each number by its digits, each character, each null', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  for (const resource of [ODD, ...SOME.map((name) => about(example(name), id))]) {
    const { reply, id: given } = await post(resource.resourceType, writeJson(resource))
    const what = `${resource.resourceType} ${resource.id}`
    expect(saidBy(readResource(reply.body)), what).toBe(saidBy(resource))
    const read = await ask('GET', `${resource.resourceType}/${given}`)
    expect(saidBy(readResource(read.body)), what).toBe(saidBy(resource))
  }
})

test('a life that another program made is loaded in one transaction and read back as it was sent', async () => {
  const { ask } = await openFacility()
  for (const name of SAMPLES) expect(await loadAndReadBack(ask, sampleNamed(name))).toBeGreaterThan(80)
})
