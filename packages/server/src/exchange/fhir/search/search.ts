import { type FhirResource, parseJson, writeJson } from '@sokhoe/fhir'
import { type Pair, shorten, shortens, type Wishes } from '@sokhoe/fhir/query'
import { linkedPatients } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import type { Answer } from '../answer.ts'
import { withLinks } from '../links.ts'
import { type OutcomeIssue, outcome } from '../outcome.ts'
import { type Line, searchset } from './bundle.ts'
import { includedWith, MOST_INCLUDED } from './include.ts'
import { type Item, placeOf } from './item.ts'
import { type Place, pageToken } from './page.ts'
import { type Group, type Page, pageOf } from './pages.ts'
import type { Asked } from './run.ts'
import type { Scene } from './scene.ts'
import { noteSearch } from './told.ts'

/** Of whatever the record holds, however deep and long it was let in. */
const LIMITS = { depth: 500, length: 100_000_000 }

/** A Patient of a person who is open tells of the person's other Patients; that is never kept. */
function wholeText({ ctx, reaches }: Scene, item: Item): Buffer {
  const reach = item.type === 'Patient' ? reaches.get(item.patientId) : undefined
  if (!reach) return item.bytes()
  const others = reach.patientIds.filter((patientId) => patientId !== item.patientId)
  return withLinks(item.bytes(), linkedPatients(ctx, { ...reach, patientIds: [item.patientId, ...others] }))
}

function textOf(scene: Scene, item: Item, wishes: Pick<Wishes, 'summary' | 'elements'>): Buffer | string {
  const text = wholeText(scene, item)
  if (!shortens(wishes)) return text
  return writeJson(shorten(parseJson(text.toString(), LIMITS) as FhirResource, wishes))
}

const unknownIssue = (parameter: string): OutcomeIssue => ({
  severity: 'warning',
  code: 'not-supported',
  text: parameter === '' ? 'A parameter is not known here' : `${parameter} is not known here`,
  ...(parameter !== '' && { expression: `http.${parameter}` }),
})

const CUT: OutcomeIssue = {
  severity: 'warning',
  code: 'too-long',
  text: `More than ${MOST_INCLUDED} resources would have come along: ask for fewer at a time`,
}

const written = (pairs: readonly Pair[], unknown: readonly string[]): string =>
  pairs
    .filter(([name]) => !unknown.includes(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')

/** Under which address the answer is its own: what was sent in a body does not come back in an address. */
export interface Addressed {
  /** Below the base. */
  readonly path: string
  /** The parameters stood in the address. */
  readonly open: boolean
  /** The token of this page. */
  readonly page?: string
}

function selfOf({ base, pairs }: Asked, { path, open, page }: Addressed, unknown: readonly string[]): string {
  const place = path === '' ? base : `${base}/${path}`
  if (page !== undefined) return `${place}?_page=${page}`
  const query = open ? written(pairs, unknown) : ''
  return query === '' ? place : `${place}?${query}`
}

function nextOf(ctx: Context, place: string, next: Place | undefined): string | undefined {
  if (!next) return undefined
  const token = pageToken(ctx, next)
  if (token === undefined) throw new Problem('fhir.too-costly')
  return `${place}?_page=${token}`
}

/** Kind of data, as it is written down. */
const whatOf = (types: readonly string[]): string => (types.length === 1 ? (types[0] ?? '') : 'record')

/** What was found on one ground, with what comes along from there. */
async function linesOf({ ground, shown }: Group, wishes: Wishes) {
  const { scene } = ground
  const matches = shown.map(({ item }) => item)
  const included = await includedWith(ground, matches, wishes)
  const lines: Line[] = [
    ...matches.map((item): Line => ({ item, mode: 'match', text: textOf(scene, item, wishes) })),
    ...included.items.map(
      (item): Line => ({ item, mode: 'include', text: textOf(scene, item, { ...wishes, elements: [] }) }),
    ),
  ]
  return { ground, lines, cut: included.cut }
}

type Lines = Awaited<ReturnType<typeof linesOf>>

/** Whoever comes along with several stands there once, and not where she was found herself. */
function eachOnce(all: readonly Lines[]): Line[] {
  const lines = all.flatMap((one) => one.lines)
  const matches = lines.filter(({ mode }) => mode === 'match')
  const known = new Set(matches.map(({ item }) => placeOf(item)))
  const included = lines.filter(({ mode, item }) => {
    const isNew = mode === 'include' && !known.has(placeOf(item))
    known.add(placeOf(item))
    return isNew
  })
  return [...matches, ...included]
}

async function noteAll(all: readonly Lines[], { about, hidden }: Page, what: string): Promise<void> {
  const told = all.filter(({ lines }) => lines.length > 0)
  const [first] = all
  await Promise.all(
    (told.length > 0 || !first ? told : [first]).map(({ ground, lines }) =>
      noteSearch({ ground, items: lines.map(({ item }) => item), about, hidden, what }),
    ),
  )
}

/**
 * Answers a search. Its line in the audit log is durable before this returns.
 * @throws {Problem} fhir.scope, fhir.malformed, fhir.not-supported, fhir.too-costly
 */
export async function search(asked: Asked, addressed: Addressed): Promise<Answer> {
  const { ctx, base, types } = asked
  const page = await pageOf(asked)
  const { wishes, unknown } = page.query
  const all = await Promise.all(page.groups.map((group) => linesOf(group, wishes)))
  const issues = [...unknown.map(unknownIssue), ...(all.some(({ cut }) => cut) ? [CUT] : [])]
  const place = addressed.path === '' ? base : `${base}/${addressed.path}`
  const next = nextOf(ctx, place, page.next)
  await noteAll(all, page, whatOf(types))
  const body = searchset({
    ...{ base, lines: eachOnce(all) },
    self: selfOf(asked, addressed, unknown),
    ...(wishes.total !== 'none' && page.total !== undefined && { total: page.total }),
    ...(next !== undefined && { next }),
    ...(issues.length > 0 && { outcome: outcome(issues) }),
  })
  return { status: 200, body }
}
