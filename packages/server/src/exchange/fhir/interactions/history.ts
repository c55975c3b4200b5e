import type { Span } from '@sokhoe/fhir/query'
import { note } from '../../../audit/index.ts'
import { openForHouse, sealForHouse } from '../../../platform/houseseal.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { clientOf, needType } from '../write/index.ts'
import { type AskedHistory, askedHistory, badPage, needNoMoment, pageUrl } from './asked.ts'
import { changesOf, type Position, type Wanted } from './changes.ts'
import { historyBundle, type Line, lineOf } from './entries.ts'
import { needFound, type Version } from './find.ts'

/**
 * Every version of one resource, the newest first.
 * @see https://hl7.org/fhir/R4/http.html#history
 */

/** newest version when the first page was asked for, and the last one told */
const PAGE = /^(\d{1,9})\.(\d{1,9})$/

/** Each stands until the next one comes. */
const stoodIn = (versions: readonly Version[], i: number, { from, to }: Span): boolean =>
  (versions[i]?.at.getTime() ?? to) < to && (versions[i - 1]?.at.getTime() ?? Number.POSITIVE_INFINITY) > from

const within = (versions: readonly Version[], { since, at }: AskedHistory): readonly Version[] =>
  versions.filter((one, i) => (!since || one.at >= since) && (!at || stoodIn(versions, i, at)))

function pageOf(versions: readonly Version[], { page, count }: AskedHistory) {
  const [, newest, last] = PAGE.exec(page ?? '') ?? []
  if (page !== undefined && newest === undefined) badPage()
  const first = Number(newest ?? versions[0]?.version ?? 0)
  const known = versions.filter(({ version }) => version <= first)
  const after = last === undefined ? known : known.filter(({ version }) => version < Number(last))
  const shown = after.slice(0, count)
  const next = count > 0 && after.length > count ? `${first}.${shown.at(-1)?.version ?? 0}` : undefined
  return { shown, total: known.length, next }
}

async function ofInstance(ask: Ask): Promise<Answer> {
  const { ctx, params, query, base } = ask
  const { type = '', id = '' } = params
  needType(type)
  needScope(ctx, type, 'r')
  const asked = askedHistory(ask)
  const found = await needFound(ctx, { type, id, action: 'exchange.history' })
  const { shown, total, next } = pageOf(within(found.versions, asked), asked)
  const path = `${type}/${id}/_history`
  const links = [
    { relation: 'self', url: pageUrl(base, path, query, asked.page) },
    ...(next === undefined ? [] : [{ relation: 'next', url: pageUrl(base, path, query, next) }]),
  ]
  return {
    status: 200,
    body: historyBundle(base, { lines: shown.map((one) => lineOf(found, one)), links, total }),
  }
}

/** Looking further for lines of a rare type would keep others waiting: the next page goes on there. */
const MOST_PASSED = 2000

const ABOUT = 'history page'

function positionIn({ keys }: Ask['ctx'], page: string | undefined, about: string): Position {
  if (page === undefined) return {}
  try {
    return JSON.parse(openForHouse(keys, ABOUT, Buffer.from(page, 'base64url'), about)) as Position
  } catch {
    return badPage()
  }
}

async function gather(ask: Ask, wanted: Wanted, from: Position, count: number) {
  const lines: Line[] = []
  const patientIds = new Set<number>()
  let [position, passed] = [from, 0]
  for await (const { line, patientId, position: now } of changesOf(ask.ctx, wanted, from)) {
    if (lines.length === count || passed === MOST_PASSED) return { lines, patientIds, next: position }
    position = { ...position, ...now }
    passed += 1
    if (line) lines.push(line)
    if (line && patientId !== undefined) patientIds.add(patientId)
  }
  return { lines, patientIds, next: undefined }
}

const NO_LINES = { lines: [], patientIds: new Set<number>(), next: undefined }

async function noteTold({ ctx }: Ask, patientIds: ReadonlySet<number>, what: string): Promise<void> {
  const told = [...patientIds].map((patientId) =>
    note(ctx, { action: 'exchange.history', patientId, purpose: 'own-contribution', what }),
  )
  await Promise.all(told.length > 0 ? told : [note(ctx, { action: 'exchange.history', what })])
}

/** What the asking facility itself stated, of one type or of all, the newest first. */
async function ofOwn(ask: Ask): Promise<Answer> {
  const { ctx, params, query, base } = ask
  const { type } = params
  if (type !== undefined) needType(type)
  needScope(ctx, type ?? '*', 'r')
  const { facility } = clientOf(ctx)
  const asked = askedHistory(ask)
  needNoMoment(asked)
  const { count, since, page } = asked
  const about = `${facility} ${type ?? ''}`
  const wanted = { facility, ...(type !== undefined && { type }), ...(since && { since }) }
  const from = positionIn(ctx, page, about)
  const { lines, patientIds, next } = count === 0 ? NO_LINES : await gather(ask, wanted, from, count)
  await noteTold(ask, patientIds, type ?? 'record')
  const path = type === undefined ? '_history' : `${type}/_history`
  const sealed = next && sealForHouse(ctx.keys, ABOUT, JSON.stringify(next), about).toString('base64url')
  const links = [
    { relation: 'self', url: pageUrl(base, path, query, page) },
    ...(sealed === undefined ? [] : [{ relation: 'next', url: pageUrl(base, path, query, sealed) }]),
  ]
  return { status: 200, body: historyBundle(base, { lines, links }) }
}

export const remembering: readonly Interaction[] = [
  { method: 'GET', path: ':type/:id/_history', run: ofInstance },
  { method: 'GET', path: ':type/_history', run: ofOwn },
  { method: 'GET', path: '_history', run: ofOwn },
]
