import { parseJson } from '@sokhoe/fhir'
import { applyPatch, type PatchFault } from '@sokhoe/fhir/patch'
import { Problem } from '../../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { issues } from '../outcome.ts'
import { asResource, malformed, needSmall, needType, needValid, perform, readBody } from '../write/index.ts'
import { goneAnswer, writtenAnswer } from './answers.ts'
import { ifMatch, needVersion } from './conditions.ts'
import { type Found, needFound, needOwn } from './find.ts'
import { conditionIn, matchOf } from './matching.ts'
import { messageOf } from './message.ts'

/**
 * The next version of a resource, told by what changes (RFC 6902); the result is held to all rules.
 * @see https://hl7.org/fhir/R4/http.html#patch
 */

const JSON_PATCH = 'application/json-patch+json'

/** @throws {Problem} fhir.media-type: FHIRPath Patch and XML Patch are not read */
function needJsonPatch(contentType: string | undefined): void {
  if ((contentType ?? '').split(';')[0]?.trim().toLowerCase() !== JSON_PATCH)
    throw new Problem('fhir.media-type')
}

const SENTENCES: Readonly<Record<PatchFault, string>> = {
  malformed: 'An operation of the patch has no form of RFC 6902',
  'no-such-place': 'An operation of the patch points to a place that is not there',
  'test-failed': 'A test of the patch failed: the resource says something else',
  'too-large': 'The patch copies more than a resource may hold',
}

/** @throws {Problem} fhir.malformed; fhir.invalid where it does not fit the resource */
export function patched(found: Found, operations: unknown): unknown {
  const result = applyPatch(
    parseJson(found.versions[0].bytes().toString(), { length: Number.POSITIVE_INFINITY }),
    operations,
  )
  if (result.ok) return result.value
  const line = {
    severity: 'error',
    code: result.why === 'malformed' ? 'structure' : 'processing',
    expression: `patch[${result.at}]`,
    text: SENTENCES[result.why],
  } as const
  throw new Problem(result.why === 'malformed' ? 'fhir.malformed' : 'fhir.invalid', { more: issues([line]) })
}

/** Whoever names no version means the one that stands: another one in between only means to look again. */
const MOST_TRIES = 4

const isConflict = (error: unknown): boolean =>
  error instanceof Problem &&
  (error.code === 'record.version-conflict' || error.code === 'fhir.version-conflict')

export interface Change {
  readonly type: string
  readonly id: string
  /** Operations, as parseJson gives them. */
  readonly operations: unknown
  readonly ifVersion?: number
}

async function tryPatch(ask: Ask, { type, id, operations, ifVersion }: Change): Promise<Answer> {
  const { ctx, base } = ask
  const found = await needFound(ctx, { type, id, action: 'exchange.write' })
  needOwn(found)
  const [standing] = found.versions
  if (standing.deleted) return goneAnswer(standing)
  needVersion(ifVersion, standing)
  const resource = asResource(patched(found, operations))
  if (resource.resourceType !== type || resource.id !== id)
    malformed('A patch changes neither the type nor the id of a resource')
  needSmall(resource)
  needValid(resource)
  const deed = {
    kind: 'update',
    key: found.key,
    resource,
    ifVersion: standing.version,
    restricted: found.restricted,
  } as const
  const [done] = await perform(ctx, [deed], messageOf(ask), { base })
  if (!done) throw new RangeError('nothing was changed')
  return writtenAnswer(ask, done, 200)
}

/** @throws {Problem} fhir.conflict: others were faster again and again */
async function changeBy(ask: Ask, change: Change): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryPatch(ask, change)
    } catch (error) {
      if (!isConflict(error) || change.ifVersion !== undefined) throw error
      if (tries === MOST_TRIES) throw new Problem('fhir.conflict', { cause: error })
    }
  }
}

function changeIn({ header, body }: Ask): Omit<Change, 'type' | 'id'> {
  needJsonPatch(header('content-type'))
  const ifVersion = ifMatch(header('if-match'))
  return { operations: readBody(body), ...(ifVersion !== undefined && { ifVersion }) }
}

async function patch(ask: Ask): Promise<Answer> {
  const { ctx, params } = ask
  const { type = '', id = '' } = params
  needType(type)
  needScope(ctx, type, 'u')
  return await changeBy(ask, { type, id, ...changeIn(ask) })
}

/** @throws {Problem} fhir.not-found: the condition names nothing */
async function patchMatching(ask: Ask): Promise<Answer> {
  const { ctx, params, query, base } = ask
  const { type = '' } = params
  needType(type)
  needScope(ctx, type, 'u')
  const match = await matchOf(ctx, base, { type, condition: conditionIn(query) })
  if (!match) throw new Problem('fhir.not-found')
  return await changeBy(ask, { type, id: match.id, ...changeIn(ask) })
}

export const patching: readonly Interaction[] = [
  { method: 'PATCH', path: ':type/:id', run: patch },
  { method: 'PATCH', path: ':type', run: patchMatching },
]
