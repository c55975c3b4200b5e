import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes of JavaScript after gzip: what must be fetched before anything works, and a part that is fetched later. */
interface Limits {
  readonly first: number
  readonly lazy: number
}

/** A resident's phone on a slow network; a computer of a station. */
const LIMITS = {
  citizen: { first: 110_000, lazy: 25_000 },
  portal: { first: 210_000, lazy: 100_000 },
} as const satisfies Readonly<Record<string, Limits>>

/** Fetched only when the camera opens. */
const isDecoder = (name: string): boolean => /qr-scanner/.test(name)

export interface SizeReport {
  readonly scripts: number
  readonly first: number
  readonly complaints: readonly string[]
}

/** The scripts a page names itself, and all that they import at once. */
function firstLoad(dist: string): Set<string> {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const queue = [...page.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, path = '']) => basename(path))
  const first = new Set<string>()
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (first.has(name)) continue
    first.add(name)
    const text = readFileSync(join(dist, 'assets', name), 'utf8')
    queue.push(
      ...[...text.matchAll(/(?:from|\bimport)\s*["']\.\/([^"']+\.js)["']/g)].map(([, path = '']) => path),
    )
  }
  return first
}

/** Weighs a built app against the limits of its kind. */
export function weigh(dist: string, kind: keyof typeof LIMITS = 'citizen'): SizeReport {
  const limits: Limits = LIMITS[kind]
  if (!existsSync(join(dist, 'index.html')))
    return { scripts: 0, first: 0, complaints: ['the app is not built: there is nothing to weigh'] }
  const names = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'))
  const size = new Map(
    names.map((name) => [name, gzipSync(readFileSync(join(dist, 'assets', name)), { level: 9 }).length]),
  )
  const initial = firstLoad(dist)
  const first = [...initial].reduce((sum, name) => sum + (size.get(name) ?? 0), 0)
  const heavy = [...size].filter(
    ([name, bytes]) => !initial.has(name) && !isDecoder(name) && bytes > limits.lazy,
  )
  return {
    scripts: initial.size,
    first,
    complaints: [
      ...(initial.size === 0 ? ['the page names no script: nothing was weighed'] : []),
      ...(first > limits.first
        ? [`the first load is ${first} bytes of JavaScript after gzip, above ${limits.first}`]
        : []),
      ...heavy.map(
        ([name, bytes]) => `the lazy part ${name} is ${bytes} bytes after gzip, above ${limits.lazy}`,
      ),
    ],
  }
}
