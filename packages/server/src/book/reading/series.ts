import { labTestByLoinc } from '@sokhoe/codes'
import { ADVICE_TEXTS, adviseFrom, PRESSURE_SOURCE } from '@sokhoe/model'
import type { Point, Series, SeriesLine, SeriesList, SeriesRange, Words } from '@sokhoe/model/reading'
import { codesOfSeries, converted, seriesCode } from '@sokhoe/model/units'
import type { Filed } from './filed.ts'
import { findingOf } from './finding.ts'
import { filled } from './home-words.ts'
import { lineOf, type Reader, resourceOf } from './line.ts'
import { meansOf } from './means.ts'
import { PRESSURE, plainNumber, pressureIn } from './results.ts'
import { at } from './shapes.ts'
import { usualBounds } from './verdict.ts'
import { both, same, testWords } from './words.ts'

const isMeasure = ({ kind, entry }: Filed): boolean => kind === 'result' && entry.type === 'Observation'

/** Everything that was ever measured, by the code of its series; each newest first. */
function measuredIn(all: readonly Filed[]): Map<string, Filed[]> {
  return Map.groupBy(
    all.filter((filed) => isMeasure(filed) && filed.entry.code !== ''),
    ({ entry }) => seriesCode(entry.code),
  )
}

const STANDS = new Set(['standing', 'amended', 'preliminary'])

/** The latest result that stands; withdrawn ones are passed over. */
function latestLine(filed: readonly Filed[], reader: Reader) {
  for (const each of filed) {
    const line = lineOf(each, reader)
    if (STANDS.has(line.status) && line.value) return line
  }
  return undefined
}

/** What most people ask for first, of what was measured on one day: pressure, sugar, then the body. */
const FIRST = [PRESSURE, '4548-4', '14771-0', '14749-6', '14743-9', '29463-7', '8302-2']
const rankOf = (code: string): number => {
  const rank = FIRST.indexOf(code)
  return rank < 0 ? FIRST.length : rank
}

type Found = readonly [code: string, filed: Filed[]]
const dayOf = ([, [newest]]: Found): string => newest?.when.slice(0, 10) ?? ''

/** Measured last first. */
const inOrder = (a: Found, b: Found): number => {
  const [mine, other] = [dayOf(a), dayOf(b)]
  return mine === other ? rankOf(a[0]) - rankOf(b[0]) : mine < other ? 1 : -1
}

/** @param most series are read, those measured last first */
export function seriesIn(all: readonly Filed[], reader: Reader, most: number): SeriesList {
  const measured = [...measuredIn(all)].sort(inOrder).slice(0, most)
  const series = measured.flatMap(([code, filed]): SeriesLine[] => {
    const latest = latestLine(filed, reader)
    return latest ? [{ code, title: latest.title, latest, times: filed.length }] : []
  })
  return { series }
}

/** Of a measure that no list names a unit for, the unit of its latest value is the series' own. */
const LISTED_UNITS: Readonly<Record<string, string>> = {
  [PRESSURE]: 'mm[Hg]',
  '29463-7': 'kg',
  '8302-2': 'cm',
  '8280-0': 'cm',
}
const unitOf = (code: string): string | undefined => labTestByLoinc(code)?.unit ?? LISTED_UNITS[code]

interface Drawn {
  readonly at: number | null
  readonly lower: number | null
  readonly converted: Words | null
}

const NOT_DRAWN: Drawn = { at: null, lower: null, converted: null }
const round = (value: number): number => Number(value.toPrecision(3))

