import type { Pair } from '@sokhoe/fhir/query'
import { isInPatientCompartment } from '@sokhoe/fhir/search'
import { resourceTypes } from '@sokhoe/fhir/validate'
import { readPublicId } from '../../../platform/ids.ts'
import { Problem } from '../../../platform/problem.ts'
import { type Answer, type Ask, hasScope, type Interaction } from '../answer.ts'
import { issues } from '../outcome.ts'
import { formOf } from './form.ts'
import { isSearched } from './means.ts'
import { placeOfToken } from './page.ts'
import type { Asked } from './run.ts'
import { type Addressed, search } from './search.ts'

const STRICT = /(?:^|[,;])\s*handling\s*=\s*"?strict"?\s*(?:$|[,;])/i

const isStrict = ({ header }: Ask): boolean => STRICT.test(header('prefer') ?? '')

/** Said in the address for whoever writes the answer; no part of the search. */
const OF_THE_DOOR = ['_format', '_pretty']

interface Read {
  readonly pairs: readonly Pair[]
  readonly page: string | undefined
  readonly open: boolean
}

function readPairs(ask: Ask): Read {
  const sent = ask.method === 'POST' ? formOf(ask) : []
  const pairs = [...ask.query, ...sent].filter(([name]) => !OF_THE_DOOR.includes(name))
  return {
    pairs,
    page: pairs.find(([name]) => name === '_page')?.[1],
    open: ask.method === 'GET',
  }
}

type Which = Pick<Asked, 'types' | 'within'>

/** @param which read only where no page says it */
async function answer(ask: Ask, path: string, which: (pairs: readonly Pair[]) => Which): Promise<Answer> {
  const { ctx, base } = ask
  const { pairs, page, open } = readPairs(ask)
  if (page === undefined) {
    const rest = pairs.filter(([name]) => path !== '' || name !== '_type')
    const asked = which(pairs)
    // a name that one of several types does not know would ask for everything of it
    const strict = isStrict(ask) || asked.types.length > 1
    return await search({ ctx, base, pairs: rest, strict, ...asked }, { path, open })
  }
  const from = placeOfToken(ctx, page)
  const { types, within } = from
  const addressed: Addressed = { path, open, page }
  return await search(
    { ctx, base, types, pairs: from.pairs, strict: false, from, ...(within !== null && { within }) },
    addressed,
  )
}

const notFound = (): never => {
  throw new Problem('fhir.not-found')
}

const needType = (type: string): string => (isSearched(type) ? type : notFound())

const MOST_TYPES = 20

function typesNamed(pairs: readonly Pair[]): string[] {
  const types = [...new Set(pairs.flatMap(([name, value]) => (name === '_type' ? value.split(',') : [])))]
  if (types.length > 0 && types.length <= MOST_TYPES && types.every(isSearched)) return types
  const text = `Say which types with _type, at most ${MOST_TYPES}`
  throw new Problem('fhir.too-costly', { more: issues([{ severity: 'error', code: 'too-costly', text }]) })
}

async function byType(ask: Ask): Promise<Answer> {
  const type = needType(ask.params['type'] ?? '')
  return await answer(ask, type, () => ({ types: [type] }))
}

async function everywhere(ask: Ask): Promise<Answer> {
  return await answer(ask, '', (pairs) => ({ types: typesNamed(pairs) }))
}

/** Of the Patient compartment, the only one that is answered here. */
function memberTypes({ ctx }: Ask, member: string): readonly string[] {
  if (member === '*') {
    const open = resourceTypes.filter((type) => isInPatientCompartment(type) && hasScope(ctx, type, 's'))
    if (open.length === 0) throw new Problem('fhir.scope')
    return open
  }
  return isInPatientCompartment(member) ? [member] : notFound()
}

async function inCompartment(ask: Ask): Promise<Answer> {
  const { type, id = '', member = '' } = ask.params
  if (type !== 'Patient') return notFound()
  const types = memberTypes(ask, member)
  const key = readPublicId(ask.ctx.keys.id, id)
  const within = key?.no === 0 && key.patientId > 0 ? key.patientId : 'nobody'
  return await answer(ask, `Patient/${id}/${member}`, () => ({ types, within }))
}

/** Searches: of one type, of several, in a Patient's compartment; by address or by body. */
export const searching: readonly Interaction[] = [
  { method: 'GET', path: ':type', run: byType },
  { method: 'POST', path: ':type/_search', run: byType },
  { method: 'GET', path: '', run: everywhere },
  { method: 'POST', path: '_search', run: everywhere },
  { method: 'GET', path: ':type/:id/:member', run: inCompartment },
  { method: 'POST', path: ':type/:id/:member/_search', run: inCompartment },
]
