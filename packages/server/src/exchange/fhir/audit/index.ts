import { writeJson } from '@sokhoe/fhir'
import {
  type AskedEvents,
  countEvents,
  type EventPlace,
  type EventRow,
  eventAt,
  note,
  searchEvents,
} from '../../../audit/index.ts'
import type { Context } from '../../../platform/context.ts'
import { openForHouse, sealForHouse } from '../../../platform/houseseal.ts'
import { Problem } from '../../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { askedEvents } from './asked.ts'
import { auditEvent, eventId, readEventId } from './event.ts'

const TYPE = 'AuditEvent'
const PAGE = 'audit page'
const USUAL = 50
const MOST = 500

/** The house's own log is for its operator; to anybody else it is as if it were not there. */
const isOperator = ({ actor }: Context): boolean => actor.kind === 'client' && actor.operator

interface Cursor {
  readonly asked: AskedEvents
  readonly before: EventPlace
}

/** A place in the log, for whoever was given it. */
const writeCursor = ({ keys }: Context, cursor: Cursor): string =>
  sealForHouse(keys, PAGE, JSON.stringify(cursor), PAGE).toString('base64url')

const dates = (key: string, value: unknown): unknown =>
  ['at', 'from', 'until'].includes(key) ? new Date(String(value)) : value

/** @throws {Problem} fhir.malformed */
function readCursor({ keys }: Context, text: string): Cursor {
  try {
    return JSON.parse(openForHouse(keys, PAGE, Buffer.from(text, 'base64url'), PAGE), dates) as Cursor
  } catch {
    throw new Problem('fhir.malformed', { at: ['_page'] })
  }
}

const parameterOf = ({ query }: Ask, name: string): string | undefined =>
  query.find(([each]) => each === name)?.[1]

function countAsked(ask: Ask): number {
  const text = parameterOf(ask, '_count') ?? String(USUAL)
  if (!/^\d{1,9}$/.test(text)) throw new Problem('fhir.malformed', { at: ['_count'] })
  return Math.min(Number(text), MOST)
}

interface Page {
  readonly asked: AskedEvents | undefined
  readonly before?: EventPlace
}

function pageAsked(ask: Ask): Page {
  const page = parameterOf(ask, '_page')
  return page === undefined ? { asked: askedEvents(ask.ctx, ask) } : readCursor(ask.ctx, page)
}

/** Whoever looks into a person's lines leaves one there herself. */
const noteLook = (ctx: Context, { patientId }: AskedEvents): Promise<void> =>
  note(ctx, { action: 'audit.read', what: TYPE, ...(patientId !== undefined && { patientId }) })

async function search(ask: Ask): Promise<Answer> {
  const { ctx } = ask
  needScope(ctx, TYPE, 's')
  const { asked, before } = pageAsked(ask)
  const wanted = countAsked(ask)
  await noteLook(ctx, asked ?? {})
  const limit = parameterOf(ask, '_summary') === 'count' ? 0 : wanted
  const isCounted = limit === 0 || parameterOf(ask, '_total') === 'accurate'
  const [rows, total] = await Promise.all([
    asked && limit > 0 ? searchEvents(ctx.pool, asked, { limit: limit + 1, before }) : [],
    isCounted ? (asked ? countEvents(ctx.pool, asked) : 0) : undefined,
  ])
  return { status: 200, body: writeJson(bundleOf(ask, { asked, rows, limit, total })) }
}

interface Found {
  readonly asked: AskedEvents | undefined
  /** One more than are shown, where there are more. */
  readonly rows: readonly EventRow[]
  readonly limit: number
  readonly total: number | undefined
}

function bundleOf({ ctx, base }: Ask, { asked = {}, rows, limit, total }: Found): object {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const before = last && { at: last.at, patientId: last.patient_id, seq: last.seq }
  const next = before && writeCursor(ctx, { asked, before })
  const entry = shown.map((row) => ({
    fullUrl: `${base}/${TYPE}/${eventId(ctx, row)}`,
    resource: auditEvent(ctx, row),
    search: { mode: 'match' },
  }))
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total !== undefined && { total }),
    link: [
      { relation: 'self', url: `${base}/${TYPE}` },
      ...(next ? [{ relation: 'next', url: `${base}/${TYPE}?_page=${next}&_count=${limit}` }] : []),
    ],
    ...(entry.length > 0 && { entry }),
  }
}

async function read(ask: Ask, key: { readonly patientId: number; readonly seq: number }): Promise<Answer> {
  const { ctx } = ask
  needScope(ctx, TYPE, 'r')
  const row = await eventAt(ctx.pool, key)
  if (!row) throw new Problem('fhir.not-found')
  await noteLook(ctx, row.home === 0 ? {} : { patientId: row.patient_id })
  return { status: 200, body: writeJson(auditEvent(ctx, row)), headers: { etag: 'W/"1"' } }
}

type Run = Interaction['run']

/** What this address would do if the log did not lie before it: resources that somebody sent. */
const without =
  (others: readonly Interaction[], method: Interaction['method'], path: string): Run =>
  async (ask) => {
    const general = others.find((each) => each.method === method && each.path === path)
    if (!general) throw new Problem('fhir.not-found')
    return await general.run({ ...ask, params: { ...ask.params, type: TYPE } })
  }

/** What stands in a form, before what stands in the address. */
function withForm(ask: Ask): Ask {
  const form = [...new URLSearchParams(ask.body?.toString() ?? '')]
  return { ...ask, query: [...form, ...ask.query] }
}

/** Whoever names a resource by its id means one that was sent. */
const isOfLog = (ask: Ask): boolean => isOperator(ask.ctx) && parameterOf(ask, '_id') === undefined

/**
 * The house's audit log as AuditEvents, for the operator's clients. AuditEvents that facilities sent are resources like
 * any other: whoever may not see the log, and whoever names one of them, reaches those.
 * @param others the interactions of every type
 */
export const auditEvents = (others: readonly Interaction[]): readonly Interaction[] => {
  const [general, generalSearch, generalPost] = [
    without(others, 'GET', ':type/:id'),
    without(others, 'GET', ':type'),
    without(others, 'POST', ':type/_search'),
  ]
  return [
    {
      method: 'GET',
      path: `${TYPE}/:id`,
      run: async (ask) => {
        const key = isOperator(ask.ctx) ? readEventId(ask.ctx, ask.params['id'] ?? '') : undefined
        return await (key ? read(ask, key) : general(ask))
      },
    },
    { method: 'GET', path: TYPE, run: async (ask) => await (isOfLog(ask) ? search : generalSearch)(ask) },
    {
      method: 'POST',
      path: `${TYPE}/_search`,
      run: async (ask) => await (isOfLog(withForm(ask)) ? search(withForm(ask)) : generalPost(ask)),
    },
  ]
}
