import { parseJson } from '@sokhoe/fhir'
import { isResourceType, validate } from '@sokhoe/fhir/validate'
import { note } from '../../audit/index.ts'
import { Problem } from '../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from './answer.ts'
import { needFound } from './interactions/find.ts'
import { type OutcomeIssue, outcome } from './outcome.ts'
import { badInput, bodyOf, type Inputs, inputsFrom, inputsIn, isObject } from './parameters.ts'

/** Of whatever the record holds, however deep and long it was let in. */
const STORED = { depth: 500, length: 100_000_000 }

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

/** What stands at the address, where nothing was sent. @throws {Problem} fhir.not-found, fhir.gone */
async function standing({ ctx, params }: Ask): Promise<Asked['resource']> {
  const { type = '', id } = params
  if (id === undefined) return undefined
  needScope(ctx, type, 'r')
  const { versions } = await needFound(ctx, { type, id, action: 'exchange.read' })
  const [{ deleted, bytes }] = versions
  if (deleted) throw new Problem('fhir.gone')
  const resource: unknown = parseJson(bytes().toString(), STORED)
  return isObject(resource) ? resource : undefined
}

/** The lines of the answer; never none. */
async function linesFor(ask: Ask, one: Asked): Promise<readonly OutcomeIssue[]> {
  const { profile } = one
  const resource = one.resource ?? (await standing(ask))
  if (resource === undefined) throw badInput('resource', 'Give the resource to validate')
  const found = [
    ...atOdds(ask, { ...one, resource }),
    ...validate(resource, profile === undefined ? {} : { profile }),
  ]
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
  const body = outcome(await linesFor(ask, one))
  await note(ask.ctx, { action: 'exchange.validate', what: type })
  return { status: 200, body }
}

export const validating: readonly Interaction[] = [
  { method: 'POST', path: ':type/$validate', run: validation },
  { method: 'POST', path: ':type/:id/$validate', run: validation },
  { method: 'GET', path: ':type/:id/$validate', run: validation },
]
