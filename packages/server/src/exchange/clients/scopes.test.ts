import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithin, readScope, readScopes, writeScope } from './scopes.ts'

const scopeArbitrary = fc.record({
  context: fc.constantFrom('system' as const, 'patient' as const),
  type: fc.constantFrom('*', 'Observation', 'Patient'),
  may: fc
    .subarray(['c', 'r', 'u', 'd', 's'], { minLength: 1 })
    .map((letters) => [...'cruds'].filter((letter) => letters.includes(letter)).join('')),
})

test('a scope says type and letters, in the newer form or in the one before', () => {
  expect(readScope('system/Observation.rs')).toEqual({ context: 'system', type: 'Observation', may: 'rs' })
  expect(readScope('system/*.read')).toEqual({ context: 'system', type: '*', may: 'rs' })
  expect(readScope('system/Patient.write')).toEqual({ context: 'system', type: 'Patient', may: 'cud' })
  expect(readScope('patient/*.*')).toEqual({ context: 'patient', type: '*', may: 'cruds' })
})

test.each(['', 'system/*.', 'system/Observation.sr', 'system/Observation.rs?code=1', 'user/*.rs', 'openid'])(
  '“%s” is no scope, and one such refuses all that were asked with it',
  (text) => {
    expect(readScope(text)).toBeUndefined()
    expect(readScopes(`${text} `.trim() === '' ? '' : `system/*.rs ${text}`)).toBeUndefined()
  },
)

test('what was written is read again, and is within itself', () => {
  fc.assert(
    fc.property(scopeArbitrary, (scope) => {
      expect(readScope(writeScope(scope))).toEqual(scope)
      expect(isWithin(scope, [scope])).toBe(true)
    }),
  )
})

test('nobody gets a type, a letter or a context that was not granted', () => {
  const granted = readScopes('system/Observation.rs system/Patient.c') ?? []
  const asked = (text: string) => isWithin(readScopes(text)?.[0] ?? granted[0] ?? never(), granted)
  expect(asked('system/Observation.r')).toBe(true)
  expect(asked('system/Observation.crs')).toBe(false)
  expect(asked('system/*.r')).toBe(false)
  expect(asked('patient/Observation.r')).toBe(false)
  expect(asked('system/Patient.r')).toBe(false)
})

function never(): never {
  throw new Error('no scope to ask for')
}
