import { parseJson, writeJson } from '@sokhoe/fhir'
import { asciiKey } from '@sokhoe/model/names'
import { note } from '../../../audit/index.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { isObject } from '../parameters.ts'
import { formOf } from '../search/form.ts'
import { LONGEST_NAME } from './asked.ts'
import { type OwnResource, ownResources } from './own.ts'

const TYPES = ['CodeSystem', 'ValueSet', 'ConceptMap'] as const

type Run = Interaction['run']

/** One of the house's own, by its id; they change with the software alone. Others lie in the directory. */
const read =
  (type: string, elsewhere: Run): Run =>
  async (ask) => {
    const own = ownResources(type).find(({ id }) => id === ask.params['id'])
    if (!own) return await elsewhere(ask)
    needScope(ask.ctx, type, 'r')
    await note(ask.ctx, { action: 'exchange.read', what: type })
    return { status: 200, headers: { etag: 'W/"1"' }, body: own.text() }
  }

/** What a search may ask of them; every value must fit. */
const FITS: Readonly<Record<string, (own: OwnResource, value: string) => boolean>> = {
  _id: ({ id }, value) => id === value,
  url: ({ url }, value) => value === url,
  version: ({ version }, value) => value === version,
  name: ({ name }, value) => asciiKey(name).startsWith(asciiKey(value)),
  title: ({ title }, value) => asciiKey(title).startsWith(asciiKey(value)),
  status: (_own, value) => value === 'active',
}

/** Said about the answer, not about what is looked for. */
const ABOUT_THE_ANSWER = new Set(['_count', '_format', '_pretty', '_total', '_sort', '_summary'])

const fits = (own: OwnResource, name: string, value: string): boolean =>
  Object.hasOwn(FITS, name) && (FITS[name]?.(own, value) ?? false)

/** None where something is asked that only the directory answers. */
function ownMatches(type: string, asked: Ask['query']): readonly OwnResource[] {
  const conditions = asked.filter(([name]) => !ABOUT_THE_ANSWER.has(name))
  if (conditions.some(([, value]) => value.length > LONGEST_NAME)) return []
  return ownResources(type).filter((own) =>
    conditions.every(([name, value]) => value.split(',').some((each) => fits(own, name, each))),
  )
}

interface Found {
  readonly total?: number
  readonly entry?: readonly unknown[]
}

const isFound = (value: unknown): value is Found => isObject(value) && value['resourceType'] === 'Bundle'

const textOf = ({ body = '' }: Answer): string =>
  Array.isArray(body) ? body.map(String).join('') : String(body)

const entryOf = (own: OwnResource, type: string, base: string): object => ({
  fullUrl: `${base}/${type}/${own.id}`,
  search: { mode: 'match' },
  resource: JSON.parse(own.text()),
})

function together(answer: Answer, entries: readonly object[], count: number): Answer {
  const found: unknown = parseJson(textOf(answer), { depth: 500, length: 100_000_000 })
  if (!isFound(found)) return answer
  const { total, entry = [], ...bundle } = found
  const all = [...entry, ...entries]
  const body = writeJson({
    ...bundle,
    ...(total !== undefined && { total: total + count }),
    ...(all.length > 0 && { entry: all }),
  })
  return { ...answer, body }
}

/** The house's own stand on the first page, beside what the directory has. */
const search =
  (type: string, elsewhere: Run): Run =>
  async (ask) => {
    const answer = await elsewhere(ask)
    const asked = [...ask.query, ...(ask.method === 'POST' ? formOf(ask) : [])]
    const own = asked.some(([name]) => name === '_page') ? [] : ownMatches(type, asked)
    if (own.length === 0 || answer.status !== 200) return answer
    const isCount = asked.some(([name, value]) => name === '_summary' && value === 'count')
    return together(answer, isCount ? [] : own.map((one) => entryOf(one, type, ask.base)), own.length)
  }

/** The same address with the type as its first word. */
function inFront(others: readonly Interaction[], type: string): Interaction[] {
  const wrap = { ':type/:id': read, ':type': search, ':type/_search': search }
  return others.flatMap((other) => {
    const { method, path } = other
    const wrapped = method === 'GET' || path.endsWith('_search') ? wrap[path as keyof typeof wrap] : undefined
    if (!wrapped) return []
    const elsewhere: Run = (ask) => other.run({ ...ask, params: { ...ask.params, type } })
    return [{ method, path: path.replace(':type', type), run: wrapped(type, elsewhere) }]
  })
}

/** The house's own code systems, value sets and maps, in front of those that were sent to the directory. */
export const withOwn = (others: readonly Interaction[]): readonly Interaction[] =>
  TYPES.flatMap((type) => inFront(others, type))
