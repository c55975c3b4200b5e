import { asciiKey } from '@sokhoe/model/names'
import { note } from '../../../audit/index.ts'
import { Problem } from '../../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { type OwnResource, ownResources } from './own.ts'

const TYPES = ['CodeSystem', 'ValueSet', 'ConceptMap'] as const

const notedRead = (ask: Ask, what: string): Promise<void> =>
  note(ask.ctx, { action: 'exchange.read', what, purpose: 'terminology' })

/** One of the house's own, by its id. They change with the software alone. */
const read = (type: string): Interaction => ({
  method: 'GET',
  path: `${type}/:id`,
  run: async (ask) => {
    needScope(ask.ctx, type, 'r')
    const own = ownResources(type).find(({ id }) => id === ask.params['id'])
    await notedRead(ask, type)
    if (!own) throw new Problem('fhir.not-found')
    return { status: 200, headers: { etag: 'W/"1"' }, body: own.text() }
  },
})

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
const ABOUT_THE_ANSWER = new Set(['_count', '_format', '_pretty', '_total', '_sort'])

function ownMatches(type: string, query: Ask['query']): readonly OwnResource[] {
  const asked = query.filter(([name]) => !ABOUT_THE_ANSWER.has(name))
  return ownResources(type).filter((own) =>
    asked.every(([name, value]) => value.split(',').some((each) => FITS[name]?.(own, each) ?? false)),
  )
}

const entryOf = (own: OwnResource, type: string, base: string): string =>
  `{"fullUrl":"${base}/${type}/${own.id}","resource":${own.text()},"search":{"mode":"match"}}`

const search = (type: string): Interaction => ({
  method: 'GET',
  path: type,
  run: async (ask): Promise<Answer> => {
    needScope(ask.ctx, type, 's')
    const found = ownMatches(type, ask.query)
    await notedRead(ask, type)
    const entries = found.map((own) => entryOf(own, type, ask.base)).join()
    const entry = found.length > 0 ? `,"entry":[${entries}]` : ''
    return {
      status: 200,
      body: `{"resourceType":"Bundle","type":"searchset","total":${found.length}${entry}}`,
    }
  },
})

export const ownReads: readonly Interaction[] = TYPES.flatMap((type) => [read(type), search(type)])
