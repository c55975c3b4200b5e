import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { needJson } from '../media.ts'
import { asResource, needSameType, needType, needValid, perform, readBody } from '../write/index.ts'
import { writtenAnswer } from './answers.ts'
import { messageOf } from './message.ts'

/**
 * A new resource under an id of this server's. What was sent twice is there twice.
 * @see https://hl7.org/fhir/R4/http.html#create
 */
async function create(ask: Ask): Promise<Answer> {
  const { ctx, params, header, body, base } = ask
  const { type = '' } = params
  needType(type)
  needScope(ctx, type, 'c')
  needJson(header('content-type'))
  const resource = asResource(readBody(body))
  needSameType(resource, type)
  needValid(resource)
  const [done] = await perform(ctx, [{ kind: 'create', resource }], messageOf(ask), base)
  if (!done) throw new RangeError('nothing was created')
  return writtenAnswer(ask, done, 201)
}

export const creating: readonly Interaction[] = [{ method: 'POST', path: ':type', run: create }]
