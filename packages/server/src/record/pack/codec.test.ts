import { createHash, createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Filed, makePack, openContent, openDirectory } from './codec.ts'
import { dictionaryOf, NEWEST_DICTIONARY } from './dictionary.ts'

const key = createSecretKey(randomBytes(32))
const label = {
  patientId: 4096 * 3 + 1,
  firstNo: 7,
  kind: 'visit',
  source: '79001',
  at: new Date(1_700_000_000_000),
}

const instant = fc.integer({ min: -62_000_000_000_000, max: 9_000_000_000_000 })
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !value.includes('\0'))
const seconds = fc.integer({ min: 0, max: 86_399 }).map((s) => new Date(s * 1000).toISOString().slice(11, 19))
const date = fc.oneof(
  text,
  fc.constantFrom('', '2026', '2026-03', '2026-03-14', '2026-03-14T24:00:00+07:00', '2026-03-14T08:15:00.5Z'),
  seconds.map((time) => `2026-03-14T${time}+07:00`),
)
const filed: fc.Arbitrary<Filed> = fc.record({
  no: fc.nat(2_000_000_000),
  version: fc.integer({ min: 1, max: 70_000 }),
  slot: fc.nat(2_000_000_000),
  type: fc.constantFrom('Observation', 'Condition', 'Patient'),
  code: text,
  date,
  source: text,
  kind: text,
  at: instant,
  stated: instant,
  restricted: fc.boolean(),
  deleted: fc.boolean(),
  sourceKey: fc.oneof(
    fc.constant(''),
    fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  ),
  bytes: fc.json().map((json) => Buffer.from(json)),
})

test('any resources that go into a pack come out with the same bytes and the same marks', () => {
  fc.assert(
    fc.property(fc.array(filed, { maxLength: 40 }), (all) => {
      const row = makePack(key, label, all)
      const entries = openDirectory(key, row)
      const content = openContent(key, row, entries)
      const opened = entries.map(({ offset, length, ...entry }) => ({
        ...entry,
        bytes: content.subarray(offset, offset + length),
      }))
      expect(opened.map(({ bytes }) => bytes.toString())).toEqual(all.map(({ bytes }) => bytes.toString()))
      expect(opened.map(({ bytes: _, ...marks }) => marks)).toEqual(
        all.map(({ bytes: _, ...marks }) => marks),
      )
    }),
    { numRuns: 200 },
  )
})

const one: Filed = {
  no: 7,
  version: 1,
  slot: 7,
  type: 'Condition',
  code: 'I10',
  date: '2026',
  source: '79001',
  kind: 'visit',
  at: 5,
  stated: 5,
  restricted: false,
  deleted: false,
  sourceKey: '',
  bytes: Buffer.from('{"resourceType":"Condition"}'),
}

test('a pack that was changed, moved to another Patient or place, or renamed does not open', () => {
  const row = makePack(key, label, [one])
  const changed = Buffer.from(row.dir)
  changed[20] = (changed[20] ?? 0) ^ 1
  const wrong = [
    { ...row, dir: changed },
    { ...row, dir: row.content },
    { ...row, dir: Buffer.alloc(3) },
    { ...row, patient_id: row.patient_id + 1 },
    { ...row, first_no: row.first_no + 1 },
    { ...row, kind: 'segment' },
    { ...row, dictionary: row.dictionary + 1 },
  ]
  for (const each of wrong) expect(() => openDirectory(key, each)).toThrow('does not open')
  expect(() => openDirectory(createSecretKey(randomBytes(32)), row)).toThrow('does not open')
  expect(openDirectory(key, row)).toHaveLength(1)
})

test('a pack of a dictionary that this release does not have refuses instead of giving nonsense', () => {
  const row = makePack(key, label, [one])
  expect(() => openContent(key, { ...row, dictionary: 999 }, openDirectory(key, row))).toThrow(
    'does not open',
  )
})

test('a dictionary that was used is never changed: old packs could not be opened any more', () => {
  const prints = Array.from({ length: NEWEST_DICTIONARY }, (_, i) =>
    createHash('sha256')
      .update(dictionaryOf(i + 1))
      .digest('hex'),
  )
  expect(prints).toEqual(['a5e9e4fb56cdbf653f3b41a0a3d669b8fc1f7be1d70ec905dec13a2c700d3cfc'])
  expect(dictionaryOf(1).length).toBeLessThanOrEqual(32_768)
})
