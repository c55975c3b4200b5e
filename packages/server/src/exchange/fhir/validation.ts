import { isResourceType, validate } from '@sokhoe/fhir/validate'
import { note } from '../../audit/index.ts'
import { Problem } from '../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from './answer.ts'
import { type OutcomeIssue, outcome } from './outcome.ts'
import { badInput, bodyOf, type Inputs, inputsFrom, inputsIn, isObject } from './parameters.ts'

const MODES = ['create', 'update', 'delete', 'profile'] as const
type Mode = (typeof MODES)[number]

interface Asked {
  readonly resource: Readonly<Record<string, unknown>> | undefined
  readonly mode: Mode | undefined
  readonly profile: string | undefined
}

const isMode = (text: string): text is Mode => MODES.some((mode) => mode === text)

function modeIn(inputs: Inputs): Mode | undefined {
  const mode = inputs.text('mode')
  if (mode === undefined || isMode(mode)) return mode
  throw badInput('mode', 'One of create, update, delete, profile')
}

/** The body is the resource itself, or Parameters that hold it; what stands in the address counts where they say nothing. */
function asked(ask: Ask): Asked {
  const address = inputsFrom(ask.query)
  const from = (inputs: Inputs, resource: Asked['resource']): Asked => ({
    resource,
    mode: modeIn(inputs) ?? modeIn(address),
    profile: inputs.text('profile') ?? address.text('profile'),
  })
  if (ask.body === undefined || ask.body.length === 0) return from(address, undefined)
  const body = bodyOf(ask)
  if (body['resourceType'] !== 'Parameters' || ask.params['type'] === 'Parameters') return from(address, body)
  const inputs = inputsIn(body)
  return from(inputs, inputs.object('resource'))
}

const RIGHTS = { create: 'c', update: 'u', delete: 'd' } as const

const wrong = (code: string, expression: string, text: string): OutcomeIssue => ({
  severity: 'error',
  code,
  expression,
  text,
})

/** What the address says of the resource, and the resource does not. */
function atOdds({ params }: Ask, { resource, mode }: Asked): OutcomeIssue[] {
  const { type = '', id } = params
  if (!isObject(resource)) return []
  const named = resource['resourceType']
  if (typeof named === 'string' && isResourceType(named) && named !== type)
    return [wrong('invalid', 'resourceType', 'The resource is of another type than the address says')]
  const isOther = id !== undefined && mode !== 'create' && resource['id'] !== id
  return isOther ? [wrong('invalid', `${type}.id`, 'The id must be the one in the address')] : []
}

const FINE: OutcomeIssue = {
  severity: 'information',
  code: 'informational',
  text: 'Nothing was found against it',
}

/** The lines of the answer; never none. */
function linesFor(ask: Ask, one: Asked): readonly OutcomeIssue[] {
  const { resource, profile } = one
  if (resource === undefined) throw badInput('resource', 'Give the resource to validate')
  const found = [...atOdds(ask, one), ...validate(resource, profile === undefined ? {} : { profile })]
  return found.length > 0 ? found : [FINE]
}

/**
 * Whether a resource would be taken: nothing of it is kept, and it is answered 200 whatever is found.
 * @see https://hl7.org/fhir/R4/resource-operation-validate.html
 */
async function validation(ask: Ask): Promise<Answer> {
  const { type = '' } = ask.params
  if (!isResourceType(type)) throw new Problem('fhir.not-found')
  const one = asked(ask)
  if (one.mode !== undefined && one.mode !== 'profile') needScope(ask.ctx, type, RIGHTS[one.mode])
  const body = outcome(linesFor(ask, one))
  await note(ask.ctx, { action: 'exchange.validate', what: type })
  return { status: 200, body }
}

export const validating: readonly Interaction[] = [':type/$validate', ':type/:id/$validate'].map((path) => ({
  method: 'POST',
  path,
  run: validation,
}))
