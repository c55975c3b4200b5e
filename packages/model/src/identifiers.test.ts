import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  PROVINCES,
  readIdNumber,
  readInsuranceNumber,
  readOldIdNumber,
  readPassport,
  readSocialInsurance,
} from './identifiers.ts'

describe('the 12-digit identity number', () => {
  test('tells province, sex and birth year', () => {
    expect(readIdNumber('079 199 012 345')).toEqual({
      ok: true,
      number: '079199012345',
      province: 'TP. Hồ Chí Minh',
      sex: 'female',
      birthYear: 1999,
      warnings: [],
    })
    expect(readIdNumber('001203012345')).toMatchObject({ province: 'Hà Nội', sex: 'male', birthYear: 2003 })
  })

  test('differences from what is said beside it are warnings, not refusals', () => {
    expect(readIdNumber('003199012345', { sex: 'male', birthDate: '1998-03' })).toMatchObject({
      ok: true,
      province: null,
      warnings: ['province-unknown', 'sex-differs-from-number', 'year-differs-from-number'],
    })
  })

  test.each(['000000000000', '07919901234', '0791990123456', '179199012345', '07919901234X', 'abc'])(
    '%s is malformed',
    (number) => {
      expect(readIdNumber(number)).toEqual({ ok: false, reason: 'malformed' })
    },
  )

  test('knows the 63 provinces of before July 2025', () => {
    expect(PROVINCES.size).toBe(63)
  })
})

test('old numbers have nine digits', () => {
  expect(readOldIdNumber('024 123 456')).toEqual({ ok: true, number: '024123456' })
  expect(readOldIdNumber('111111111').ok).toBe(false)
  expect(readOldIdNumber('02412345').ok).toBe(false)
  expect(readOldIdNumber(' ')).toEqual({ ok: false, reason: 'empty' })
})

test('passports are Vietnamese or foreign by their shape', () => {
  expect(readPassport('c1234567')).toEqual({ ok: true, number: 'C1234567', kind: 'vietnamese' })
  expect(readPassport('12 AB 34567')).toEqual({ ok: true, number: '12AB34567', kind: 'foreign' })
  expect(readPassport('ÄB1234').ok).toBe(false)
})

test('a social insurance number has 10 digits, or is the identity number', () => {
  expect(readSocialInsurance('7912345678')).toMatchObject({ ok: true, kind: 'social-insurance' })
  expect(readSocialInsurance('079199012345')).toMatchObject({ ok: true, kind: 'identity' })
  expect(readSocialInsurance('0000000000').ok).toBe(false)
})

describe('the insurance card number', () => {
  test('of 15 characters tells its parts', () => {
    expect(readInsuranceNumber('dn 4 79 7912345678')).toEqual({
      ok: true,
      number: 'DN4797912345678',
      form: 'full',
      objectCode: 'DN',
      benefitLevel: '4',
      provinceCode: '79',
      socialInsuranceNumber: '7912345678',
      warnings: [],
    })
  })

  test('of 10 digits tells the social insurance number only', () => {
    expect(readInsuranceNumber('7912345678')).toMatchObject({
      form: 'short',
      objectCode: null,
      benefitLevel: null,
      provinceCode: null,
      socialInsuranceNumber: '7912345678',
    })
  })

  test('of a child with a birth certificate only has no social insurance number', () => {
    expect(readInsuranceNumber('TE179KT12345678')).toMatchObject({
      form: 'temporary',
      objectCode: 'TE',
      socialInsuranceNumber: null,
    })
  })

  test('of before 2018 is read in old files only', () => {
    expect(readInsuranceNumber('GD779AB12345678').ok).toBe(false)
    expect(readInsuranceNumber('GD779AB12345678', { historical: true })).toMatchObject({ form: 'legacy' })
  })

  test('with a code outside the lists is read with a warning', () => {
    expect(readInsuranceNumber('ZZ4037912345678')).toMatchObject({
      ok: true,
      warnings: ['object-code-unknown', 'province-unknown'],
    })
    expect(readInsuranceNumber('QN5979712345678')).toMatchObject({ ok: true, warnings: [] })
  })
})

test('no text breaks any reader', () => {
  const readers = [readIdNumber, readOldIdNumber, readPassport, readSocialInsurance, readInsuranceNumber]
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Z0-9]{0,16}$/))
  fc.assert(
    fc.property(text, fc.constantFrom(...readers), (written, read) => {
      const reading = read(written)
      expect(reading.ok ? read(reading.number) : reading.reason).toEqual(
        reading.ok ? reading : reading.reason,
      )
    }),
  )
})
