import type { Coverage, CoverageRow } from '@sokhoe/model/coverage'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { say } from '../platform/say.ts'
import { shadeOf } from './classes.ts'
import { Legend } from './Legend.tsx'
import { sayCount, sayPeople, sayShare } from './numbers.ts'
import {
  codeOf,
  type Drawing,
  drawingOf,
  FRAMES,
  geometriesOf,
  isArrow,
  neighbour,
  type Shape,
  type Wards,
} from './shapes.ts'

/** What a place on the map says in words: to whoever points at it, and to whoever cannot see it. */
function tellPlace(row: CoverageRow): string {
  if (row.none) return say('coverage.place.none', { name: row.name })
  if (row.counted === 'few') return say('coverage.place.few', { name: row.name })
  if (row.share === null || row.estimated === null)
    return say('coverage.place.unknown', { name: row.name, n: sayCount(row.counted) })
  const told = {
    name: row.name,
    share: sayShare(row.share),
    n: sayCount(row.counted),
    people: sayPeople(row.estimated),
  }
  return say(row.over ? 'coverage.place.over' : 'coverage.place', told)
}

/** Wards that no whole district holds are drawn too, as what they are. */
function piecesOf({ rows, by }: Coverage, wards: Wards) {
  if (by === 'ward') return rows.map(({ code }) => ({ code, wards: [code] }))
  const held = new Set(rows.flatMap((row) => row.wards))
  const left = geometriesOf(wards)
    .map(codeOf)
    .filter((code) => !held.has(code))
  return [
    ...rows.map((row) => ({ code: row.code, wards: row.wards })),
    ...left.map((code) => ({ code: `split ${code}`, wards: [code] })),
  ]
}

type MapProps = { coverage: Coverage; wards: Wards }

/**
 * The city as a map. One stop for the tab key: arrows go from place to place as they lie, Enter opens one. Whatever
 * it shows stands in the table as well.
 */
export function WardMap({ coverage, wards }: MapProps) {
  const { by, rows } = coverage
  const drawing = useMemo(() => drawingOf(wards, piecesOf(coverage, wards)), [wards, coverage])
  const byCode = useMemo(() => new Map(rows.map((row) => [row.code, row])), [rows])
  const [told, setTold] = useState<string>()
  const row = told === undefined ? undefined : byCode.get(told)
  return (
    <div className="map-box">
      <p className="map-told" aria-hidden="true">
        {row ? tellPlace(row) : say(by === 'ward' ? 'coverage.map.hint' : 'coverage.map.hint.districts')}
      </p>
      <Drawn drawing={drawing} byCode={byCode} opens={by === 'ward'} onTell={setTold} />
      <Legend split={by === 'old-district'} />
    </div>
  )
}

type DrawnProps = {
  drawing: Drawing
  byCode: ReadonlyMap<string, CoverageRow>
  opens: boolean
  onTell: (code: string | undefined) => void
}

function Drawn({ drawing, byCode, opens, onTell }: DrawnProps) {
  const walk = useWalk(drawing, byCode, opens, onTell)
  const [x, y, width, height] = drawing.window
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of drawn places; a fieldset cannot hold them
    <div className="maps" role="group" aria-label={say('coverage.map.name')} onKeyDown={walk.onKeyDown}>
      <Frame frame="city" drawing={drawing} walk={walk}>
        <rect className="window" x={x} y={y} width={width} height={height} />
        {drawing.labels.map((label) => (
          <text key={label.text} x={label.x} y={label.y} className="place-name">
            {label.text}
          </text>
        ))}
      </Frame>
      <div className="inset inner">
        <Frame frame="inner" drawing={drawing} walk={walk} />
        <p>{say('coverage.map.inner')}</p>
      </div>
      <div className="inset isle">
        <Frame frame="isle" drawing={drawing} walk={walk} />
        <p>{say('coverage.map.isle')}</p>
      </div>
    </div>
  )
}

