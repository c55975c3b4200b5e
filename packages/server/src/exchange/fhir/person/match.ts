import type { FhirResource } from '@sokhoe/fhir'
import { dayInVietnam } from '@sokhoe/model'
import { type Matched, matchPatients } from '../../../identity/index.ts'
import { type Answer, type Ask, type Interaction, needScope } from '../answer.ts'
import { withLinks } from '../links.ts'
import { badInput, countIn, type Inputs, inputsOf } from '../parameters.ts'
import { addressIn, type Item, placeOf } from '../search/item.ts'
import { openScene, type Scene } from '../search/scene.ts'
import { noteSearch } from '../search/told.ts'
import { statedPatientOf } from '../write/index.ts'

const MATCH_GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade'
/** Patients in an answer: where nothing is said, and at most. */
const USUAL = 10
const MOST = 50

/** @throws {Problem} fhir.malformed */
function patientIn(inputs: Inputs): FhirResource {
  const resource = inputs.resource('resource')
  if (resource?.['resourceType'] !== 'Patient') throw badInput('resource', 'Give the Patient to look for')
  return resource as unknown as FhirResource
}

/** @throws {Problem} fhir.malformed */
function onlyCertainIn(inputs: Inputs): boolean {
  const text = inputs.text('onlyCertainMatches') ?? 'false'
  if (text !== 'true' && text !== 'false') throw badInput('onlyCertainMatches', 'true or false')
  return text === 'true'
}

/** @throws {Problem} fhir.malformed */
function mostIn(inputs: Inputs): number {
  const count = countIn(inputs, 'count') ?? USUAL
  if (count === 0) throw badInput('count', 'A whole number above 0')
  return Math.min(count, MOST)
}

interface Line extends Matched {
  readonly item: Item
}

/** Her other Patients, for whoever may know of them. */
function bytesOf({ alike }: Scene, { item }: Line): Buffer {
  const own = addressIn(item)
  return withLinks(
    item.bytes(),
    [...(alike.get(own) ?? [])].filter((other) => other !== own),
  )
}

function* bundle(lines: readonly Line[], scene: Scene, base: string): Generator<string | Buffer> {
  yield `{"resourceType":"Bundle","type":"searchset","total":${lines.length}`
  if (lines.length > 0) yield ',"entry":['
  for (const [at, line] of lines.entries()) {
    const search = {
      extension: [{ url: MATCH_GRADE, valueCode: line.grade }],
      mode: 'match',
      score: line.score,
    }
    const fullUrl = JSON.stringify(`${base}/${addressIn(line.item)}`)
    yield `${at === 0 ? '' : ','}{"fullUrl":${fullUrl},"search":${JSON.stringify(search)},"resource":`
    yield bytesOf(scene, line)
    yield '}'
  }
  yield lines.length > 0 ? ']}' : '}'
}

/**
 * Who of those whom the asker may see is the one described, each graded. Of whom she may not see nothing is told, not
 * even by a number of hits: the answer is the same as if there were nobody.
 * @see https://hl7.org/fhir/R4/patient-operation-match.html
 */
async function match(ask: Ask): Promise<Answer> {
  const { ctx, base } = ask
  needScope(ctx, 'Patient', 's')
  const inputs = inputsOf(ask)
  const [patient, onlyCertain, most] = [patientIn(inputs), onlyCertainIn(inputs), mostIn(inputs)]
  const facility = ctx.actor.kind === 'client' ? ctx.actor.facility : ''
  const found = await matchPatients(ctx, statedPatientOf(patient, facility, dayInVietnam(ctx.now())))
  const certain = found.filter(({ grade }) => grade === 'certain')
  // one who is sure to be meant, or nobody: never a choice among several
  const wanted = onlyCertain ? (certain.length === 1 ? certain : []) : found.slice(0, most)
  const scene = await openScene(
    ctx,
    wanted.map(({ patientId }) => patientId),
  )
  const lines = wanted.flatMap((one): Line[] => {
    const item = scene.items.get(placeOf({ patientId: one.patientId, no: 0 }))
    return item ? [{ ...one, item }] : []
  })
  const items = lines.map(({ item }) => item)
  await noteSearch({ ground: { scene, others: new Map() }, items, about: [], hidden: [], what: 'Patient' })
  return { status: 200, body: [...bundle(lines, scene, base)] }
}

export const matchOf: readonly Interaction[] = [{ method: 'POST', path: 'Patient/$match', run: match }]