function drawn(code: string, resource: unknown, unit: string): Drawn {
  if (code === PRESSURE) {
    const { upper = '', lower = '' } = pressureIn(resource) ?? {}
    // half a reading is told, but never drawn
    return upper === '' || lower === ''
      ? NOT_DRAWN
      : { at: Number(upper), lower: Number(lower), converted: null }
  }
  const plain = plainNumber(resource)
  const value = plain && converted(code, plain.number, plain.unit, unit)
  if (!plain || value === undefined) return NOT_DRAWN
  if (value === plain.number) return { at: value, lower: null, converted: null }
  const shown = round(value)
  const words = both(
    `đổi từ ${plain.number} ${plain.unit} sang ${unit}`,
    `converted from ${plain.number} ${plain.unit} to ${unit}`,
  )
  return { at: shown, lower: null, converted: words }
}

function pointOf(filed: Filed, code: string, unit: string, reader: Reader): Point {
  const resource = resourceOf(filed.entry)
  const { id, date, when, value, source, status, verdict } = lineOf(filed, reader, resource)
  const point = drawn(code, resource, unit)
  return { id, date, when, value: value ?? { text: '', unit: '' }, source, status, verdict, ...point }
}

/** From these numbers on a reading is high in adults. */
const HIGH = { upper: 140, lower: 90 } as const

const pressureRange = ({ age }: Reader['body']): SeriesRange | null =>
  age !== null && age >= 18
    ? {
        low: null,
        high: HIGH.upper,
        lowerHigh: HIGH.lower,
        words: both(
          `Mức cao: từ ${HIGH.upper}/${HIGH.lower} mmHg`,
          `High: from ${HIGH.upper}/${HIGH.lower} mmHg`,
        ),
        source: same(PRESSURE_SOURCE.name),
        unverified: PRESSURE_SOURCE.unverified,
      }
    : null

function rangeOf(code: string, { body }: Reader): SeriesRange | null {
  if (code === PRESSURE) return pressureRange(body)
  const bounds = usualBounds(code, body)
  if (!bounds) return null
  const { low, high } = bounds
  const vi = (value: number): string => String(value).replace('.', ',')
  const words =
    low !== null && high !== null
      ? both(`Thường gặp: ${vi(low)}–${vi(high)}`, `Usual: ${low}–${high}`)
      : high !== null
        ? both(`Thường gặp: đến ${vi(high)}`, `Usual: up to ${high}`)
        : both(`Thường gặp: từ ${vi(low ?? 0)}`, `Usual: from ${low}`)
  return { ...bounds, lowerHigh: null, words }
}

/** What the rules say to the latest pressure; of other results nothing is advised without a rule. */
function adviceOn(code: string, latest: Point | undefined, { body }: Reader): Series['advice'] {
  const { at: systolic, lower: diastolic } = latest ?? NOT_DRAWN
  if (code !== PRESSURE || systolic === null || diastolic === null || body.age === null) return []
  return adviseFrom({ age: body.age, systolic, diastolic })
    .filter(({ id }) => id === 'pressure')
    .map(({ tone, textKey, params }) => ({ tone, words: filled(ADVICE_TEXTS[textKey], params) }))
}

const WITHDRAWN = new Set(['entered-in-error'])
const MOST_POINTS = 500

/** Every value of one measured thing; undefined where it was never measured. */
export function seriesOf(all: readonly Filed[], asked: string, reader: Reader): Series | undefined {
  const code = seriesCode(asked)
  const codes = new Set(codesOfSeries(code))
  const found = all.filter((filed) => isMeasure(filed) && codes.has(filed.entry.code)).slice(0, MOST_POINTS)
  const [newest] = found
  if (!newest) return undefined
  const resource = resourceOf(newest.entry)
  const unit = unitOf(code) ?? plainNumber(resource)?.unit ?? ''
  const points = found
    .map((filed) => pointOf(filed, code, unit, reader))
    .filter(({ value, status }) => value.text !== '' && !WITHDRAWN.has(status))
    .toReversed()
  return {
    code,
    title: testWords(code, at(resource, 'code')),
    means: meansOf(code),
    unit,
    points,
    range: rangeOf(code, reader),
    finding: findingOf(points),
    advice: adviceOn(code, points.at(-1), reader),
  }
}
