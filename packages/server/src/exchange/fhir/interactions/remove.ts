import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { needType, perform } from '../write/index.ts'
import { etagOf } from './answers.ts'
import { ifMatch, needVersion } from './conditions.ts'
import { needFound, needOwn } from './find.ts'
import { conditionIn, matchOf } from './matching.ts'
import { messageOf } from './message.ts'

/**
 * A resource is stated no longer; what it said stays in its history.
 * @see https://hl7.org/fhir/R4/http.html#delete
 */
async function removeOne(ask: Ask, type: string, id: string): Promise<Answer> {
  const { ctx, header, base } = ask
  const found = await needFound(ctx, { type, id, action: 'exchange.write' })
  needOwn(found)
  const [standing] = found.versions
  const ifVersion = ifMatch(header('if-match'))
  needVersion(ifVersion, standing)
  if (standing.deleted) return { status: 204, headers: { etag: etagOf(standing.version) } }
  const condition = ifVersion === undefined ? {} : { ifVersion }
  const { key, restricted } = found
  const deed = { kind: 'delete', key, restricted, type, ...condition } as const
  const [done] = await perform(ctx, [deed], messageOf(ask), { base })
  return { status: 204, headers: { etag: etagOf(done?.version ?? standing.version + 1) } }
}

async function remove(ask: Ask): Promise<Answer> {
  const { ctx, params } = ask
  const { type = '', id = '' } = params
  needType(type)
  needScope(ctx, type, 'd')
  return await removeOne(ask, type, id)
}

/** What a condition names; where it names nothing, there is nothing to do. */
async function removeMatching(ask: Ask): Promise<Answer> {
  const { ctx, params, query, base } = ask
  const { type = '' } = params
  needType(type)
  needScope(ctx, type, 'd')
  const match = await matchOf(ctx, base, { type, condition: conditionIn(query) })
  return match ? await removeOne(ask, type, match.id) : { status: 204 }
}

export const removing: readonly Interaction[] = [
  { method: 'DELETE', path: ':type/:id', run: remove },
  { method: 'DELETE', path: ':type', run: removeMatching },
]
