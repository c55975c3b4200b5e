import type { Point, Words } from '@sokhoe/model/reading'
import { both, dayWords } from './words.ts'

const shown = ({ value: { text, unit } }: Point, comma: boolean): string => {
  const number = comma ? text.replaceAll('.', ',') : text
  return unit === '' || unit === '%' ? `${number}${unit}` : `${number} ${unit}`
}

const measured = (points: readonly Point[]): Point[] =>
  points.filter(({ at, source }) => at !== null && source.kind !== 'self')

/**
 * What a series did, as far as its numbers say: from which value to which, and whether the last is higher. No trend is
 * claimed: two values make none. What the person told herself stands beside what was measured and is not compared.
 *
 * @param points oldest first
 */
export function findingOf(points: readonly Point[]): Words {
  const last = points.at(-1)
  if (!last) return both('Chưa có lần đo nào.', 'Not measured yet.')
  const line = measured(points)
  const [first, latest] = [line[0], line.at(-1)]
  const day = dayWords(last.when)
  if (!first || !latest || first === latest)
    return points.length === 1
      ? both(`Một lần: ${shown(last, true)} ngày ${day}.`, `Once: ${shown(last, false)} on ${day}.`)
      : both(
          `${points.length} lần. Gần nhất: ${shown(last, true)} ngày ${day}.`,
          `${points.length} times. Latest: ${shown(last, false)} on ${day}.`,
        )
  return compared(first, latest, line.length)
}

function compared(first: Point, latest: Point, times: number): Words {
  const [from, to] = [dayWords(first.when), dayWords(latest.when)]
  const difference = (latest.at ?? 0) - (first.at ?? 0)
  const vi = difference === 0 ? 'bằng' : difference > 0 ? 'cao hơn' : 'thấp hơn'
  const en = difference === 0 ? 'the same as' : difference > 0 ? 'higher than' : 'lower than'
  return both(
    `${times} lần đo: lần gần nhất ${shown(latest, true)} (${to}), ${vi} lần đầu ${shown(first, true)} (${from}).`,
    `${times} measurements: the latest, ${shown(latest, false)} (${to}), is ${en} the first, ${shown(first, false)} (${from}).`,
  )
}
