import { expect, test } from 'vitest'
import { readLine } from './said.ts'

const urn = (n: number): string => `urn:uuid:0198c0de-0000-7000-8000-00000000000${n}`

const read = (bundle: object) =>
  readLine(Buffer.from(JSON.stringify(bundle)), { file: 'a', line: 1 }, ({ problem }) => {
    throw problem
  })

test('a visit stands with its patient, though its doctor is named first and a uuid does not tell who is who', () => {
  const actor = (n: number) => ({ actor: { reference: urn(n) }, status: 'accepted' })
  const [, , visit] = read({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { fullUrl: urn(1), resource: { resourceType: 'Practitioner', name: [{ family: 'Lê' }] } },
      { fullUrl: urn(2), resource: { resourceType: 'Patient', name: [{ family: 'Trần' }] } },
      {
        fullUrl: urn(3),
        resource: { resourceType: 'Appointment', status: 'proposed', participant: [actor(1), actor(2)] },
      },
    ],
  })
  expect(visit?.patient).toBe(urn(2))
})

test('a reference to what the bundle does not hold may still be a patient of an earlier one', () => {
  const [result] = read({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        fullUrl: urn(3),
        resource: {
          resourceType: 'Observation',
          status: 'final',
          code: { text: 'HbA1c' },
          subject: { reference: urn(9) },
        },
      },
    ],
  })
  expect(result?.patient).toBe(urn(9))
})

test('an entry that is no object is refused by itself, and its neighbours are taken', () => {
  const refused: unknown[] = []
  const entry = [null, 7, [], 'x', { resource: { resourceType: 'Patient', id: 'p1' } }]
  const bytes = Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }))
  const said = readLine(bytes, { file: 'a', line: 1 }, (one) => refused.push(one))
  expect(said.map(({ names }) => names[0])).toEqual(['Patient/p1'])
  expect(refused).toHaveLength(4)
})
