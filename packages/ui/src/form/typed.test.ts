import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTypedDate, readTypedNumber, typedDateOf } from './typed.ts'

test('a birth date may be only a year, or month and year', () => {
  expect(readTypedDate({ day: '', month: '', year: '1951' })).toEqual({ ok: true, date: '1951' })
  expect(readTypedDate({ day: '', month: '3', year: '1951' })).toEqual({ ok: true, date: '1951-03' })
  expect(readTypedDate({ day: '4', month: '3', year: '1951' })).toEqual({ ok: true, date: '1951-03-04' })
})

test('31 February, a day without month and a year of two digits are refused', () => {
  expect(readTypedDate({ day: '31', month: '2', year: '1961' })).toEqual({ ok: false, reason: 'impossible' })
  expect(readTypedDate({ day: '3', month: '', year: '1961' })).toEqual({ ok: false, reason: 'gap' })
  expect(readTypedDate({ day: '3', month: '4', year: '61' })).toEqual({ ok: false, reason: 'impossible' })
})

test('weight may be typed with a comma, and 70,50 stays 70.50', () => {
  expect(readTypedNumber('70,50', false)).toEqual({ ok: true, text: '70.50' })
  expect(readTypedNumber(' 160 ', true)).toEqual({ ok: true, text: '160' })
  expect(readTypedNumber('160,5', true)).toEqual({ ok: false })
  expect(readTypedNumber('1.234,5', false)).toEqual({ ok: false })
})

test('every date that was read shows in its three fields as it was typed', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
      (day) => {
        const date = day.toISOString().slice(0, 10)
        expect(readTypedDate(typedDateOf(date))).toEqual({ ok: true, date })
      },
    ),
  )
})
