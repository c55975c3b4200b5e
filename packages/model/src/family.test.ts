import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageOn } from './dates.ts'
import {
  basisFor,
  birthdayOn,
  dayAfter,
  effectiveTopics,
  familyRulesOn,
  isPrivate,
  standingByAge,
} from './family.ts'
import { SENSITIVE, TOPICS, type Topic } from './topics.ts'

const rules = familyRulesOn('2026-11-25')

const dayOf = (from: string, to: string) =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
const birth = dayOf('1990-01-01', '2026-11-25')
const partial = birth.chain((day) => fc.constantFrom(day, day.slice(0, 7), day.slice(0, 4)))
const day = dayOf('2026-11-25', '2050-01-01')

const childOf = (birthDate: string, since = '2026-11-25', confirmed: string | null = null) => ({
  birth: birthDate,
  since,
  confirmed,
})

test('the rules of today name the law they follow', () => {
  expect(rules).toMatchObject({ alsoFrom: 7, privateFrom: 15, adultFrom: 18 })
  expect(rules.source).toContain('91/2025/QH15')
  expect(familyRulesOn('1990-01-01')).toBe(rules)
})

test('a birthday is the first day on which the years may be complete', () => {
  expect(birthdayOn('2020-02-29', 7)).toBe('2027-03-01')
  expect(birthdayOn('2020-02-29', 8)).toBe('2028-02-29')
  expect(birthdayOn('2019', 7)).toBe('2026-01-01')
  fc.assert(
    fc.property(partial, fc.integer({ min: 1, max: 60 }), (born, years) => {
      const on = birthdayOn(born, years)
      expect(ageOn(born, on)?.max).toBe(years)
      expect(ageOn(born, dayAfter(on, -1))?.max).toBe(years - 1)
    }),
  )
})

test('under seven the representative alone; from seven the child too; a grown-up has none', () => {
  expect(basisFor(rules, '2019-11-26', '2026-11-25')).toBe('parent')
  expect(basisFor(rules, '2019-11-25', '2026-11-25')).toBe('both')
  expect(basisFor(rules, '2019', '2026-11-25')).toBe('both')
  expect(basisFor(rules, '2008-11-25', '2026-11-25')).toBe('none')
  expect(basisFor(rules, '2008', '2026-11-25')).toBe('both')
})

test('a child who turns seven is asked; some time later nothing is open until she confirms', () => {
  const child = childOf('2019-12-01')
  expect(standingByAge(rules, child, '2026-11-30')).toBe('stands')
  expect(standingByAge(rules, child, '2026-12-01')).toBe('ask-again')
  const end = dayAfter('2026-12-01', rules.graceDays)
  expect(standingByAge(rules, child, dayAfter(end, -1))).toBe('ask-again')
  expect(standingByAge(rules, child, end)).toBe('waiting')
  expect(standingByAge(rules, { ...child, confirmed: '2026-12-10' }, end)).toBe('stands')
})

test('a child of seven or more opens nothing before she has confirmed, however the proxy began', () => {
  expect(standingByAge(rules, childOf('2015-05-05'), '2026-11-25')).toBe('waiting')
  expect(standingByAge(rules, childOf('2015-05-05', '2026-11-25', '2026-11-25'), '2026-11-25')).toBe('stands')
  expect(standingByAge(rules, { ...childOf(''), birth: null }, '2026-11-25')).toBe('waiting')
})

test('at eighteen a proxy ends by itself, unless the adult gave it anew', () => {
  const child = childOf('2009-03-01', '2026-11-25', '2026-11-25')
  expect(standingByAge(rules, child, '2027-02-28')).toBe('stands')
  expect(standingByAge(rules, child, '2027-03-01')).toBe('of-age')
  expect(standingByAge(rules, { ...child, confirmed: '2027-03-02' }, '2027-03-02')).toBe('stands')
  expect(standingByAge(rules, childOf('1950', '2026-11-25'), '2026-11-26')).toBe('stands')
})

test('from fifteen, or where the age is not known, the sensitive parts are hidden unless she shared them', () => {
  const mother = { ...childOf('2012-01-10', '2026-11-25', '2026-11-25'), topics: TOPICS, shared: [] }
  expect(effectiveTopics(rules, mother, '2027-01-09')).toEqual(TOPICS)
  expect(effectiveTopics(rules, mother, '2027-01-10')).toEqual(
    TOPICS.filter((one) => !SENSITIVE.includes(one)),
  )
  const shared = { ...mother, shared: ['mental-health'] as const }
  expect(effectiveTopics(rules, shared, '2027-01-10')).toContain('mental-health')
  expect(effectiveTopics(rules, shared, '2027-01-10')).not.toContain('reproductive')
  expect(isPrivate(rules, null, '2026-11-25')).toBe(true)
  expect(isPrivate(rules, '2011', '2026-11-25')).toBe(true)
})

const topics = fc.subarray([...TOPICS])
const represented = fc.record({
  birth: fc.option(partial, { nil: null }),
  since: dayOf('2026-01-01', '2026-11-25'),
  confirmed: fc.option(dayOf('2026-01-01', '2045-01-01'), { nil: null }),
  topics,
  shared: topics,
})

test('whatever the dates, a proxy never opens more than was given', () => {
  fc.assert(
    fc.property(represented, day, (proxy, on) => {
      const open = effectiveTopics(rules, proxy, on)
      expect(open.every((topic: Topic) => proxy.topics.includes(topic))).toBe(true)
    }),
  )
})

test('whatever the dates, nobody who may be fifteen is read in the sensitive parts without her own word', () => {
  fc.assert(
    fc.property(represented, day, (proxy, on) => {
      const ages = proxy.birth === null ? null : ageOn(proxy.birth, on)
      if (ages && ages.max < rules.privateFrom) return
      const open = effectiveTopics(rules, proxy, on)
      expect(open.filter((topic) => SENSITIVE.includes(topic) && !proxy.shared.includes(topic))).toEqual([])
    }),
  )
})

test('whatever the dates, a proxy for a child never outlives her eighteenth birthday by itself', () => {
  fc.assert(
    fc.property(birth, day, (born, on) => {
      const beganAsChild = (ageOn(born, '2026-11-25')?.min ?? 0) < 18
      const open = effectiveTopics(rules, { ...childOf(born), topics: TOPICS, shared: [] }, on)
      if (beganAsChild && on >= birthdayOn(born, 18)) expect(open).toEqual([])
    }),
  )
})

test('what stood once unconfirmed and fell silent does not begin again by the passing of days', () => {
  fc.assert(
    fc.property(birth, day, fc.integer({ min: 0, max: 4000 }), (born, on, later) => {
      const child = { ...childOf(born), topics: TOPICS, shared: [] }
      fc.pre((ageOn(born, '2026-11-25')?.min ?? 0) < 18)
      if (effectiveTopics(rules, child, on).length === 0)
        expect(effectiveTopics(rules, child, dayAfter(on, later))).toEqual([])
    }),
  )
})
