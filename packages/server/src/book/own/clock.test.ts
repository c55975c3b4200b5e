import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysLeft, deadlineOf } from './clock.ts'

const FRIDAY = new Date('2026-11-27T02:00:00Z')

test('to be erased takes 20 days at most, to close or object 15, to correct 10, and each says by which rule', () => {
  expect(deadlineOf('erase', FRIDAY)).toEqual({
    law: 'VN-28',
    acknowledgeBy: '2026-12-01',
    dueOn: '2026-12-17',
  })
  expect(deadlineOf('close', FRIDAY).dueOn).toBe('2026-12-12')
  expect(deadlineOf('object', FRIDAY).dueOn).toBe('2026-12-12')
  expect(deadlineOf('correct', FRIDAY).dueOn).toBe('2026-12-07')
})

test('what is asked late in the evening in Vietnam is asked on that day, not on the next', () => {
  expect(deadlineOf('correct', new Date('2026-11-27T16:59:00Z')).dueOn).toBe('2026-12-07')
  expect(deadlineOf('correct', new Date('2026-11-27T17:01:00Z')).dueOn).toBe('2026-12-08')
})

test('before the rule held there was no clock', () => {
  expect(() => deadlineOf('erase', new Date('2025-12-31T05:00:00Z'))).toThrow(RangeError)
})

test('an acknowledgement is due on a working day, before the answer is', () => {
  const instant = fc.date({ min: new Date('2026-01-02'), max: new Date('2040-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, fc.constantFrom('close', 'object', 'erase', 'correct'), (at, asking) => {
      const { acknowledgeBy, dueOn } = deadlineOf(asking, at)
      expect([1, 2, 3, 4, 5]).toContain(new Date(acknowledgeBy).getUTCDay())
      expect(acknowledgeBy < dueOn).toBe(true)
      expect(daysLeft(dueOn, at)).toBeGreaterThanOrEqual(10)
      expect(daysLeft(dueOn, new Date(`${dueOn}T16:00:00Z`))).toBe(0)
    }),
  )
})
