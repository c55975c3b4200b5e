import { createSecretKey, randomBytes } from 'node:crypto'
import { decimal } from '@sokhoe/fhir'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Filed } from './pack/codec.ts'
import { EMPTY_SHELF, type Shelved, type Standing, shelve, stands } from './shelve.ts'
import type { Stated } from './statement.ts'
import { isRestrictedStatement } from './statement.ts'

const idKey = createSecretKey(randomBytes(32))
const HER = 4096 * 5
const at = new Date('2026-11-23T05:00:00Z')

const stated = (value: string, more: Partial<Stated> = {}): Stated => ({
  resource: { resourceType: 'Observation', valueQuantity: { value: decimal(value) } },
  ...more,
})

const among = (filed: readonly Filed[]): Standing => ({
  versions: (no) => filed.filter((each) => each.no === no),
  noOf: (mark) => filed.find((each) => each.sourceKey === mark)?.no,
})

/** Each statement arrives by itself, in this order, a minute after the one before. */
function arriveInTurn(statements: readonly Stated[]): { filed: Filed[]; arrivals: Shelved[] } {
  const filed: Filed[] = []
  const arrivals = statements.map((each, i) => {
    const arrival = { patientId: HER, source: '79001', kind: 'visit', resources: [each] }
    const time = new Date(at.getTime() + i * 60_000)
    const shelved = shelve(arrival, { idKey, at: time, firstNo: i + 1, standing: among(filed) })
    filed.push(...shelved.filed)
    return shelved
  })
  return { filed, arrivals }
}

const standingValue = (filed: readonly Filed[]): string =>
  filed
    .reduce((best, each) => (stands(each, best) ? each : best))
    .bytes.toString()
    .split('"value":')[1] ?? ''

test('corrections of one result, arriving in any order and several times, leave the same value standing', () => {
  const correction = fc.record({ minute: fc.nat(500), value: fc.integer({ min: 10, max: 99 }) })
  const scenario = fc
    .uniqueArray(correction, { minLength: 1, maxLength: 8, selector: ({ minute }) => minute })
    .chain((all) => {
      const repeated = fc.shuffledSubarray([...all, ...all], {
        minLength: all.length,
        maxLength: all.length * 2,
      })
      return fc.tuple(fc.constant(all), repeated)
    })
    .filter(([all, order]) => all.every((each) => order.includes(each)))
  fc.assert(
    fc.property(scenario, ([all, order]) => {
      const statements = order.map(({ minute, value }) =>
        stated(`${value}.0`, {
          sourceKey: 'lab-1',
          statedAt: new Date(at.getTime() + minute * 60_000).toISOString(),
        }),
      )
      const { filed } = arriveInTurn(statements)
      const last = all.reduce((a, b) => (b.minute > a.minute ? b : a))
      expect(standingValue(filed)).toBe(`${last.value}.0}}`)
      expect(filed.map((each) => each.version)).toEqual(all.map((_, i) => i + 1))
    }),
  )
})

test('an older statement that comes late is kept as a version but does not stand', () => {
  const { filed, arrivals } = arriveInTurn([
    stated('6.8', {
      sourceKey: 'a',
      statedAt: '2026-11-20T00:00:00Z',
      cohort: [{ code: 'X', ward: '1', day: '2026-11-20' }],
    }),
    stated('7.8', {
      sourceKey: 'a',
      statedAt: '2026-11-19T00:00:00Z',
      cohort: [{ code: 'Y', ward: '1', day: '2026-11-19' }],
    }),
  ])
  expect(filed).toHaveLength(2)
  expect(standingValue(filed)).toBe('6.8}}')
  expect(arrivals[1]?.standing).toEqual([])
})

test('a clock that was set back does not make what is said now older than what was said before', () => {
  const first = shelve(
    { patientId: HER, source: 'self', kind: 'declaration', resources: [stated('1.0', { sourceKey: 'a' })] },
    { idKey, at, firstNo: 1, standing: EMPTY_SHELF },
  )
  const second = shelve(
    { patientId: HER, source: 'self', kind: 'declaration', resources: [stated('2.0', { sourceKey: 'a' })] },
    { idKey, at: new Date(at.getTime() - 3_600_000), firstNo: 2, standing: among(first.filed) },
  )
  expect(standingValue([...first.filed, ...second.filed])).toBe('2.0}}')
})

