import type { FhirResource } from '@sokhoe/fhir'
import { Problem } from '../../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { needJson } from '../media.ts'
import {
  asResource,
  malformed,
  needSameType,
  needType,
  needValid,
  perform,
  readBody,
} from '../write/index.ts'
import { writtenAnswer } from './answers.ts'
import { ifMatch, needVersion } from './conditions.ts'
import { type Found, find, needOwn } from './find.ts'
import { messageOf } from './message.ts'

/** @throws {Problem} fhir.malformed: the address says another id */
function needSameId({ id }: FhirResource, wanted: string): void {
  if (id === undefined) malformed('The resource has no id; write the one of the address', 'id')
  if (id !== wanted) malformed('The id of the resource and that of the address differ', 'id')
}

/**
 * What is there and may be changed by the actor.
 * @throws {Problem} fhir.not-allowed: ids are this server's, so nothing is created by them; fhir.version-conflict
 */
async function needChangeable(
  { ctx, header }: Ask,
  which: { readonly type: string; readonly id: string },
): Promise<{ found: Found; ifVersion?: number }> {
  const found = await find(ctx, { ...which, action: 'exchange.write' })
  if (!found) throw new Problem('fhir.not-allowed')
  needOwn(found)
  const ifVersion = ifMatch(header('if-match'))
  needVersion(ifVersion, found.versions[0])
  return { found, ...(ifVersion !== undefined && { ifVersion }) }
}

/**
 * The next version of a resource; one that was deleted is there again.
 * @see https://hl7.org/fhir/R4/http.html#update
 */
async function update(ask: Ask): Promise<Answer> {
  const { ctx, params, header, body, base } = ask
  const { type = '', id = '' } = params
  needType(type)
  needScope(ctx, type, 'u')
  needJson(header('content-type'))
  const resource = asResource(readBody(body))
  needSameType(resource, type)
  needSameId(resource, id)
  needValid(resource)
  const { found, ...condition } = await needChangeable(ask, { type, id })
  const deed = { kind: 'update', key: found.key, resource, ...condition } as const
  const [done] = await perform(ctx, [deed], messageOf(ask), base)
  if (!done) throw new RangeError('nothing was changed')
  return writtenAnswer(ask, done, found.versions[0].deleted ? 201 : 200)
}

export const updating: readonly Interaction[] = [{ method: 'PUT', path: ':type/:id', run: update }]
