import type { Series, SourceKind } from '@sokhoe/model/reading'
import { sayNumber } from '@sokhoe/ui/format'
import { useId } from 'react'
import { type Dot, drawingOf, FRAME } from './chart.ts'
import { inWords, sayMeasured } from './words.ts'

/** Height that a line of text takes. */
const LABEL = 24

/** The series as a picture: measured values joined, the usual range as ground, the finding as its name. */
export function TrendChart({ series }: { series: Series }) {
  const title = useId()
  const drawing = drawingOf(series.points, series.range)
  if (!drawing) return null
  const { left, right, bottom, width, height } = FRAME
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={title}>
      <title id={title}>{`${inWords(series.title)}. ${inWords(series.finding)}`}</title>
      {drawing.ground && (
        <rect
          x={left}
          width={right - left}
          y={drawing.ground.top}
          height={drawing.ground.bottom - drawing.ground.top}
          fill="var(--normal-band)"
        />
      )}
      {drawing.ground && drawing.ground.bottom - drawing.ground.top >= LABEL && series.range && (
        <text className="ground" x={left + 4} y={drawing.ground.top + 18}>
          {inWords(series.range.words)}
        </text>
      )}
      {drawing.down.map(({ at, text }) => (
        <g key={text}>
          <line x1={left} x2={right} y1={at} y2={at} stroke="var(--grid)" />
          <text x={left - 8} y={at + 5} textAnchor="end">
            {sayNumber(text)}
          </text>
        </g>
      ))}
      {drawing.bounds.map(({ at, text }) => (
        <line
          key={text}
          x1={left}
          x2={right}
          y1={at}
          y2={at}
          stroke="var(--good)"
          strokeWidth={2}
          strokeDasharray="6 4"
        />
      ))}
      {drawing.across.map(({ at, text }, i) => (
        <text key={text} x={at} y={bottom + 22} textAnchor={anchorOf(i, drawing.across.length, text)}>
          {text}
        </text>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--axis)" />
      {drawing.lines.map((line) => (
        <path
          key={line[0]?.id}
          d={line.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')}
          fill="none"
          stroke="var(--ink-2)"
          strokeWidth={2.5}
          strokeLinejoin="round"
        />
      ))}
      {drawing.dots.map((dot) => (
        <DotMark key={dot.id} dot={dot} />
      ))}
      <Ends series={series} dots={drawing.dots} />
    </svg>
  )
}

/** Two dates at the ends stay within the frame; years stand under their middle. */
const anchorOf = (i: number, n: number, text: string): 'start' | 'middle' | 'end' => {
  if (text.length === 4 || n === 1) return 'middle'
  return i === 0 ? 'start' : 'end'
}

function DotMark({ dot: { x, y, kind } }: { dot: Dot }) {
  const colour = `var(--src-${kind})`
  const edge = { stroke: 'var(--surface)', strokeWidth: 1.5 }
  if (kind === 'station') return <circle cx={x} cy={y} r={7} fill={colour} {...edge} />
  if (kind === 'hospital')
    return <rect x={x - 6.5} y={y - 6.5} width={13} height={13} fill={colour} {...edge} />
  if (kind === 'self')
    return <circle cx={x} cy={y} r={5.8} fill="var(--surface)" stroke={colour} strokeWidth={2.4} />
  return <path d={`M${x} ${y - 7}l7 7l-7 7l-7 -7z`} fill="var(--surface)" stroke={colour} strokeWidth={2.2} />
}

/** Where the line comes from above, a number stands below its dot. */
function labelY(dot: Dot, beside: Dot | undefined): number {
  return beside && beside.y < dot.y ? dot.y + 26 : dot.y - 12
}

/** The first and the last value stand at their dots. */
function Ends({ series: { points }, dots }: { series: Series; dots: readonly Dot[] }) {
  const drawn = points.filter(({ at }) => at !== null)
  const upper = dots.filter(({ id }) => id.endsWith(' upper'))
  const [first, last] = [upper[0], upper.at(-1)]
  return (
    <>
      {first && <EndLabel point={drawn[0]} dot={first} y={labelY(first, upper[1])} anchor="start" />}
      {last && last !== first && (
        <EndLabel point={drawn.at(-1)} dot={last} y={labelY(last, upper.at(-2))} anchor="end" />
      )}
    </>
  )
}

interface Label {
  readonly point: Series['points'][number] | undefined
  readonly dot: Dot
  readonly y: number
  readonly anchor: 'start' | 'end'
}

function EndLabel({ point, dot, y, anchor }: Label) {
  if (!point) return null
  const { text, unit } = point.value
  return (
    <text className="lab" x={dot.x} y={y} textAnchor={anchor}>
      {sayMeasured({ text, unit: unit === '%' ? '%' : '' })}
    </text>
  )
}

export const kindsIn = ({ points }: Series): SourceKind[] => [
  ...new Set(points.map(({ source }) => source.kind)),
]