test('one source key given twice in one arrival is one resource with two versions', () => {
  const { results } = shelve(
    {
      patientId: HER,
      source: '79001',
      kind: 'visit',
      resources: [
        stated('1.0', { sourceKey: 'a' }),
        stated('1.1', { sourceKey: 'a' }),
        stated('1.1', { sourceKey: 'a' }),
      ],
    },
    { idKey, at, firstNo: 4, standing: EMPTY_SHELF },
  )
  expect(results.map(({ no, version, outcome }) => ({ no, version, outcome }))).toEqual([
    { no: 4, version: 1, outcome: 'kept' },
    { no: 4, version: 2, outcome: 'amended' },
    { no: 4, version: 2, outcome: 'known' },
  ])
})

test('the same key of two sources names two resources', () => {
  const arrive = (source: string, firstNo: number, filed: readonly Filed[]) =>
    shelve(
      { patientId: HER, source, kind: 'visit', resources: [stated('1', { sourceKey: 'a' })] },
      { idKey, at, firstNo, standing: among(filed) },
    )
  const one = arrive('79001', 1, [])
  expect(arrive('79002', 2, one.filed).results).toMatchObject([{ no: 2, outcome: 'kept' }])
})

test('a restricted code is recognised wherever it stands, and no other text is taken for one', () => {
  const B20 = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'B20' }] }
  const inside: Record<string, unknown>[] = [
    { contained: [{ resourceType: 'Condition', id: 'c', code: B20 }] },
    { extension: [{ url: 'urn:x', valueCodeableConcept: B20 }] },
    { diagnosis: [{ diagnosisCodeableConcept: B20 }] },
    { conclusionCode: [B20] },
    { item: [{ linkId: '1', answer: [{ valueCoding: B20.coding[0] }] }] },
    { entry: [{ resource: { resourceType: 'Condition', code: B20 } }] },
  ]
  const isRestricted = (more: Record<string, unknown>) =>
    isRestrictedStatement({ resource: { resourceType: 'Basic', ...more } }, '2026-11-26')
  for (const more of inside) expect(isRestricted(more), JSON.stringify(more)).toBe(true)
  expect(
    isRestricted({ identifier: [{ value: 'B20' }], code: { text: 'B20', coding: [{ code: 'E11' }] } }),
  ).toBe(false)
})

test('a diagnosis of the dated restricted list is labelled and never counted, whoever forgot to say so', () => {
  const hiv: Stated = {
    resource: {
      resourceType: 'Condition',
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'B20.1' }] },
    },
    cohort: [{ code: 'B20.1', ward: '26911', day: '2026-11-23' }],
  }
  const { filed, standing } = shelve(
    { patientId: HER, source: '79001', kind: 'visit', resources: [hiv] },
    { idKey, at, firstNo: 1, standing: EMPTY_SHELF },
  )
  expect(filed).toMatchObject([{ restricted: true, code: 'B20.1' }])
  expect(standing).toEqual([{ no: 1, cohort: [], keys: [], also: [] }])
})

test('references inside an arrival and to its own Patient become addresses; quoted words stay words', () => {
  const encounter: Stated = { resource: { resourceType: 'Encounter' }, urn: 'urn:uuid:visit' }
  const observation: Stated = {
    resource: {
      resourceType: 'Observation',
      encounter: { reference: 'urn:uuid:visit' },
      subject: { reference: '#patient' },
      performer: [{ reference: 'urn:uuid:nobody' }],
      note: [{ text: '"reference":"urn:uuid:visit"' }],
    },
  }
  const { filed, results } = shelve(
    { patientId: HER, source: '79001', kind: 'visit', resources: [observation, encounter] },
    { idKey, at, firstNo: 1, standing: EMPTY_SHELF },
  )
  expect(JSON.parse(filed[0]?.bytes.toString() ?? '')).toMatchObject({
    encounter: { reference: `Encounter/${results[1]?.id}` },
    subject: { reference: expect.stringMatching(/^Patient\/[0-9a-f-]{36}$/) },
    performer: [{ reference: 'urn:uuid:nobody' }],
    note: [{ text: '"reference":"urn:uuid:visit"' }],
  })
})
