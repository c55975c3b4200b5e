import type { BookCopy, Line, Timeline } from '@sokhoe/model/reading'
import { send } from '@sokhoe/ui/http'
import type { Vault } from '@sokhoe/ui/vault'
import { alone, vault } from './vault.ts'

/** Whose book an address is about: 'own', or the public id of a person. */
export const bookIn = (path: string): string | undefined => /^\/api\/books\/([^/?]+)\//.exec(path)?.[1]

const prefixOf = (book: string): string => `data//api/books/${book}/`
const linesOf = (book: string): string => `${prefixOf(book)}lines`

const PAGE = 50

/** A page of the timeline out of all lines, as the server would cut it; undefined for a line that is not there. */
export function timelinePage(lines: readonly Line[], asked: URLSearchParams): Timeline | undefined {
  const [kind, source, before] = [asked.get('kind'), asked.get('source'), asked.get('before')]
  const from = before === null ? 0 : lines.findIndex(({ id }) => id === before) + 1
  if (before !== null && from === 0) return undefined
  const isWanted = (line: Line): boolean =>
    (kind === null || line.kind === kind) && (source === null || line.source.kind === source)
  const rest = lines.slice(from).filter(isWanted)
  const page = rest.slice(0, PAGE)
  const next = rest.length > PAGE ? (page.at(-1)?.id ?? null) : null
  return { lines: page, next, total: lines.filter(isWanted).length }
}

type Kept<T> = { data: T; at: number }

/** @returns undefined for what is no page of lines, or where no lines are kept */
export async function pageOfLines<T>(kept: Vault, name: string): Promise<T | undefined> {
  const [, book, asked = ''] = /^data\/\/api\/books\/([^/]+)\/timeline(?:\?(.*))?$/.exec(name) ?? []
  if (book === undefined) return undefined
  const lines = await kept.get<Kept<readonly Line[]>>(linesOf(book))
  const data = lines && timelinePage(lines.data, new URLSearchParams(asked))
  return data && ({ data, at: lines.at } as T)
}

/** Pages of this book that were kept, all of them. */
export async function dropBook(book: string): Promise<void> {
  const kept = await vault()
  for (const name of await kept.names()) if (name.startsWith(prefixOf(book))) await kept.remove(name)
}

/** Only the books that may be opened now leave copies; one's own is told apart by its owner already. */
export async function dropOtherBooks(open: readonly string[]): Promise<void> {
  const kept = await vault()
  const books = new Set((await kept.names()).flatMap((name) => bookIn(name.slice('data/'.length)) ?? []))
  for (const book of books) if (book !== 'own' && !open.includes(book)) await dropBook(book)
}

const NOT_AGAIN_MS = 10 * 60_000
const last = new Map<string, number>()

/** Asked again for everything by whoever comes next. */
export const forgetKeeping = (): void => last.clear()

async function fetchCopy(book: string): Promise<void> {
  const answer = await send<BookCopy>('GET', `/api/books/${book}/copy`)
  if (answer.is === 'refused') return answer.status === 403 ? await dropBook(book) : void last.delete(book)
  const at = Date.now()
  const kept = await vault()
  const pages = Object.entries(answer.data.pages).map(([path, data]) => [path.slice(1), data] as const)
  // signed out meanwhile: nothing more is written
  for (const [path, data] of [...pages, ['lines', answer.data.lines] as const])
    if (last.has(book)) await kept.set(`${prefixOf(book)}${path}`, { data, at } satisfies Kept<unknown>)
}

const whenIdle = (work: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 1000)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: 3000 })
  return () => cancelIdleCallback(handle)
}

/** Keeps an opened book whole, once the screen has nothing else to do. @returns how to call it off */
export function keepBook(book: string): () => void {
  if (Date.now() - (last.get(book) ?? Number.NEGATIVE_INFINITY) < NOT_AGAIN_MS) return () => undefined
  return whenIdle(() => {
    last.set(book, Date.now())
    void alone('copy', () => fetchCopy(book)).catch(() => last.delete(book))
  })
}
