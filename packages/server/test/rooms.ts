import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/**
 * The staircase. A room may use only rooms on lower steps, only through their index, and only its own database
 * schema. Rooms on one step do not know each other: they meet in the record below.
 */
const STAIRS = [
  ['platform'],
  ['directory'],
  ['audit'],
  ['access'],
  ['identity'],
  ['record'],
  ['declaration', 'book', 'station', 'exchange', 'care', 'programme'],
  ['insight'],
  ['city'],
  ['main', 'cli', 'start', 'backup'],
]
const ROOMS = STAIRS.flat()
const TOP = STAIRS.at(-1) ?? []
const stepOf = (room: string): number => STAIRS.findIndex((step) => step.includes(room))

/** Schemas that are not named like their room. */
const OWNERS: Readonly<Record<string, string>> = { keys: 'platform' }
const SCHEMAS = [...ROOMS.filter((room) => !TOP.includes(room)), ...Object.keys(OWNERS)]
const ownerOf = (schema: string): string => OWNERS[schema] ?? schema

/** What packages without I/O, and the apps in the browser, may import; their own files always. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  model: ['zod'],
  fhir: [],
  codes: ['@sokhoe/model', 'node:'],
  signals: ['@sokhoe/model'],
  city: ['@sokhoe/model', '@sokhoe/codes', '@sokhoe/fhir', 'node:'],
  ui: ['@sokhoe/model', 'react', 'react-dom', 'wouter', 'uqr', 'qr-scanner'],
  citizen: ['@sokhoe/model', '@sokhoe/ui', 'react', 'react-dom', 'wouter'],
  portal: [
    '@sokhoe/model',
    '@sokhoe/ui',
    'react',
    'react-dom',
    'wouter',
    'd3-geo',
    'topojson-client',
    'topojson-specification',
    'uqr',
    'qr-scanner',
    'write-excel-file',
  ],
}

/** Path under packages/ → text. */
export type Sources = ReadonlyMap<string, string>

const MOST_EXPORTS = 12

export function readSources(): Sources {
  const packages = new URL('../../', import.meta.url)
  const paths = readdirSync(packages, { recursive: true, encoding: 'utf8' })
  const sources = paths.filter(
    (path) => /^[a-z]+\/src\/.*\.tsx?$/.test(path) && !/(?:\.test|\.generated|-arbitrary)\.tsx?$/.test(path),
  )
  return new Map(sources.map((path) => [path, readFileSync(new URL(path, packages), 'utf8')]))
}

interface Import {
  readonly from: string
  /** Types vanish before anything runs: they make no cycle. */
  readonly typeOnly: boolean
}

function importsOf(text: string): Import[] {
  const code = withoutComments(text)
  const named = [...code.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^;'"]*?\s*from\s+'([^']+)'/gm)]
  const bare = [...code.matchAll(/(?:^\s*import\s+|\bimport\()\s*'([^']+)'/gm)]
  return [
    ...named.map(([, type, from = '']) => ({ from, typeOnly: Boolean(type) })),
    ...bare.map(([, from = '']) => ({ from, typeOnly: false })),
  ]
}

const withoutComments = (text: string): string => text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '')

/** `server/src/record/store.ts` is of the room record; `server/src/main.ts` of main. */
const roomOf = (path: string): string => path.match(/^server\/src\/([a-z-]+)/)?.[1] ?? ''

const isServer = (path: string): boolean => path.startsWith('server/')

/** Every way in which the sources break the rules of the house; empty for a tidy one. */
export function complaintsAbout(sources: Sources): string[] {
  const each = [...sources].flatMap(([path, text]) => [
    ...(isServer(path) ? [...arrows(path, text), ...tables(path, text)] : purity(path, text)),
    ...doors(path, text),
  ])
  return [...each, ...missingDoors(sources), ...cycles(sources)]
}

function arrows(path: string, text: string): string[] {
  const room = roomOf(path)
  if (!ROOMS.includes(room)) return [`${path}: '${room}' is not on the staircase`]
  const others = importsOf(text)
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => normalize(join(dirname(path), from)))
    .filter((target) => roomOf(target) !== room)
  return others.flatMap((target) => arrow(path, room, target))
}

