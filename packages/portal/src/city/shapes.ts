import { type GeoPermissibleObjects, type GeoProjection, geoCentroid, geoMercator, geoPath } from 'd3-geo'
import { merge } from 'topojson-client'
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification'

interface Named {
  readonly code: string
  readonly name: string
}
export type Wards = Topology<{ wards: GeometryCollection<Named> }>

/** Something drawn as one piece: a ward, or the wards of an old district together. */
export interface Piece {
  readonly code: string
  readonly wards: readonly string[]
}

export interface Shape {
  readonly code: string
  /** Path data in the three drawings; undefined where it does not lie there. */
  readonly city: string | undefined
  readonly inner: string | undefined
  readonly isle: string | undefined
  /** Longitude and latitude of its middle, for going from one to the next. */
  readonly middle: readonly [number, number]
}

export const FRAMES = {
  city: { width: 600, height: 690 },
  inner: { width: 330, height: 330 },
  isle: { width: 130, height: 80 },
} as const

const ISLE = '26732'
/** The inner city, whose wards are too small to read in the whole. */
const INNER = { lon: 106.675, lat: 10.79, across: 0.075, down: 0.072 } as const

const isInner = ([lon, lat]: readonly [number, number]): boolean =>
  Math.abs(lon - INNER.lon) < INNER.across && Math.abs(lat - INNER.lat) < INNER.down

type WardGeometry = Polygon<Named> | MultiPolygon<Named>

export const geometriesOf = ({ objects }: Wards): WardGeometry[] => objects.wards.geometries as WardGeometry[]

interface Kinds {
  readonly isle: readonly WardGeometry[]
  readonly land: readonly WardGeometry[]
  readonly inner: readonly WardGeometry[]
}

export const codeOf = ({ properties }: WardGeometry): string => properties?.code ?? ''

function kindsOf(wards: Wards): Kinds {
  const all = geometriesOf(wards)
  const land = all.filter((one) => codeOf(one) !== ISLE)
  const inner = land.filter((one) => isInner(geoCentroid(merge(wards, [one]))))
  return { isle: all.filter((one) => codeOf(one) === ISLE), land, inner }
}

/** Of many islands the one with the longest coast. */
function mainIsland(wards: Wards, some: readonly WardGeometry[]): GeoPermissibleObjects {
  const { coordinates } = merge(wards, [...some])
  const [main = []] = coordinates.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))
  return { type: 'Polygon', coordinates: main }
}

const fitted = (wards: Wards, some: readonly WardGeometry[], frame: keyof typeof FRAMES): GeoProjection => {
  const { width, height } = FRAMES[frame]
  return geoMercator().fitExtent(
    [
      [6, 6],
      [width - 6, height - 6],
    ],
    frame === 'isle' ? mainIsland(wards, some) : merge(wards, [...some]),
  )
}

export interface Drawing {
  readonly shapes: readonly Shape[]
  /** Where the inner city lies in the whole: x, y, width, height. */
  readonly window: readonly [number, number, number, number]
  /** Names of places that everybody knows, where they stand in the whole. */
  readonly labels: readonly { readonly text: string; readonly x: number; readonly y: number }[]
}

const LABELS = [
  ['Thủ Dầu Một', 106.65, 10.98],
  ['Vũng Tàu', 107.09, 10.37],
  ['Cần Giờ', 106.88, 10.47],
  ['Bà Rịa', 107.17, 10.5],
  ['Củ Chi', 106.5, 11.02],
] as const

const at = (projection: GeoProjection, lon: number, lat: number): [number, number] =>
  projection([lon, lat]) ?? [0, 0]

/** Draws each piece from the wards it is made of, for the whole city, its inner part enlarged, and Côn Đảo. */
export function drawingOf(wards: Wards, pieces: readonly Piece[]): Drawing {
  const kinds = kindsOf(wards)
  const byCode = new Map(geometriesOf(wards).map((one) => [codeOf(one), one]))
  const projections = {
    city: fitted(wards, kinds.land, 'city'),
    inner: fitted(wards, kinds.inner, 'inner'),
    isle: fitted(wards, kinds.isle, 'isle'),
  }
  const draw = (frame: keyof typeof FRAMES, geometry: GeoPermissibleObjects): string =>
    geoPath(projections[frame]).digits(1)(geometry) ?? ''
  const shapes = pieces.map(({ code, wards: codes }): Shape => {
    const parts = codes.map((ward) => byCode.get(ward)).filter((one) => one !== undefined)
    const whole = merge(wards, parts)
    const isle = parts.some((one) => kinds.isle.includes(one))
    return {
      code,
      city: isle ? undefined : draw('city', whole),
      inner: parts.some((one) => kinds.inner.includes(one)) ? draw('inner', whole) : undefined,
      isle: isle ? draw('isle', whole) : undefined,
      middle: geoCentroid(whole),
    }
  })
  const [left, top] = at(projections.city, INNER.lon - INNER.across, INNER.lat + INNER.down)
  const [right, bottom] = at(projections.city, INNER.lon + INNER.across, INNER.lat - INNER.down)
  return {
    shapes,
    window: [left, top, right - left, bottom - top],
    labels: LABELS.map(([text, lon, lat]) => {
      const [x, y] = at(projections.city, lon, lat)
      return { text, x, y }
    }),
  }
}

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'
export const isArrow = (key: string): key is Arrow => /^Arrow(Up|Down|Left|Right)$/.test(key)

const TOWARDS: Readonly<Record<Arrow, readonly [east: number, north: number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** The nearest shape in a direction, within 45 degrees of it; undefined at the edge of the city. */
export function neighbour(shapes: readonly Shape[], from: Shape, arrow: Arrow): Shape | undefined {
  const [east, north] = TOWARDS[arrow]
  let best: { readonly shape: Shape; readonly distance: number } | undefined
  for (const shape of shapes) {
    const dx = shape.middle[0] - from.middle[0]
    const dy = shape.middle[1] - from.middle[1]
    const along = dx * east + dy * north
    const aside = Math.abs(dx * north) + Math.abs(dy * east)
    if (along <= 0 || aside > along) continue
    const distance = Math.hypot(dx, dy)
    if (!best || distance < best.distance) best = { shape, distance }
  }
  return best?.shape
}