/** The place that the keyboard stands at, and how it goes on. */
function useWalk(
  { shapes }: Drawing,
  byCode: DrawnProps['byCode'],
  opens: boolean,
  onTell: DrawnProps['onTell'],
) {
  const [, go] = useLocation()
  const known = shapes.filter(({ code }) => byCode.has(code))
  const [kept, setAt] = useState<string>()
  const at = known.some(({ code }) => code === kept) ? kept : known[0]?.code
  const [focused, setFocused] = useState(false)
  const elements = useRef(new Map<string, SVGPathElement>())
  const open = (code: string) => opens && go(`/department/coverage/${code}`)
  const onKeyDown = (event: KeyboardEvent) => {
    const from = known.find(({ code }) => code === at)
    if (!from) return
    if (event.key === 'Enter') open(from.code)
    if (!isArrow(event.key)) return
    event.preventDefault()
    const next = neighbour(known, from, event.key)
    if (next) elements.current.get(next.code)?.focus()
  }
  return {
    at,
    focused,
    byCode,
    elements,
    open,
    onKeyDown,
    onTell,
    onFocus: (code: string) => {
      setAt(code)
      setFocused(true)
      onTell(code)
    },
    onBlur: () => setFocused(false),
  }
}

type Walk = ReturnType<typeof useWalk>
type FrameProps = {
  frame: keyof typeof FRAMES
  drawing: Drawing
  walk: Walk
  children?: React.ReactNode
}

function Frame({ frame, drawing, walk, children }: FrameProps) {
  const { width, height } = FRAMES[frame]
  const { byCode } = walk
  const shapes = drawing.shapes.filter((shape) => shape[frame] !== undefined)
  const standing = shapes.find(({ code }) => code === walk.at)
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: the group around the three drawings is named; a title would cover places
    <svg className={`map ${frame}`} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMinYMid">
      <Hatches frame={frame} />
      {shapes.map((shape) => {
        const row = byCode.get(shape.code)
        const shade = row ? shadeOf(row) : 'split'
        return <Place key={shape.code} shape={shape} frame={frame} shade={shade} row={row} walk={walk} />
      })}
      {children}
      {walk.focused && standing && (
        <>
          <path className="ring-out" d={standing[frame]} />
          <path className="ring-in" d={standing[frame]} />
        </>
      )}
    </svg>
  )
}

type PlaceProps = {
  shape: Shape
  frame: keyof typeof FRAMES
  shade: string
  row: CoverageRow | undefined
  walk: Walk
}

/** A place of the inner city stands in the enlarged part for the keyboard; its copy in the whole is for the eye only. */
function Place({ shape, frame, shade, row, walk }: PlaceProps) {
  const fill = ['none', 'few', 'split'].includes(shade) ? { fill: `url(#${frame}-${shade})` } : {}
  const main = frame === 'isle' || (shape.inner !== undefined) === (frame === 'inner')
  const common = { d: shape[frame], className: `place ${shade} ${row?.over ? 'over' : ''}`, style: fill }
  if (!row || !main)
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the same place stands in another drawing for the keyboard
      <path
        {...common}
        onPointerEnter={() => row && walk.onTell(row.code)}
        onClick={() => row && walk.open(row.code)}
      />
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawn place cannot be an anchor that keeps its outline
    <path
      {...common}
      role="link"
      ref={(element) => {
        if (element) walk.elements.current.set(row.code, element)
      }}
      tabIndex={walk.at === row.code ? 0 : -1}
      aria-label={tellPlace(row)}
      onFocus={() => walk.onFocus(row.code)}
      onBlur={walk.onBlur}
      onPointerEnter={() => walk.onTell(row.code)}
      onClick={() => walk.open(row.code)}
    />
  )
}

/** Hatches instead of shades: no data, hidden, and not only one district's. */
function Hatches({ frame }: { frame: string }) {
  return (
    <defs>
      <pattern
        id={`${frame}-none`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" fill="var(--surface)" />
        <line x1="0" y1="0" x2="0" y2="6" stroke="var(--axis)" strokeWidth="2" />
      </pattern>
      <pattern id={`${frame}-few`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill="var(--surface)" />
        <circle cx="3" cy="3" r="1.3" fill="var(--axis)" />
      </pattern>
      <pattern
        id={`${frame}-split`}
        width="8"
        height="8"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(-45)"
      >
        <rect width="8" height="8" fill="var(--watch-soft)" />
        <line x1="0" y1="0" x2="0" y2="8" stroke="var(--watch-line)" strokeWidth="3" />
      </pattern>
    </defs>
  )
}
