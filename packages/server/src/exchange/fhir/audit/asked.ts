import { readDate } from '@sokhoe/fhir/query'
import type { AskedEvents } from '../../../audit/index.ts'
import type { Context } from '../../../platform/context.ts'
import { readPublicId } from '../../../platform/ids.ts'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { issues } from '../outcome.ts'
import { actionsOf, isActionCode } from './event.ts'

type Read = (ctx: Context, value: string) => AskedEvents | undefined

const refused = (name: string, text: string): Problem =>
  new Problem('fhir.not-supported', {
    more: issues([{ severity: 'error', code: 'value', expression: name, text }]),
  })

/** @throws {Problem} fhir.not-supported */
function dateAsked(value: string): AskedEvents {
  const read = readDate(value)
  if (!read.ok) throw refused('date', read.text)
  const { prefix, span } = read.value
  const [from, to] = [new Date(span.from), new Date(span.to)]
  switch (prefix) {
    case 'eq':
      return { from, until: to }
    case 'ge':
      return { from }
    case 'gt':
    case 'sa':
      return { from: to }
    case 'le':
      return { until: to }
    case 'lt':
    case 'eb':
      return { until: from }
    default:
      throw refused('date', 'takes eq, ge, gt, le, lt, sa and eb')
  }
}

/** A token with or without its system. */
const codeIn = (value: string): string => value.slice(value.lastIndexOf('|') + 1)

const PARAMETERS: Readonly<Record<string, Read>> = {
  date: (_ctx, value) => dateAsked(value),
  agent: (_ctx, value) => ({ actor: `client:${codeIn(value).replace(/^Device\//, '')}` }),
  'agent:identifier': (_ctx, value) => ({ actor: `client:${codeIn(value)}` }),
  patient: ({ keys }, value) => {
    const named = readPublicId(keys.id, value.slice(value.lastIndexOf('/') + 1))
    return named?.no === 0 ? { patientId: named.patientId } : undefined
  },
  action: (_ctx, value) => {
    const code = codeIn(value)
    return isActionCode(code) ? { actions: actionsOf(code) } : undefined
  },
  outcome: (_ctx, value) => {
    const code = codeIn(value)
    return code === '0' || code === '4' ? { refused: code === '4' } : undefined
  },
}

/** How it is answered, not what is asked. */
const RESULTS = new Set(['_count', '_format', '_pretty', '_summary', '_total', '_page'])

const later = (a: Date | undefined, b: Date | undefined): Date | undefined =>
  a && b ? (a > b ? a : b) : (a ?? b)
const sooner = (a: Date | undefined, b: Date | undefined): Date | undefined =>
  a && b ? (a < b ? a : b) : (a ?? b)

function both(one: AskedEvents, other: AskedEvents): AskedEvents {
  const from = later(one.from, other.from)
  const until = sooner(one.until, other.until)
  return { ...one, ...other, ...(from && { from }), ...(until && { until }) }
}

/** Unknown parameters are left out, unless `Prefer: handling=strict` asks to be told. */
function known({ query, header }: Pick<Ask, 'query' | 'header'>): Ask['query'] {
  const others = query.filter(([name]) => !RESULTS.has(name))
  const strange = others.find(([name]) => !Object.hasOwn(PARAMETERS, name))
  if (strange && /handling\s*=\s*strict/.test(header('prefer') ?? ''))
    throw refused('query', `takes ${Object.keys(PARAMETERS).join(', ')}`)
  return others.filter(([name]) => Object.hasOwn(PARAMETERS, name))
}

/**
 * What is searched for among the events.
 * @returns undefined where nothing can fit
 * @throws {Problem} fhir.not-supported
 */
export function askedEvents(ctx: Context, ask: Pick<Ask, 'query' | 'header'>): AskedEvents | undefined {
  const given = known(ask)
  const read = given.map(([name, value]) => PARAMETERS[name]?.(ctx, value))
  // a demonstration has been filled for the whole day: what is still to come would stand before what happens
  const start: AskedEvents = given.some(([name]) => name === 'date')
    ? {}
    : { until: new Date(ctx.now().getTime() + 1) }
  return read.reduce<AskedEvents | undefined>((all, one) => (all && one ? both(all, one) : undefined), start)
}
