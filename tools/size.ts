import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes of JavaScript after gzip: what a resident's phone must fetch before anything works. */
const FIRST_LOAD = 110_000
const LAZY_PART = 25_000

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

/** Weighs a built app. */
export function weigh(dist: string): SizeReport {
  if (!existsSync(join(dist, 'index.html')))
    return { scripts: 0, first: 0, complaints: ['the app is not built: there is nothing to weigh'] }
  const names = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'))
  const size = new Map(
    names.map((name) => [name, gzipSync(readFileSync(join(dist, 'assets', name)), { level: 9 }).length]),
  )
  const initial = firstLoad(dist)
  const first = [...initial].reduce((sum, name) => sum + (size.get(name) ?? 0), 0)
  const heavy = [...size].filter(
    ([name, bytes]) => !initial.has(name) && !isDecoder(name) && bytes > LAZY_PART,
  )
  return {
    scripts: initial.size,
    first,
    complaints: [
      ...(initial.size === 0 ? ['the page names no script: nothing was weighed'] : []),
      ...(first > FIRST_LOAD
        ? [`the first load is ${first} bytes of JavaScript after gzip, above ${FIRST_LOAD}`]
        : []),
      ...heavy.map(
        ([name, bytes]) => `the lazy part ${name} is ${bytes} bytes after gzip, above ${LAZY_PART}`,
      ),
    ],
  }
}
