import type { Line } from '@sokhoe/model/reading'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookIn, timelinePage } from './copies.ts'

const KINDS = ['visit', 'result'] as const
const SOURCES = ['self', 'hospital'] as const

const lineOf = (no: number, kind: (typeof KINDS)[number], source: (typeof SOURCES)[number]): Line => ({
  id: `line-${no}`,
  kind,
  date: '',
  when: '',
  event: '',
  title: { vi: '', en: '' },
  value: null,
  detail: null,
  source: { kind: source, place: null },
  status: 'standing',
  code: '',
  author: 'self',
  restricted: false,
  absent: false,
  verdict: null,
  version: 1,
})
const some = fc
  .array(fc.tuple(fc.constantFrom(...KINDS), fc.constantFrom(...SOURCES)), { maxLength: 180 })
  .map((all) => all.map(([kind, source], no) => lineOf(no, kind, source)))

test('pages cut from the kept lines, one after the other, are all the lines that were asked for', () => {
  const kinds = fc.constantFrom(undefined, ...KINDS)
  const sources = fc.constantFrom(undefined, ...SOURCES)
  fc.assert(
    fc.property(some, kinds, sources, (lines, kind, source) => {
      const read: Line[] = []
      for (let before: string | null = null; ; ) {
        const asked = new URLSearchParams({
          ...(kind && { kind }),
          ...(source && { source }),
          ...(before && { before }),
        })
        const page = timelinePage(lines, asked)
        read.push(...(page?.lines ?? []))
        before = page?.next ?? null
        expect(page?.total).toBe(lines.filter((line) => isAsked(line, kind, source)).length)
        if (before === null) break
      }
      expect(read).toEqual(lines.filter((line) => isAsked(line, kind, source)))
    }),
  )
})

const isAsked = (line: Line, kind: string | undefined, source: string | undefined): boolean =>
  (kind === undefined || line.kind === kind) && (source === undefined || line.source.kind === source)

test('a page behind a line that is not kept is not made up', () => {
  expect(timelinePage([lineOf(1, 'visit', 'self')], new URLSearchParams('before=line-9'))).toBeUndefined()
})

test('an address tells whose book it is about', () => {
  expect(bookIn('/api/books/own/timeline?kind=visit')).toBe('own')
  expect(bookIn('/api/books/0f8c/home')).toBe('0f8c')
  expect(bookIn('/api/me/card')).toBeUndefined()
})
