import { randomUUID } from 'node:crypto'
import { facilityOf, icd10At } from '@sokhoe/codes'
import { writeJson } from '@sokhoe/fhir'
import { type Along, GOES_ALONG, SPOKEN_OF, type Statement, summaryDocument } from '@sokhoe/fhir/ips'
import { dayInVietnam } from '@sokhoe/model'
import { noteRefusal } from '../../../audit/index.ts'
import { Problem } from '../../../platform/problem.ts'
import type { Answer, Ask, Interaction } from '../answer.ts'
import { hasScope, needScope } from '../answer.ts'
import { badInput, type Inputs, inputsOf } from '../parameters.ts'
import { addressIn, type Item } from '../search/item.ts'
import { find } from '../search/run.ts'
import { directoryItems } from '../search/scene.ts'
import { directoryNumbers, type OpenPerson, openPerson, othersOf } from './open.ts'

const alongOf = (item: Item, base: string): Along => ({
  fullUrl: `${base}/${addressIn(item)}`,
  type: item.type,
  resource: item.resource,
  text: item.bytes(),
})

const statementOf = (item: Item, base: string): Statement => ({
  ...alongOf(item, base),
  code: item.code,
  date: item.date,
  source: item.source,
  stated: item.at,
})

const HOUSE: Along = (() => {
  const resource = { resourceType: 'Organization', name: 'Sổ Khỏe, Sở Y tế Thành phố Hồ Chí Minh' }
  return {
    fullUrl: 'urn:uuid:5b0c5b0c-5b0c-4b0c-8b0c-5b0c5b0c5b0c',
    type: resource.resourceType,
    resource: () => resource,
    text: writeJson(resource),
  }
})()

const OTHER_SOURCES: Readonly<Record<string, string>> = { self: 'Tự khai' }

const sourceName = (source: string): string => OTHER_SOURCES[source] ?? facilityOf(source)?.name ?? source

/** The block of the classification: diabetes told as such and diabetes named exactly stand in one. */
function familyOn(day: string): (icd10: string) => string | undefined {
  return (icd10) => {
    const found = icd10At(icd10, day)
    return typeof found === 'string' ? undefined : found.block
  }
}

async function referred({ ctx, base }: Ask, spoken: readonly Item[]): Promise<Along[]> {
  const nos = directoryNumbers(spoken)
  const items = await directoryItems(ctx, [...nos])
  return items
    .filter(({ type }) => GOES_ALONG.has(type) && hasScope(ctx, type, 'r'))
    .map((item) => alongOf(item, base))
}

async function document(ask: Ask, person: OpenPerson): Promise<readonly (string | Buffer)[]> {
  const { ctx, base } = ask
  const now = ctx.now().toISOString()
  const spoken = person.items.filter(({ type }) => SPOKEN_OF.has(type) || GOES_ALONG.has(type))
  return summaryDocument({
    patient: alongOf(person.patient, base),
    linked: othersOf(ctx, person, person.patientId),
    statements: spoken.map((item) => statementOf(item, base)),
    others: await referred(ask, spoken),
    author: HOUSE,
    base,
    ids: [randomUUID(), randomUUID()],
    now,
    sourceName,
    ownOnly: !person.reach.all,
    withheld: new Set([...SPOKEN_OF].filter((type) => !hasScope(ctx, type, 'r'))),
    familyOf: familyOn(dayInVietnam(now)),
  })
}

const PROFILE =
  /^http:\/\/hl7\.org\/fhir\/uv\/ips\/StructureDefinition\/(?:Composition|Bundle)-uv-ips(?:\|2\.0\.0)?$/

/** @throws {Problem} fhir.not-supported: a summary of another kind */
function needOurProfile(inputs: Inputs): void {
  const profile = inputs.text('profile')
  if (profile !== undefined && !PROFILE.test(profile))
    throw new Problem('fhir.not-supported', { at: ['http.profile'] })
}

/**
 * What a doctor must know of one person first, as an International Patient Summary.
 * @see http://hl7.org/fhir/uv/ips/OperationDefinition/summary version 2.0.0
 */
async function summary(ask: Ask): Promise<Answer> {
  needScope(ask.ctx, 'Patient', 'r')
  needOurProfile(inputsOf(ask))
  const { person, noted } = await openPerson(ask, 'exchange.summary')
  const [body] = await Promise.all([document(ask, person), noted])
  return { status: 200, body }
}

/** `system|value`, as a text or as an Identifier. @throws {Problem} fhir.malformed */
function identifierIn(inputs: Inputs): string {
  const { system, value } = inputs.object('identifier') ?? {}
  if (typeof value === 'string') return typeof system === 'string' ? `${system}|${value}` : value
  const text = inputs.text('identifier')
  if (text === undefined) throw badInput('identifier', 'Give an identifier as system|value')
  return text
}

/**
 * Her Patient by an identifier: the asker's own before those of others.
 * @throws {Problem} fhir.not-found; fhir.many-matches where it names several persons
 */
async function patientNamed(ask: Ask, identifier: string): Promise<Item> {
  const { ctx, base } = ask
  const pairs = [['identifier', identifier]] as const
  const { matches, ground } = await find({ ctx, base, types: ['Patient'], pairs, strict: true })
  const persons = new Set(matches.map(({ patientId }) => ground.scene.reaches.get(patientId)?.home))
  if (persons.size > 1) throw new Problem('fhir.many-matches')
  const facility = ctx.actor.kind === 'client' ? ctx.actor.facility : ''
  const patient = matches.find(({ source }) => source === facility) ?? matches[0]
  if (patient) return patient
  await noteRefusal(ctx, { action: 'exchange.summary', what: 'Patient' })
  throw new Problem('fhir.not-found')
}

async function byIdentifier(ask: Ask): Promise<Answer> {
  needScope(ask.ctx, 'Patient', 'r')
  const patient = await patientNamed(ask, identifierIn(inputsOf(ask)))
  return await summary({ ...ask, params: { ...ask.params, id: patient.id() } })
}

const METHODS = ['GET', 'POST'] as const

export const summaryOf: readonly Interaction[] = METHODS.flatMap((method) => [
  { method, path: 'Patient/:id/$summary', run: summary },
  { method, path: 'Patient/$summary', run: byIdentifier },
])
