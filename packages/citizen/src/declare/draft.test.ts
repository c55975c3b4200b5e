import { formOf } from '@sokhoe/codes'
import { answersOf, emptyResponse, instancesOf } from '@sokhoe/model/questionnaire'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  answered,
  type Draft,
  fromServer,
  lastChange,
  merged,
  newDraft,
  toServer,
  unsentIn,
  withoutOne,
} from './draft.ts'

const form = formOf('2026-11-23')
const blank = newDraft('0198c0de-0000-4000-8000-000000000001', 'first', emptyResponse(form))
const height = (cm: number) => [{ valueDecimal: cm }]
const text = (valueString: string) => [{ valueString }]

test('of two phones the later answer to a question stands, and neither loses its other answers', () => {
  const atHome = answered(form, answered(form, blank, 'D2.1.6', height(160), 10), 'D2.1.7', height(55), 11)
  const atStation = answered(form, blank, 'D2.1.6', height(161), 20)
  const both = merged(form, atHome, atStation)
  expect(answersOf(both.response, 'D2.1.6')).toEqual(height(161))
  expect(answersOf(both.response, 'D2.1.7')).toEqual(height(55))
})

test('an answer taken back later stays taken back', () => {
  const given = answered(form, blank, 'D2.1.6', height(160), 10)
  const cleared = answered(form, given, 'D2.1.6', [], 20)
  expect(answersOf(merged(form, given, cleared).response, 'D2.1.6')).toEqual([])
  expect(answersOf(merged(form, cleared, given).response, 'D2.1.6')).toEqual([])
})

test('a second allergy added on one tab is there on the other, and a removed one is gone', () => {
  const one = answered(form, blank, 'B3.1.2', text('phấn hoa'), 10, 0)
  const two = answered(form, one, 'B3.1.2', text('tôm khô'), 20, 1)
  expect(instancesOf(merged(form, one, two).response, 'B3.1')).toHaveLength(2)
  const removed = withoutOne(form, two, 'B3.1', 0, 30)
  const back = merged(form, two, removed)
  expect(answersOf(back.response, 'B3.1.2')).toEqual(text('tôm khô'))
})

test('answers wait for sending until the server has them', () => {
  const draft = answered(form, answered(form, blank, 'D2.1.6', height(160), 10), 'D2.1.7', height(55), 20)
  expect(unsentIn(draft)).toBe(2)
  expect(unsentIn({ ...draft, synced: 10 })).toBe(1)
  expect(unsentIn({ ...draft, synced: lastChange(draft) })).toBe(0)
})

test('a queued declaration that is changed is open again', () => {
  const queued: Draft = { ...blank, state: 'queued' }
  expect(answered(form, queued, 'D2.1.6', height(160), 10).state).toBe('open')
})

test('another phone goes on with exactly the draft that was kept on the server', () => {
  const draft = { ...answered(form, blank, 'D2.1.6', height(160), 10), step: 4, confirmed: ['D2.1.6=160'] }
  const kept = JSON.parse(JSON.stringify(toServer(draft)))
  expect(fromServer(draft.uuid, kept)).toEqual({ ...draft, synced: 10 })
})

test('a stored draft of something else is left alone', () => {
  expect(fromServer('x', emptyResponse(form))).toBeUndefined()
})

const change = fc.record({
  link: fc.constantFrom('D2.1.6', 'D2.1.7', 'B3.1.2', 'D2.1.3'),
  value: fc.integer({ min: 1, max: 250 }),
  at: fc.integer({ min: 1, max: 1000 }),
})
const play = (changes: readonly { link: string; value: number; at: number }[], from: Draft): Draft =>
  changes.reduce((draft, { link, value, at }) => {
    const answer =
      link === 'B3.1.2' ? text(String(value)) : link === 'D2.1.3' ? [{ valueInteger: value }] : height(value)
    return answered(form, draft, link, answer, at)
  }, from)

test('merging gives the same answers in either order, and merging again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), fc.array(change, { maxLength: 6 }), (left, right) => {
      const a = play(left, blank)
      const b = play(
        right.map((one) => ({ ...one, at: one.at + 0.5 })),
        blank,
      )
      const ab = merged(form, a, b)
      expect(merged(form, b, a).response).toEqual(ab.response)
      expect(merged(form, ab, b)).toEqual(ab)
      expect(merged(form, ab, a)).toEqual(ab)
    }),
  )
})
