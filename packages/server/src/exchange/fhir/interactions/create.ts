import type { FhirResource } from '@sokhoe/fhir'
import { Problem } from '../../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { needType, perform } from '../write/index.ts'
import { knownAnswer, writtenAnswer } from './answers.ts'
import { resourceIn } from './body.ts'
import { needFound } from './find.ts'
import { type Matching, matchOf, readCondition, stillUnmatched } from './matching.ts'
import { messageOf } from './message.ts'

/**
 * A new resource under an id of this server's. What was sent twice is there twice, unless If-None-Exist says what would
 * make it the same.
 * @see https://hl7.org/fhir/R4/http.html#create
 */

/** @param unless only while nothing of the sender's meets these */
export async function make(
  ask: Ask,
  resource: FhirResource,
  unless: readonly Matching[] = [],
): Promise<Answer> {
  const { ctx, base } = ask
  const guard =
    unless.length === 0 ? {} : { guard: (inner: Ask['ctx']) => stillUnmatched(inner, base, unless) }
  const [done] = await perform(ctx, [{ kind: 'create', resource }], messageOf(ask), { base, ...guard })
  if (!done) throw new RangeError('nothing was created')
  return writtenAnswer(ask, done, 201)
}

const isConflict = (error: unknown): boolean => error instanceof Problem && error.code === 'fhir.conflict'

export interface Either {
  /** With the id of what meets the condition. */
  readonly there: (id: string) => Promise<Answer>
  /** Creates it, unless the condition is met by then. */
  readonly absent: () => Promise<Answer>
}

/** One or the other, by what the sender itself stated. Of any number who come at once one creates. */
export async function byMatch(
  { ctx, base }: Ask,
  matching: Matching,
  { there, absent }: Either,
): Promise<Answer> {
  for (let again = false; ; again = true) {
    const match = await matchOf(ctx, base, matching)
    if (match) return await there(match.id)
    try {
      return await absent()
    } catch (error) {
      if (again || !isConflict(error)) throw error
    }
  }
}

async function create(ask: Ask): Promise<Answer> {
  const { ctx, params, header } = ask
  const { type = '' } = params
  needType(type)
  needScope(ctx, type, 'c')
  const resource = await resourceIn(ask, type)
  const unless = header('if-none-exist')
  if (unless === undefined) return await make(ask, resource)
  const matching = { type, condition: readCondition(unless) }
  return await byMatch(ask, matching, {
    absent: () => make(ask, resource, [matching]),
    there: async (id) => knownAnswer(ask, await needFound(ctx, { type, id, action: 'exchange.read' })),
  })
}

export const creating: readonly Interaction[] = [{ method: 'POST', path: ':type', run: create }]
