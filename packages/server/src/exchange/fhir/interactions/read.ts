import { linkedPatients } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { withLinks } from '../links.ts'
import { needType } from '../write/index.ts'
import { goneAnswer, headersOf } from './answers.ts'
import { isKnown, notModified } from './conditions.ts'
import { type Found, needFound, type Version } from './find.ts'
import { partAsked } from './part.ts'

/**
 * Reading one resource, or one version of it.
 * @see https://hl7.org/fhir/R4/http.html#read
 */

/** A Patient of a person who is open tells of the person's other Patients; that is never kept. */
const textOf = (ctx: Context, { type, reach }: Found, { bytes }: Version): Buffer =>
  type === 'Patient' && reach ? withLinks(bytes(), linkedPatients(ctx, reach)) : bytes()

async function read(ask: Ask): Promise<Answer> {
  const { ctx, params } = ask
  const { type = '', id = '' } = params
  needType(type)
  needScope(ctx, type, 'r')
  const part = partAsked(ask)
  const found = await needFound(ctx, { type, id, action: 'exchange.read' })
  const [standing] = found.versions
  if (standing.deleted) return goneAnswer(standing)
  if (isKnown(ask, standing)) return notModified(standing)
  const whole = textOf(ctx, found, standing)
  return { status: 200, headers: headersOf(standing), body: part ? part(whole) : whole }
}

async function vread(ask: Ask): Promise<Answer> {
  const { ctx, params } = ask
  const { type = '', id = '', version: wanted = '' } = params
  needType(type)
  needScope(ctx, type, 'r')
  const part = partAsked(ask)
  const { versions } = await needFound(ctx, { type, id, action: 'exchange.history' })
  const version = versions.find((each) => String(each.version) === wanted)
  if (!version) throw new Problem('fhir.not-found')
  if (version.deleted) return goneAnswer(version)
  if (isKnown(ask, version)) return notModified(version)
  const whole = version.bytes()
  return { status: 200, headers: headersOf(version), body: part ? part(whole) : whole }
}

export const reading: readonly Interaction[] = [
  { method: 'GET', path: ':type/:id', run: read },
  { method: 'GET', path: ':type/:id/_history/:version', run: vread },
]
