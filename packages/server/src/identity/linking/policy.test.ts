import fc from 'fast-check'
import { expect, test } from 'vitest'
import { policyFor, type Side, wardAsked } from './policy.ts'

const sides = fc.record<Side>({
  person: fc.integer({ min: 1, max: 4 }),
  status: fc.constantFrom('active', 'deceased', 'closed', 'stated', 'joined'),
  level: fc.constantFrom('phone', 'card', 'verified'),
  ward: fc.option(fc.constantFrom('26911', '26929')),
})
const verdicts = fc.constantFrom('same', 'review', 'different')
const hasBook = ({ status }: Side) => status !== 'stated'

test('what follows from a comparison does not depend on who is named first', () => {
  fc.assert(
    fc.property(verdicts, sides, sides, fc.boolean(), (verdict, a, b, sharesNumber) => {
      expect(policyFor({ verdict }, a, b, sharesNumber)).toBe(policyFor({ verdict }, b, a, sharesNumber))
    }),
  )
})

test('only what is surely the same is joined, never two books, never to a book that nobody has confirmed', () => {
  fc.assert(
    fc.property(verdicts, sides, sides, fc.boolean(), (verdict, a, b, sharesNumber) => {
      if (policyFor({ verdict }, a, b, sharesNumber) !== 'linked') return
      expect(verdict).toBe('same')
      const books = [a, b].filter(hasBook)
      expect(books.length).toBeLessThan(2)
      expect(books.every(({ level, status }) => level === 'verified' && status !== 'closed')).toBe(true)
    }),
  )
})

test('two books that look like one, whatever is in doubt, and one number of two people are asked about', () => {
  fc.assert(
    fc.property(verdicts, sides, sides, fc.boolean(), (verdict, a, b, sharesNumber) => {
      const standing = [a, b].every(({ status }) => status !== 'closed' && status !== 'joined')
      fc.pre(a.person !== b.person && standing)
      const outcome = policyFor({ verdict }, a, b, sharesNumber)
      if (verdict === 'review') expect(outcome).toBe('open')
      if (verdict === 'same' && hasBook(a) && hasBook(b)) expect(outcome).toBe('open')
      if (verdict === 'different') expect(outcome).toBe(sharesNumber ? 'open' : 'none')
    }),
  )
})

test('facilities’ Patients wait for a book until it is confirmed, and nothing comes to a closed one', () => {
  const stated: Side = { person: 1, status: 'stated', level: 'phone', ward: null }
  const book = { person: 2, status: 'active', ward: '26911' } as const
  const same = { verdict: 'same' } as const
  expect(policyFor(same, stated, { ...book, level: 'phone' })).toBe('waits')
  expect(policyFor(same, stated, { ...book, level: 'card' })).toBe('waits')
  expect(policyFor(same, stated, { ...book, level: 'verified' })).toBe('linked')
  expect(policyFor(same, stated, { ...book, status: 'closed', level: 'verified' })).toBe('none')
  expect(policyFor(same, stated, { ...stated, person: 3 })).toBe('linked')
})

test('the station of the book is asked, else the one of the ward that a facility states', () => {
  const stated = { status: 'stated', ward: '26929' }
  const book = { status: 'active', ward: '26911' }
  expect([wardAsked(stated, book), wardAsked(book, stated)]).toEqual(['26911', '26911'])
  expect(wardAsked(stated, { ...book, ward: null })).toBe('26929')
  expect(wardAsked({ ...stated, ward: null }, { ...book, ward: null })).toBeNull()
})

test('of whom no ward is known, the station is asked that states her itself; of hospitals’ patients nobody knows', () => {
  const stated = { status: 'stated', ward: null }
  const [station, hospital] = [
    { ...stated, source: 'TYT-26911' },
    { ...stated, source: 'HCM-001' },
  ]
  expect([wardAsked(hospital, station), wardAsked(station, hospital)]).toEqual(['26911', '26911'])
  expect(wardAsked({ ...station, ward: '26929' }, hospital)).toBe('26929')
  expect(wardAsked(hospital, hospital)).toBeNull()
})
