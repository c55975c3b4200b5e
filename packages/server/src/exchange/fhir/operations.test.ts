import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientAt } from '../../../test/client.ts'
import { openTestHouse } from '../../../test/house.ts'

const OPERATIONS = [
  ...['CodeSystem/$lookup', 'CodeSystem/$validate-code', 'CodeSystem/$subsumes', 'ValueSet/$expand'],
  ...['ValueSet/$validate-code', 'ConceptMap/$translate', 'ValueSet/icd-10-2026-07-01/$expand'],
  ...['Observation/$validate', 'Patient/$summary', 'Patient/nobody/$summary', 'Patient/nobody/$everything'],
]

const NAMES = [
  ...['system', 'code', 'url', 'coding', 'codeableConcept', 'valueSet', 'filter', 'count', 'offset', 'date'],
  ...[
    'codeA',
    'codeB',
    'codingA',
    'codingB',
    'version',
    'display',
    'displayLanguage',
    'property',
    'resource',
  ],
  ...[
    'mode',
    'profile',
    'identifier',
    '_type',
    '_since',
    '_count',
    '_page',
    'start',
    'end',
    'reverse',
    'target',
  ],
]
const VALUES = [
  'valueString',
  'valueCode',
  'valueUri',
  'valueCoding',
  'valueCodeableConcept',
  'valueBoolean',
  'valueInteger',
  'resource',
  'part',
]
const TEXTS = [
  ...[
    'http://hl7.org/fhir/sid/icd-10',
    'I10',
    'E11.9',
    'urn:sokhoe:valueset:icd-10',
    '2026-11-01',
    '-1',
    '%00',
    '|',
  ],
  ...[
    'constructor',
    '__proto__',
    'Patient',
    'true',
    '../../etc/passwd',
    '١٢٣',
    'a'.repeat(5000),
    '2026-99-99',
    '',
  ],
]

const value = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.record({ system: fc.constantFrom(...TEXTS), code: fc.constantFrom(...TEXTS) }),
  fc.record({
    coding: fc.array(fc.record({ system: fc.constantFrom(...TEXTS), code: fc.jsonValue() }), {
      maxLength: 3,
    }),
  }),
  fc.record({
    resourceType: fc.constantFrom('ValueSet', 'Observation', 'Parameters', 'x'),
    compose: fc.jsonValue(),
  }),
  fc.jsonValue(),
)
const parameter = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES), value)
  .map(([name, element, given]) => ({ name, [element]: given }))

test('whatever an operation is given, it is answered or refused cleanly, and never falls over', async () => {
  const { app, ctx } = await openTestHouse()
  const { ask } = await clientAt(app, ctx)
  const sent = fc.tuple(fc.constantFrom(...OPERATIONS), fc.array(parameter, { maxLength: 5 }))
  await fc.assert(
    fc.asyncProperty(sent, async ([operation, parameters]) => {
      const body = { resourceType: 'Parameters', parameter: parameters }
      const query = parameters.flatMap((one) => {
        const [, given] = Object.entries(one)[1] ?? []
        return typeof given === 'string' ? [`${one.name}=${encodeURIComponent(given)}`] : []
      })
      const replies = [
        await ask('POST', operation, { body }),
        await ask('GET', `${operation}?${query.join('&')}`),
      ]
      for (const reply of replies) {
        expect(reply.statusCode, reply.body).toBeLessThan(500)
        if (reply.statusCode >= 400) expect(reply.json()).toMatchObject({ resourceType: 'OperationOutcome' })
      }
    }),
    { numRuns: 200 },
  )
})

test('long texts and long lists hold nobody up', async () => {
  const { app, ctx } = await openTestHouse()
  const { ask } = await clientAt(app, ctx)
  const post = (operation: string, ...parameter: readonly object[]) =>
    ask('POST', operation, { body: { resourceType: 'Parameters', parameter } })
  const long = 'ắ'.repeat(2_000_000)
  const system = 'http://hl7.org/fhir/sid/icd-10'
  const codes = Array.from({ length: 20_000 }, (_, i) => ({ code: `none-${i}` }))
  const set = {
    resourceType: 'ValueSet',
    compose: { include: [{ system, concept: [...codes, { code: 'I10' }] }] },
  }
  const replies = [
    await post(
      'ValueSet/$expand',
      { name: 'url', valueUri: 'urn:sokhoe:valueset:icd-10' },
      { name: 'filter', valueString: long },
    ),
    await post(
      'CodeSystem/$validate-code',
      { name: 'url', valueUri: system },
      { name: 'code', valueCode: 'I10' },
      { name: 'display', valueString: long },
    ),
    await post('CodeSystem/$validate-code', {
      name: 'codeableConcept',
      valueCodeableConcept: { coding: codes },
    }),
    await post('ValueSet/$expand', { name: 'valueSet', resource: set }),
  ]
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([400, 200, 400, 200])
  expect(replies[3]?.json().expansion.total).toBe(1)
})
