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
import type { Item } from './item.ts'
import { compareStandings, inOrder, type Stood } from './order.ts'
import { type Place, pageToken } from './page.ts'
import { type Asked, type Findings, find } from './run.ts'
import { horizonOf, type Scene } from './scene.ts'
import { noteSearch } from './told.ts'

const [COUNT, MOST_COUNT] = [100, 1000]

/** All that was found, in order, and the part that this page shows. */
interface Page {
  readonly findings: Findings
  readonly total: number
  readonly shown: readonly Stood[]
  /** Where the pages that follow begin; undefined behind the last. */
  readonly next: Place | undefined
}

const countOf = ({ count, summary }: Wishes): number =>
  summary === 'count' ? 0 : Math.min(count ?? COUNT, MOST_COUNT)

function behind(all: readonly Stood[], { after }: Place, wishes: Wishes): readonly Stood[] {
  return after ? all.filter(({ standing }) => compareStandings(standing, after, wishes) > 0) : all
}

/** The first page of a search that goes on is answered as of one moment, as those that follow are. */
async function pinned(asked: Asked, findings: Findings): Promise<Place> {
  const { marks, at } = await horizonOf(findings.ground.scene)
  return {
    types: asked.types,
    pairs: asked.pairs,
    within: typeof asked.within === 'number' ? asked.within : null,
    marks: [...marks],
    at,
    nos: findings.nos,
  }
}

async function pageOf(asked: Asked): Promise<Page> {
  const findings = await find(asked)
  const { wishes } = findings.query
  const all = inOrder(findings.matches, wishes)
  const left = asked.from ? behind(all, asked.from, wishes) : all
  const count = countOf(wishes)
  const goesOn = count > 0 && left.length > count
  if (goesOn && !asked.from) {
    const page = await pageOf({ ...asked, from: await pinned(asked, findings) })
    const { about, hidden } = findings
    return { ...page, findings: { ...page.findings, about, hidden } }
  }
  const shown = left.slice(0, count)
  const last = shown.at(-1)
  const next = goesOn && asked.from && last ? { ...asked.from, after: last.standing } : undefined
  return { findings, total: all.length, shown, next }
}

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

/**
 * Answers a search. Its line in the audit log is durable before this returns.
 * @throws {Problem} fhir.scope, fhir.malformed, fhir.not-supported, fhir.too-costly
 */
export async function search(asked: Asked, addressed: Addressed): Promise<Answer> {
  const { ctx, base, types } = asked
  const { findings, total, shown, next } = await pageOf(asked)
  const { query, ground, about, hidden } = findings
  const { wishes, unknown } = query
  const matches = shown.map(({ item }) => item)
  const included = await includedWith(ground, matches, wishes)
  const issues = [...unknown.map(unknownIssue), ...(included.cut ? [CUT] : [])]
  const place = addressed.path === '' ? base : `${base}/${addressed.path}`
  const nextPage = nextOf(ctx, place, next)
  const lines: Line[] = [
    ...matches.map((item): Line => ({ item, mode: 'match', text: textOf(ground.scene, item, wishes) })),
    ...included.items.map(
      (item): Line => ({
        item,
        mode: 'include',
        text: textOf(ground.scene, item, { ...wishes, elements: [] }),
      }),
    ),
  ]
  const items = [...matches, ...included.items]
  await noteSearch({ scene: ground.scene, items, about, hidden, what: whatOf(types) })
  const body = searchset({
    ...{ base, lines },
    self: selfOf(asked, addressed, unknown),
    ...(wishes.total !== 'none' && { total }),
    ...(nextPage !== undefined && { next: nextPage }),
    ...(issues.length > 0 && { outcome: outcome(issues) }),
  })
  return { status: 200, body }
}
