import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AdviceFacts, adviseFrom, factsOf } from './advice.ts'
import { ADVICE_TEXTS, FACT_WORDS } from './advice-texts.ts'
import { isHighAtHome, isIsolatedSystolic, pressureClass } from './bloodpressure.ts'
import { bmiClass, bmiOf } from './bmi.ts'
import { type FindriscFacts, findrisc } from './findrisc.ts'
import type { Answer, QuestionnaireResponse } from './response.ts'

test('body mass index in the classes used for Asian people', () => {
  expect(bmiOf(60, 160)).toBeCloseTo(23.4375, 10)
  const classes = [18.4, 18.5, 22.9, 22.96, 23, 24.9, 25, 29.9, 30, 45].map(bmiClass)
  expect(classes).toEqual([
    'underweight',
    'normal',
    'normal',
    'overweight',
    'overweight',
    'overweight',
    'obese-1',
    'obese-1',
    'obese-2',
    'obese-2',
  ])
  expect(() => bmiOf(60, 1.6)).toThrow(RangeError)
  expect(() => bmiOf(0, 160)).toThrow(RangeError)
  expect(() => bmiClass(Number.NaN)).toThrow(RangeError)
})

test('the higher class of the two blood pressure numbers wins', () => {
  const readings: [number, number, string][] = [
    [119, 79, 'optimal'],
    [120, 79, 'normal'],
    [119, 80, 'normal'],
    [130, 79, 'high-normal'],
    [125, 85, 'high-normal'],
    [140, 70, 'grade-1'],
    [118, 90, 'grade-1'],
    [160, 85, 'grade-2'],
    [150, 100, 'grade-2'],
    [180, 85, 'grade-3'],
    [150, 110, 'grade-3'],
  ]
  for (const [systolic, diastolic, is] of readings) expect(pressureClass(systolic, diastolic)).toBe(is)
  expect(isIsolatedSystolic(150, 80)).toBe(true)
  expect(isIsolatedSystolic(150, 95)).toBe(false)
  expect(isHighAtHome(134, 84)).toBe(false)
  expect(isHighAtHome(120, 85)).toBe(true)
  expect(() => pressureClass(80, 120)).toThrow(RangeError)
})

test('a higher reading never falls into a lower class', () => {
  const order = ['optimal', 'normal', 'high-normal', 'grade-1', 'grade-2', 'grade-3']
  const reading = fc.tuple(fc.integer({ min: 100, max: 290 }), fc.integer({ min: 40, max: 99 }))
  fc.assert(
    fc.property(reading, fc.nat({ max: 9 }), ([systolic, diastolic], more) => {
      const lower = order.indexOf(pressureClass(systolic + 1, diastolic))
      expect(order.indexOf(pressureClass(systolic + 1 + more, diastolic))).toBeGreaterThanOrEqual(lower)
    }),
  )
})

const healthy: Required<FindriscFacts> = {
  age: 30,
  sex: 'male',
  bmi: 22,
  waist: 80,
  active: true,
  vegetablesDaily: true,
  pressureMedicine: false,
  highGlucose: false,
  familyDiabetes: 'none',
}

test('FINDRISC counts as on the printed form', () => {
  const points = (facts: Partial<FindriscFacts>) => {
    const result = findrisc({ ...healthy, ...facts })
    return result.is === 'scored' ? result.points : Number.NaN
  }
  expect(points({})).toBe(0)
  expect([44, 45, 54, 55, 64, 65].map((age) => points({ age }))).toEqual([0, 2, 2, 3, 3, 4])
  expect([24.9, 25, 30, 30.1].map((bmi) => points({ bmi }))).toEqual([0, 1, 1, 3])
  expect([93, 94, 102, 103].map((waist) => points({ waist }))).toEqual([0, 3, 3, 4])
  expect([79, 80, 88, 89].map((waist) => points({ sex: 'female', waist }))).toEqual([0, 3, 3, 4])
  expect(points({ active: false })).toBe(2)
  expect(points({ vegetablesDaily: false })).toBe(1)
  expect(points({ pressureMedicine: true })).toBe(2)
  expect(points({ highGlucose: true })).toBe(5)
  expect(points({ familyDiabetes: 'second' })).toBe(3)
  expect(points({ familyDiabetes: 'first' })).toBe(5)
  const worst = {
    age: 70,
    bmi: 35,
    waist: 110,
    active: false,
    vegetablesDaily: false,
    pressureMedicine: true,
  }
  expect(points({ ...worst, highGlucose: true, familyDiabetes: 'first' })).toBe(26)
})

