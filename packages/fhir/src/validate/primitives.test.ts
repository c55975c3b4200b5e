import { expect, test } from 'vitest'
import { parseJson } from '../json.ts'
import { ruleOf } from './primitives.ts'

/** Type → values that fit, values that do not; numbers as they are written in JSON. */
const VALUES: Record<string, readonly [fit: readonly unknown[], unfit: readonly unknown[]]> = {
  boolean: [
    [true, false],
    ['true', 0, null],
  ],
  integer: [
    [0, -1, 2147483647, -2147483648, parseJson('-0')],
    [parseJson('1.0'), parseJson('1e2'), 1.5, 2147483648, '1', null],
  ],
  unsignedInt: [
    [0, 7],
    [-1, parseJson('7.0')],
  ],
  positiveInt: [[1], [0, -1, 2147483648]],
  decimal: [
    [0, 1.5, parseJson('10.00'), parseJson('1e-7'), parseJson('0.1234567890123456789')],
    ['1.5', parseJson('1e999'), null, {}],
  ],
  string: [
    ['a', ' ', 'a\tb\r\nc', 'Đặng 😀', 'x'.repeat(1_048_576)],
    ['', 7, 'a\u0000b', 'a\u001b', 'x'.repeat(1_048_577)],
  ],
  markdown: [['# a\n'], ['', '\u0007']],
  code: [
    ['a', 'a b', '<='],
    ['', ' a', 'a ', 'a  b', 7],
  ],
  uri: [
    ['urn:x', 'a', 'https://example.org/á'],
    ['', 'a b', '\n', 7],
  ],
  url: [['https://example.org'], ['https://example.org/ a']],
  canonical: [['https://example.org|1'], ['a b']],
  oid: [
    ['urn:oid:1.2.3', 'urn:oid:2.16.840'],
    ['1.2.3', 'urn:oid:3.1', 'urn:oid:1.02', 'urn:oid:1'],
  ],
  uuid: [
    ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
    ['c757873d-ec9a-4326-a141-556f43239520', 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520'],
  ],
  id: [
    ['a', 'A-1.b', 'x'.repeat(64)],
    ['', 'x'.repeat(65), 'a_b', 'a/b', 'á'],
  ],
  date: [
    ['2026', '2026-02', '2026-02-28', '2024-02-29', '2000-02-29', '0001'],
    [
      '0000',
      '26',
      '2026-13',
      '2026-00',
      '2026-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-01-00',
      '2026-1-1',
      '2026-01-01T00:00:00Z',
      2026,
    ],
  ],
  dateTime: [
    [
      '2026',
      '2026-01-31',
      '2026-01-31T23:59:60Z',
      '2026-01-31T08:30:00.123456789+07:00',
      '2026-01-31T00:00:00-14:00',
    ],
    [
      '2026-01-31T08:30Z',
      '2026-01-31T08:30:00',
      '2026-01-31T24:00:00Z',
      '2026-02-30T08:30:00Z',
      '2026-01T08:30:00Z',
      '2026-01-31T08:30:00+15:00',
    ],
  ],
  instant: [['2026-01-31T08:30:00Z'], ['2026-01-31', '2026-02-31T08:30:00Z', '2026-01-31T08:30:00']],
  time: [
    ['00:00:00', '23:59:59.5'],
    ['24:00:00', '08:30', '08:30:00Z'],
  ],
  base64Binary: [
    ['TQ==', 'TWFu', 'TW\nFu', 'TWF u TWE='],
    ['', 'TQ', 'TQ=', 'T===', 'TW-u', '====', 'TQ==TQ==', ' '],
  ],
}

for (const [type, [fit, unfit]] of Object.entries(VALUES))
  test(`${type} takes what it should and refuses the rest with a sentence`, () => {
    const rule = ruleOf(type)
    expect(fit.filter((value) => rule(value) !== undefined)).toEqual([])
    expect(unfit.filter((value) => rule(value) === undefined)).toEqual([])
  })

// quadratic time would outlast the test's own limit many times over
test('hostile texts are looked through in a time that grows with their length alone', () => {
  for (const [type, text] of [
    ['base64Binary', `${' '.repeat(1_000_000)}!`],
    ['code', `${'a '.repeat(500_000)} `],
    ['oid', `urn:oid:1${'.1'.repeat(500_000)}.`],
    ['uri', `${'a'.repeat(1_000_000)} `],
  ] as const)
    expect(ruleOf(type)(text)).toBeTypeOf('string')
})