function arrow(path: string, room: string, target: string): string[] {
  const other = roomOf(target)
  if (!isServer(target)) return [`${path}: enter the package of ${target} by its name`]
  const sideways = !TOP.includes(room) && stepOf(other) >= stepOf(room)
  const backDoor = other !== 'platform' && !TOP.includes(other) && target !== `server/src/${other}/index.ts`
  return [
    ...(sideways ? [`${path}: ${room} may not look up or sideways to ${other}`] : []),
    ...(backDoor ? [`${path}: enter ${other} by its index.ts, not ${target.split('/').at(-1)}`] : []),
  ]
}

/** Tables named in Kysely's calls, in sql`…`, and in any text that reads like SQL. */
function tables(path: string, text: string): string[] {
  const room = roomOf(path)
  if (room === 'platform' || room === 'insight') return []
  const schema = `(${SCHEMAS.join('|')})\\.[a-z_]+`
  const calls = new RegExp(`(?:From|Into|Table|Join|sql\\.table|sql\\.ref)\\(\\s*'${schema}`, 'g')
  const raw = new RegExp(
    `\\b(?:from|join|into|update|table|truncate|copy|delete|only|references|on)\\s+${schema}`,
    'gi',
  )
  const code = withoutComments(text)
  const used = [...code.matchAll(calls), ...code.matchAll(raw)].map(([, name = '']) => name.toLowerCase())
  const own = TOP.includes(room) ? 'platform' : room
  const foreign = [...new Set(used)].filter((name) => ownerOf(name) !== own)
  return foreign.map((name) => `${path}: tables of ${name} belong to ${ownerOf(name)}`)
}

function purity(path: string, text: string): string[] {
  const [name = ''] = path.split('/')
  const allowed = PURE[name]
  if (!allowed) return [`${path}: the package '${name}' has no rule yet: say what it may import`]
  if (allowed.includes('!server'))
    return importsOf(text).some(({ from }) => /server/.test(from)) ? [path] : []
  return importsOf(text)
    .filter(
      ({ from }) => !isOwn(path, from) && !allowed.some((word) => from === word || startsLike(from, word)),
    )
    .map(({ from }) => `${path}: ${name} may not import ${from}`)
}

const startsLike = (from: string, word: string): boolean =>
  word.endsWith(':') ? from.startsWith(word) : from.startsWith(`${word}/`)

const isOwn = (path: string, from: string): boolean =>
  from.startsWith('.') && normalize(join(dirname(path), from)).startsWith(`${path.split('/')[0]}/`)

const isDoor = (path: string): boolean => /^server\/src\/[a-z]+\/index\.ts$/.test(path)

function doors(path: string, text: string): string[] {
  if (!isDoor(path)) return []
  const exported = [...withoutComments(text).matchAll(/^export\b/gm)].length
  return [
    ...(exported > MOST_EXPORTS ? [`${path}: a door of ${exported} exports; at most ${MOST_EXPORTS}`] : []),
    ...(text.trimStart().startsWith('/*') ? [] : [`${path}: a door opens with what its room is for`]),
  ]
}

function missingDoors(sources: Sources): string[] {
  const rooms = new Set([...sources.keys()].filter(isServer).map(roomOf))
  return [...rooms]
    .filter(
      (room) => room !== 'platform' && !TOP.includes(room) && !sources.has(`server/src/${room}/index.ts`),
    )
    .map((room) => `server/src/${room}: a room needs its index.ts`)
}

/** Files that need each other in a circle, told once a circle. */
function cycles(sources: Sources): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path)
    if (at >= 0) found.push(`a circle: ${[...trail.slice(at), path].join(' → ')}`)
    if (at >= 0 || done.has(path)) return
    for (const next of neighbours(path, sources)) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of sources.keys()) visit(path, [])
  return found
}

function neighbours(path: string, sources: Sources): string[] {
  return importsOf(sources.get(path) ?? '')
    .filter(({ from, typeOnly }) => from.startsWith('.') && !typeOnly)
    .map(({ from }) => normalize(join(dirname(path), from)))
    .filter((target) => sources.has(target))
}
