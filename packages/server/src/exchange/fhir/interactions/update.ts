import type { FhirResource } from '@sokhoe/fhir'
import { Problem } from '../../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { malformed, needType, perform } from '../write/index.ts'
import { writtenAnswer } from './answers.ts'
import { resourceIn } from './body.ts'
import { ifMatch, needNoneMatch, needVersion } from './conditions.ts'
import { byMatch, make } from './create.ts'
import { find, needOwn } from './find.ts'
import { conditionIn } from './matching.ts'
import { messageOf } from './message.ts'

/**
 * The next version of a resource; one that was deleted is there again.
 * @see https://hl7.org/fhir/R4/http.html#update
 */

/** @throws {Problem} fhir.malformed: the address says another id, or the resource none */
export function needSameId({ id }: FhirResource, wanted: string): void {
  if (id === undefined) malformed('The resource has no id; write the one of the address', 'id')
  if (id !== wanted) malformed('The id of the resource and that of the address differ', 'id')
}

/** @throws {Problem} fhir.not-allowed: ids are this server's, nothing is created under one that is sent */
async function change(ask: Ask, type: string, id: string, resource: FhirResource): Promise<Answer> {
  const { ctx, header, base } = ask
  const found = await find(ctx, { type, id, action: 'exchange.write' })
  if (!found) throw new Problem('fhir.not-allowed')
  needOwn(found)
  const [standing] = found.versions
  const ifVersion = ifMatch(header('if-match'))
  needVersion(ifVersion, standing)
  needNoneMatch(header('if-none-match'), standing)
  const condition = ifVersion === undefined ? {} : { ifVersion }
  const { key, restricted } = found
  const deed = { kind: 'update', key, restricted, resource, ...condition } as const
  const [done] = await perform(ctx, [deed], messageOf(ask), { base })
  if (!done) throw new RangeError('nothing was changed')
  return writtenAnswer(ask, done, standing.deleted ? 201 : 200)
}

async function update(ask: Ask): Promise<Answer> {
  const { ctx, params } = ask
  const { type = '', id = '' } = params
  needType(type)
  needScope(ctx, type, 'u')
  const resource = await resourceIn(ask, type)
  needSameId(resource, id)
  return await change(ask, type, id, resource)
}

/** What a condition names is changed; where it names nothing, it is created. */
async function updateMatching(ask: Ask): Promise<Answer> {
  const { ctx, params, query } = ask
  const { type = '' } = params
  needType(type)
  needScope(ctx, type, 'u')
  const condition = conditionIn(query)
  const resource = await resourceIn(ask, type)
  const matching = { type, condition }
  return await byMatch(ask, matching, {
    absent: () => {
      // an id that is sent would become the resource's own
      if (resource.id !== undefined) throw new Problem('fhir.not-allowed')
      needScope(ctx, type, 'c')
      return make(ask, resource, [matching])
    },
    there: (id) => {
      if (resource.id !== undefined) needSameId(resource, id)
      return change(ask, type, id, resource)
    },
  })
}

export const updating: readonly Interaction[] = [
  { method: 'PUT', path: ':type/:id', run: update },
  { method: 'PUT', path: ':type', run: updateMatching },
]
