import { formOf, wardAt } from '@sokhoe/codes'
import { answersOf as answersIn, checkResponse, codesOf } from '@sokhoe/model/questionnaire'
import { expect, test } from 'vitest'
import { answersOf, cityOf } from './index.ts'

const until = '2026-11-23'
const homes = [...cityOf({ seed: 'answers', residents: 1500, until })]
const declarations = homes.flatMap(({ members, address }) =>
  members.map((resident) => ({ resident, address, response: answersOf(resident, address, until) })),
)

test('every declaration fits the form of its day', () => {
  const hasCode = (list: string, code: string): boolean =>
    list === 'urn:sokhoe:codes:wards' && wardAt(code, until) !== undefined
  for (const { response } of declarations)
    expect(checkResponse(formOf(until), response, { day: until, hasCode })).toEqual([])
})

test('each declares what is known of the own body: no diagnosis that nobody has told', () => {
  for (const { resident, response } of declarations) {
    const known = resident.health.conditions.filter((fact) => fact.known).length
    const told = codesOf(response, 'B3.2.1')
    expect(told).toHaveLength(Math.max(1, known))
    expect(told.includes('none')).toBe(known === 0)
  }
})

test('children are not asked about smoking, and grown-ups are', () => {
  for (const { resident, response } of declarations)
    expect(answersIn(response, 'B2.1.a')).toHaveLength(resident.health.pressure ? 1 : 0)
})

test('identity numbers are declared only by those who showed a card', () => {
  for (const { resident, response } of declarations)
    if (resident.level === 'phone') expect(answersIn(response, 'A.11')).toEqual([])
})

test('some agree and some refuse, for every purpose', () => {
  for (const purpose of ['treatment', 'programme', 'research']) {
    const given = declarations.flatMap(({ response }) => answersIn(response, `consent.${purpose}`))
    expect(new Set(given.map((answer) => answer.valueBoolean))).toEqual(new Set([true, false]))
  }
})
