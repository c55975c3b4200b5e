import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prepare } from './prepare.ts'
import type { Said } from './said.ts'
import { shelf } from './shelf.ts'

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const written = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
const names = fc.oneof(
  written,
  fc.constantFrom('Nguyễn Thị Thu Hà', 'NGUYEN THI THU HA', 'CB Trần Thị Lan', "H'Hen Niê", 'Hà Nguyễn Thị'),
)
const days = fc.oneof(written, fc.constantFrom('1961', '1961-04', '1961-04-30', '1961-01-01', '9999-99-99'))
const numbers = fc.record({
  system: fc.constantFrom('cccd', 'cmnd', 'passport', 'bhxh', 'bhyt', 'id'),
  value: fc.oneof(written, fc.constantFrom('079161012345', '261012345', 'GD4790123456789')),
  verified: fc.boolean(),
  ended: fc.boolean(),
})

const anything = fc
  .record({
    ...{ name: maybe(names), familyName: maybe(names), middleName: maybe(names), givenName: maybe(names) },
    ...{ birthDate: maybe(days), sex: maybe(fc.constantFrom('male', 'female')) },
    phones: maybe(fc.array(fc.oneof(written, fc.constantFrom('0912345678', '+84 91 234 5678')))),
    ...{ numbers: maybe(fc.array(numbers)), wards: maybe(fc.array(written)) },
    address: maybe(fc.oneof(written, fc.constantFrom('12/3 Đường Nguyễn Trãi, Phường 5', 'Số 7 Lê Lợi'))),
    ...{ city: maybe(written), postcode: maybe(written), email: maybe(written), occupation: maybe(written) },
    multipleBirth: maybe(fc.boolean()),
  })
  .map((said) => Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Said)

test('whatever a record says comes back from the shelf as it was put there', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 8 }), (all) => {
      const kept = shelf()
      const records = all.map(prepare)
      const places = records.map(kept.put)
      expect(places.map(kept.at)).toEqual(records)
    }),
  )
})

test('a record longer than a page is kept whole, and those around it', () => {
  const kept = shelf()
  const long = prepare({ phones: ['1'.repeat(3_000_000), '2'.repeat(3_000_000)] })
  const short = prepare({ name: 'Trần Văn Nam', birthDate: '1948-02-03' })
  const places = [short, long, short].map(kept.put)
  expect(places.map(kept.at)).toEqual([short, long, short])
})
