import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base32, fittingStep, readBase32, stepAt, totpCode } from './totp.ts'

const SECRET = Buffer.from('12345678901234567890')

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
])('at second %i the code is that of RFC 6238, appendix B', (second, code) => {
  expect(totpCode(SECRET, stepAt(new Date(second * 1000)))).toBe(code)
})

test('a code serves once, half a minute early or late, and no longer', () => {
  const at = new Date('2026-11-23T05:00:00Z')
  const now = stepAt(at)

  expect(fittingStep(SECRET, totpCode(SECRET, now), at, 0)).toBe(now)
  expect(fittingStep(SECRET, totpCode(SECRET, now - 1), at, 0)).toBe(now - 1)
  expect(fittingStep(SECRET, totpCode(SECRET, now + 1), at, 0)).toBe(now + 1)
  expect(fittingStep(SECRET, totpCode(SECRET, now), at, now)).toBeUndefined()
  expect(fittingStep(SECRET, totpCode(SECRET, now - 3), at, 0)).toBeUndefined()
})

test('a secret is read back from what the authenticator app is given', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 40 }), (bytes) => {
      const secret = Buffer.from(bytes)
      expect(readBase32(base32(secret)).subarray(0, secret.length)).toEqual(secret)
    }),
  )
  expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
  expect(() => readBase32('0189')).toThrow(RangeError)
})
