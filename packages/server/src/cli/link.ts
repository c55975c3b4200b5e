import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { explain, type FileLinks, linkFile } from '@sokhoe/signals/linkage'
import { type Io, orSentence } from './io.ts'
import { readTable, type Table } from './link/reading.ts'
import { saidOf } from './link/said.ts'

const USAGE = `Use: link IN.csv OUT.csv [--map field=column,…] [--review FILE] [--explain]
     every pair of rows judged one person goes to OUT, the pairs a person must decide to FILE: id1,id2,score`

const OPTIONS = {
  map: { type: 'string' },
  review: { type: 'string' },
  explain: { type: 'boolean' },
} as const

interface Asked {
  readonly input: string
  readonly output: string
  readonly map: string
  readonly review: string | undefined
  readonly explained: boolean
}

function askedOf(args: readonly string[]): Asked | undefined {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  const [input, output, more] = positionals
  if (input === undefined || output === undefined || more !== undefined) return undefined
  const { map = '', review, explain: explained = false } = values
  const paths = [input, output, ...(review === undefined ? [] : [review])].map((path) => resolve(path))
  if (new Set(paths).size < paths.length) throw new Error('link: each file needs its own name')
  return { input, output, map, review, explained }
}

const quoted = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

type Line = (a: number, b: number) => string

function lineOf({ rows }: Table, { judge }: FileLinks, explained: boolean): Line {
  return (a, b) => {
    const decision = judge(a, b)
    const cells = [rows[a]?.id ?? '', rows[b]?.id ?? '', decision.score.toFixed(2)]
    return `${[...cells, ...(explained ? [explain(decision, 'en')] : [])].map(quoted).join()}\n`
  }
}

function* pairsOfGroups({ groups }: FileLinks): Generator<readonly [number, number]> {
  for (const group of groups)
    for (const [at, a] of group.entries()) for (const b of group.slice(at + 1)) yield [a, b]
}

function* pairsForReview({ review: { a, b } }: FileLinks): Generator<readonly [number, number]> {
  for (const [at, left] of a.entries()) yield [left, b[at] ?? left]
}

/** So many lines leave together. */
const AT_ONCE = 2000

/** Writes beside the file; it takes the file's name when all is written. @returns how many pairs */
async function write(
  path: string,
  head: string,
  pairs: Iterable<readonly [number, number]>,
  line: Line,
): Promise<number> {
  const stream = createWriteStream(path, { mode: 0o600 })
  const failed = finished(stream)
  let count = 0
  let text = head
  const flush = async (): Promise<void> => {
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed])
    text = ''
  }
  for (const [a, b] of pairs) {
    text += line(a, b)
    count += 1
    if (count % AT_ONCE === 0) await flush()
  }
  stream.end(text)
  await failed
  return count
}

/**
 * Where a result is written until it is whole: beside its file. A pipe or a device takes it as it comes, and stays one.
 * @throws {Error} with the code EISDIR
 */
async function placeOf(path: string): Promise<string> {
  const known = await stat(path).catch(() => undefined)
  if (known?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
  return known === undefined || known.isFile() ? `${path}.${process.pid}.part` : path
}

/** Both files or none: nobody takes half a result for a whole one. */
async function writeBoth(asked: Asked, table: Table, links: FileLinks): Promise<readonly [number, number]> {
  const head = asked.explained ? 'id1,id2,score,why\n' : 'id1,id2,score\n'
  const line = lineOf(table, links, asked.explained)
  const { output, review } = asked
  const begun: { readonly at: string; readonly path: string }[] = []
  try {
    const [same, open] = [await placeOf(output), review === undefined ? undefined : await placeOf(review)]
    begun.push({ at: same, path: output })
    const count = await write(same, head, pairsOfGroups(links), line)
    if (review !== undefined && open !== undefined) {
      begun.push({ at: open, path: review })
      await write(open, head, pairsForReview(links), line)
    }
    for (const { at, path } of begun) if (at !== path) await rename(at, path)
    return [count, links.review.a.length]
  } catch (error) {
    await Promise.all(begun.map(async ({ at, path }) => at !== path && (await rm(at, { force: true }))))
    const { code } = error as { readonly code?: string }
    throw new Error(`link: the result could not be written${code ? ` (${code})` : ''}`)
  }
}

const STEPS = {
  prepared: 'rows read and folded',
  pairs: 'pairs to look at',
  learned: 'rows taught the weights',
  same: 'pairs judged the same',
  persons: 'persons with more than one row',
} as const

/** `link`: who in any CSV is one person, with weights learned from that file alone. */
export async function linkCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const asked = askedOf(args)
    if (!asked) {
      io.err(USAGE)
      return 1
    }
    const started = performance.now()
    const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`
    const table = await readTable(asked.input, asked.map)
    io.err(
      `  compared by ${Object.keys(table.columns)
        .filter((field) => field !== 'id')
        .join(', ')}`,
    )
    const links = linkFile(saidOf(table), (step, count) => io.err(`  ${seconds()}: ${count} ${STEPS[step]}`))
    const [same, review] = await writeBoth(asked, table, links)
    const unasked = asked.review === undefined && review > 0 ? ' (--review FILE keeps them)' : ''
    io.out(
      `${table.rows.length} rows: ${same} pairs are the same, ${review} are for a person to decide${unasked}; ${seconds()}`,
    )
    return 0
  })
}