test('FINDRISC classes begin at 7, 12, 15 and 21 points', () => {
  const risk = (facts: Partial<FindriscFacts>) => {
    const result = findrisc({ ...healthy, ...facts })
    return result.is === 'scored' ? `${result.points} ${result.risk} 1/${result.oneIn}` : ''
  }
  expect(risk({ highGlucose: true, vegetablesDaily: false })).toBe('6 low 1/100')
  expect(risk({ highGlucose: true, active: false })).toBe('7 slightly-raised 1/25')
  expect(risk({ highGlucose: true, familyDiabetes: 'first', active: false })).toBe('12 moderate 1/6')
  expect(risk({ highGlucose: true, familyDiabetes: 'first', active: false, bmi: 31 })).toBe('15 high 1/3')
  const high = { highGlucose: true, familyDiabetes: 'first', active: false, bmi: 31, waist: 103 } as const
  expect(risk({ ...high, pressureMedicine: true })).toBe('21 very-high 1/2')
})

test('one unknown fact and there is no score, but the name of what is missing', () => {
  for (const name of Object.keys(healthy) as (keyof FindriscFacts)[]) {
    const { [name]: _, ...rest } = healthy
    expect(findrisc(rest)).toEqual({ is: 'missing', missing: [name] })
    expect(FACT_WORDS[name].vi).not.toBe('')
  }
})

test('a very high blood pressure comes first and is urgent; nothing else is', () => {
  const facts: AdviceFacts = { age: 61, sex: 'female', height: 155, weight: 50, systolic: 185, diastolic: 95 }
  const advice = adviseFrom(facts)
  expect(advice.map(({ textKey, tone }) => `${textKey} ${tone}`)).toEqual([
    'pressure.very-high urgent',
    'findrisc.missing info',
    'bmi.normal good',
  ])
})

test('limits that were not checked against their source say so', () => {
  const facts: AdviceFacts = { ...healthy, height: 170, weight: 80, systolic: 118, diastolic: 75 }
  const unverified = Object.fromEntries(adviseFrom(facts).map(({ id, source }) => [id, source.unverified]))
  expect(unverified).toEqual({ bmi: true, pressure: true, findrisc: false })
})

test('nothing is said about children, nor of diabetes risk to who has diabetes', () => {
  expect(adviseFrom({ age: 12, height: 150, weight: 60, systolic: 150, diastolic: 95 })).toEqual([])
  expect(adviseFrom({ ...healthy, age: 50, hasDiabetes: true })).toEqual([])
})

const anyFacts: fc.Arbitrary<AdviceFacts> = fc.record(
  {
    age: fc.integer({ min: -5, max: 200 }),
    sex: fc.constantFrom('female' as const, 'male' as const),
    height: fc.double(),
    weight: fc.double(),
    systolic: fc.integer({ min: 0, max: 400 }),
    diastolic: fc.integer({ min: 0, max: 400 }),
    waist: fc.integer({ min: 20, max: 250 }),
    active: fc.boolean(),
    vegetablesDaily: fc.boolean(),
    pressureMedicine: fc.boolean(),
    highGlucose: fc.boolean(),
    familyDiabetes: fc.constantFrom('none' as const, 'second' as const, 'first' as const),
    hasDiabetes: fc.boolean(),
  },
  { requiredKeys: [] },
)

test('whatever is told, advice has words in both languages and its numbers are filled in', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      for (const { textKey, params, id } of adviseFrom(facts)) {
        const words = ADVICE_TEXTS[textKey]
        for (const text of [words.vi, words.en]) {
          const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
          expect(Object.keys(params), `${id} ${textKey}`).toEqual(expect.arrayContaining(names))
        }
      }
    }),
  )
})

test('advice never names a disease as found', () => {
  const diagnosis = /(bị|mắc bệnh|có bệnh) (tăng huyết áp|tiểu đường|đái tháo đường|béo phì)/i
  for (const { vi } of Object.values(ADVICE_TEXTS)) expect(vi).not.toMatch(diagnosis)
})

const told = (answers: Readonly<Record<string, Answer>>): QuestionnaireResponse => ({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: Object.entries(answers).map(([linkId, answer]) => ({ linkId, answer: [answer] })),
})
const code = (one: string): Answer => ({ valueCoding: { code: one } })

test('facts come from the answers as told, and "Không rõ" stays unknown', () => {
  const facts = factsOf(
    told({
      'A.02': code('2'),
      'A.05': { valueDate: '1961-03-14' },
      'D2.1.6': { valueDecimal: { rawJSON: '155.0' } },
      'B2.4.a': code('1'),
      'risk.high-glucose': code('unknown'),
      'B6.2.1': code('unknown'),
      'medicine.2': code('yes'),
    }),
    '2026-11-20',
  )
  expect(facts).toEqual({ age: 65, sex: 'female', height: 155, active: false, pressureMedicine: true })
  expect(factsOf(told({ 'A.02': code('3') }), '2026-11-20')).toEqual({})
  expect(factsOf(told({ 'B6.2.1': code('3') }), '2026-11-20').familyDiabetes).toBeUndefined()
  expect(factsOf(told({ 'B6.2.1': code('2') }), '2026-11-20').familyDiabetes).toBe('none')
  expect(factsOf(told({ 'medicine.2': code('no') }), '2026-11-20').pressureMedicine).toBeUndefined()
})
