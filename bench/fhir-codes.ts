import { expand, systemOf, warm } from '@sokhoe/codes/terminology'
import { type Figure, figure, median } from './figure.ts'

const DAY = '2026-11-26'
const ICD10 = 'http://hl7.org/fhir/sid/icd-10'
const WORDS = ['viem', 'dai thao', 'e11', 'benh', 'tang huyet', 'phoi', 'a0']
const ROUNDS = 210
const GOAL_MS = 10

/** What a doctor types, searched in all diagnoses. */
export async function* codes(): AsyncGenerator<Figure> {
  const icd10 = systemOf(ICD10, { day: DAY })
  if (!icd10) throw new Error('no list of diagnoses')
  warm(icd10)
  const set = { include: [{ system: ICD10 }] }
  const times = Array.from({ length: ROUNDS }, (_, i) => {
    const started = performance.now()
    expand(set, { text: WORDS[i % WORDS.length] ?? '', day: DAY })
    return performance.now() - started
  })
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS * 0.95)] ?? Number.NaN
  yield figure({
    name: 'diagnoses by a word, median',
    value: median(times),
    unit: 'ms',
    goal: { atMost: GOAL_MS },
  })
  yield figure({ name: 'diagnoses by a word, p95', value: p95, unit: 'ms', goal: { atMost: GOAL_MS } })
}
