import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { writeJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { about, example, exampleNames, readResource, saidBy, sample } from '../../../../test/examples.ts'
import { openFacility, PATIENT } from '../../../../test/facility.ts'
import { loadAndReadBack } from '../../../../test/transactions.ts'

/** Published with R4 and against its own rules, or of a kind that is not kept here; and by what it is refused. */
const REFUSED: readonly (readonly [name: RegExp, why: RegExp])[] = [
  [/^(ActivityDefinition-(blood-tubes|heart-valve)|EventDefinition-example|Questionnaire-zika)/, /txt-2/],
  [/^SearchParameter-(codesystem|valueset)-extensions-/, /SearchParameter\.base/],
  [/^SearchParameter-questionnaireresponse-extensions-/, /SearchParameter\.id/],
  [/^StructureDefinition-(Definition|Event|FiveWs|Request)\.json/, /sdf-4/],
  [/^(ig-r4|ImplementationGuide-fhir)\.json/, /ImplementationGuide\.name/],
  [/^Questionnaire-qs1\.json/, /linkId/],
  [/^CodeSystem-v2-0550\.json/, /CodeSystem\.concept\[74\]\.code/],
  [
    /^(DeviceMetric|DeviceUseStatement)-example\.json|^Observation-clinical-gender|^MedicationRequest-medrx0301/,
    /Refer to a resource/,
  ],
  [/^Bundle-dataelements\.json/, /bdl-7/],
  [/^Bundle-v2-valuesets\.json/, /concept\[74\]\.code/],
  [/^Subscription-example/, /no such topic/],
]

const isKnown = (line: string): boolean => REFUSED.some(([name, why]) => name.test(line) && why.test(line))

test('every resource that HL7 publishes with R4 is created and read back as it was sent', {
  timeout: 3_600_000,
}, async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  const [refused, different]: [string[], string[]] = [[], []]
  const names = exampleNames()
  expect(names.length).toBeGreaterThan(5000)
  for (const name of names) {
    const resource = about(example(name), id)
    // so that the clocks of the server tick while this test does nothing but ask
    await pause(1)
    const reply = await ask('POST', resource.resourceType, { body: writeJson(resource) })
    if (reply.statusCode !== 201) {
      refused.push(`${name} ${reply.statusCode} ${reply.body}`)
      continue
    }
    const read = await ask('GET', `${resource.resourceType}/${readResource(reply.body).id}`)
    if (read.statusCode !== 200 || saidBy(readResource(read.body)) !== saidBy(resource)) different.push(name)
  }
  expect(different).toEqual([])
  expect(refused.filter((line) => !isKnown(line))).toEqual([])
})

const MORE = new URL('../../../../../../../shared/samples/synthea-r4/', import.meta.url)

test.runIf(existsSync(MORE))(
  'other lives are loaded and read back as they were sent',
  { timeout: 600_000 },
  async () => {
    const { ask } = await openFacility()
    for (const name of readdirSync(MORE))
      await loadAndReadBack(ask, sample(new URL(encodeURIComponent(name), MORE)))
  },
)
