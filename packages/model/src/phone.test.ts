import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskPhone, readPhone, sayPhone } from './phone.ts'

const national = (text: string, synthetic = false) => {
  const reading = readPhone(text, { synthetic })
  return reading.ok ? reading.national : reading.reason
}

const mobile = fc.stringMatching(/^0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}$/)

describe('a mobile number in every common way of typing', () => {
  test.each([
    '0901234567',
    '090 123 4567',
    '090.123.4567',
    '090-123-4567',
    '(090) 123 4567',
    '+84901234567',
    '+84 90 123 45 67',
    '84901234567',
    '0084901234567',
    '(+84) 0901 234 567',
    '+84(0)901234567',
    '840901234567',
    '901234567',
    '０９０１２３４５６７',
    '090\u00A0123\u00A04567',
    '\u200B0901234567\u200E',
    'O9O1234567',
    'tel:+84901234567',
    'SĐT: 0901 234 567',
    ' 0901234567\r\n',
  ])('%j is 0901234567', (typed) => {
    expect(readPhone(typed)).toEqual({ ok: true, national: '0901234567', e164: '+84901234567' })
  })

  test('a number of prefix 084 is not mistaken for the country code', () => {
    expect(
      ['0841234567', '841234567', '84841234567', '+84841234567'].map((typed) => national(typed)),
    ).toEqual(Array(4).fill('0841234567'))
  })

  test.each([
    ['01681234567', '0381234567'],
    ['+841281234567', '0781234567'],
    ['0123 456 7890', '0834567890'],
    ['1991234567', '0591234567'],
    ['01861234567', '0561234567'],
  ])('the old 11-digit number %s is %s today', (old, today) => {
    expect(national(old)).toBe(today)
  })
})

test.each([
  ['', 'empty'],
  [' - ', 'empty'],
  ['028 3823 4567', 'landline'],
  ['2838234567', 'landline'],
  ['+1 415 555 2671', 'foreign'],
  ['0065 9123 4567', 'foreign'],
  ['0101234567', 'not-mobile'],
  ['0500123456', 'not-mobile'],
  ['0951234567', 'not-mobile'],
  ['090123456', 'too-short'],
  ['113', 'too-short'],
  ['09012345678', 'too-long'],
  ['0901234567/0912345678', 'too-long'],
  ['9'.repeat(5000), 'too-long'],
  ['không có', 'letters'],
  ['0901 234 abc', 'letters'],
])('%j is refused as %s', (typed, reason) => {
  expect(national(typed)).toBe(reason)
})

test('the test range is admitted only when the switch is on', () => {
  expect(national('0500123456', true)).toBe('0500123456')
  expect(national('+84500123456', true)).toBe('0500123456')
  expect(national('0901234567', true)).toBe('0901234567')
})

test('the canonical forms read back as themselves', () => {
  fc.assert(
    fc.property(mobile, (number) => {
      const reading = readPhone(number)
      expect(reading).toMatchObject({ ok: true, national: number })
      expect(reading.ok && readPhone(reading.e164)).toEqual(reading)
      expect(readPhone(sayPhone(number))).toEqual(reading)
    }),
  )
})

test('dashes and spaces anywhere change nothing', () => {
  fc.assert(
    fc.property(
      mobile,
      fc.array(fc.constantFrom(' ', '-', '.', '\u00A0', ''), { minLength: 10 }),
      (number, gaps) => {
        const typed = [...number].map((digit, at) => digit + (gaps[at] ?? '')).join('')
        expect(national(typed)).toBe(number)
      },
    ),
  )
})

test('whatever is typed, the answer is a mobile number or a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9+() -]{0,16}$/)), (text) => {
      expect(national(text)).toMatch(
        /^(0[35789]\d{8}|empty|landline|foreign|not-mobile|too-short|too-long|letters)$/,
      )
    }),
  )
})

test('a masked number keeps only its first three and last two digits', () => {
  expect(maskPhone('0901234567')).toBe('090 ••• ••67')
  expect(maskPhone('not a number')).toBe('••• ••• ••••')
  expect(sayPhone('0901234567')).toBe('0901 234 567')
})
