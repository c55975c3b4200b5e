import { formOf } from '@sokhoe/codes'
import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { ageOn, type QuestionnaireResponse } from '@sokhoe/model'
import { setGrants } from '../access/index.ts'
import {
  type Book,
  bookOfShelf,
  type Demographics,
  homesOf,
  mayBeSame,
  openBookWith,
  restate,
  type StatedIdentifier,
} from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { bytesOf, type Entry, patientReference, put, read, type Stated } from '../record/index.ts'
import {
  aboutOf,
  type Extraction,
  extract,
  type Identity,
  identityOf,
  nextPatient,
  patientOf,
  reconcile,
  type Standing,
} from './extract.ts'

/** Checked answers, and how they came to us. */
export interface Telling {
  readonly ctx: Context
  readonly response: QuestionnaireResponse
  /** The day on which it was told, in Vietnam; its form decides. */
  readonly day: string
  /** With what a book is opened, where there is none yet; the ward where none is told. */
  readonly opening: Pick<
    Parameters<typeof openBookWith>[1],
    'phoneHash' | 'epoch' | 'relation' | 'ward' | 'campaign' | 'channel'
  >
  /** Under which consents are written down: by what way they were given. */
  readonly consentChannel: string
  /** Who may tell this of somebody born then. @throws {Problem} declaration.representative-needed and its kin */
  readonly checkAge: (birthDate: string) => void
  /** What of the earlier statements whoever tells it may see, and so end or change; all where absent. */
  readonly sees?: (entry: Entry) => boolean
  /** What the kept response says besides the answers: when, by whom it was taken down. */
  readonly frame: Readonly<Record<string, unknown>>
  /** Whoever speaks for a child; the person herself where absent. */
  readonly speaker?: Stated & { readonly urn: string }
}

export interface Kept {
  readonly home: number
  readonly patientId: number
  readonly resources: number
}

const GROWN_UP = 18

/** Whether somebody is surely, or maybe, under 18 on that day. */
export function isChild(birthDate: string, day: string): boolean {
  const age = ageOn(birthDate, day)
  return age === null || age.max < GROWN_UP
}

function identifiersOf({ idNumber, oldIdNumber, passport, insuranceNumber }: Identity): StatedIdentifier[] {
  const insurance = insuranceNumber?.length === 10 ? 'bhxh' : 'bhyt'
  const stated = [
    { system: 'cccd', value: idNumber },
    { system: 'cmnd', value: oldIdNumber },
    { system: 'passport', value: passport },
    { system: insurance, value: insuranceNumber },
  ] as const
  return stated.flatMap(({ system, value }) => (value === undefined ? [] : [{ system, value }]))
}

export const demographicsOf = (identity: Identity): Demographics => ({
  name: identity.name,
  sex: identity.sex,
  birthDate: identity.birthDate,
  identifiers: identifiersOf(identity),
  ...(identity.address !== undefined && { address: identity.address }),
})

/** Who the answers name; undefined where they leave that part out. */
export const identityIn = ({ response, day }: Pick<Telling, 'response' | 'day'>): Identity | undefined =>
  identityOf(aboutOf({ form: formOf(day), response }))

/** The answers as this person's own, kept whole beside what is drawn from them. */
function wholeResponse(telling: Telling, patient: string): FhirResource {
  const { response, frame, speaker } = telling
  const { questionnaire, item } = response
  const subject = { reference: patient }
  return {
    resourceType: 'QuestionnaireResponse',
    meta: {
      source: 'urn:sokhoe:source:self',
      tag: [{ system: 'urn:sokhoe:assurance', code: 'self-declared' }],
    },
    ...(questionnaire !== undefined && { questionnaire }),
    status: 'completed',
    subject,
    source: speaker ? { reference: speaker.urn } : subject,
    ...frame,
    ...(item !== undefined && { item }),
  }
}

function extractionOf({ ctx, response, day, speaker }: Telling, patientId: number): Extraction {
  const patient = patientReference(ctx, patientId)
  const by = { at: ctx.now().toISOString(), patient, ...(speaker && { author: speaker.urn }) }
  return extract(formOf(day), response, by)
}

const grant = (
  { ctx, consentChannel: channel }: Telling,
  home: number,
  { consents }: Extraction,
  homes: readonly number[] = [home],
) =>
  setGrants(
    ctx,
    home,
    consents.map((consent) => ({ ...consent, channel })),
    homes,
  )

const speakers = ({ speaker }: Telling): Stated[] => (speaker ? [speaker] : [])

/** The first declaration makes the book. @throws {Problem} declaration.invalid where nobody is named yet */
export async function newBook(telling: Telling): Promise<Kept> {
  const { ctx, opening } = telling
  const identity = identityIn(telling)
  if (!identity)
    throw new Problem('declaration.invalid', { at: ['A.01 required', 'A.02 required', 'A.05 required'] })
  telling.checkAge(identity.birthDate)
  const book = {
    ...opening,
    level: 'phone',
    source: 'self',
    ward: identity.ward ?? opening.ward,
    demographics: demographicsOf(identity),
  } as const
  return await openBookWith(ctx, book, async ({ home, patientId, newDataKey }) => {
    const extraction = extractionOf(telling, patientId)
    const resources: Stated[] = [
      { resource: patientOf(identity), no: 0 },
      ...speakers(telling),
      { resource: wholeResponse(telling, patientReference(ctx, patientId)) },
      ...extraction.statements.map(({ resource }) => ({ resource })),
    ]
    await Promise.all([
      put(ctx, { patientId, newDataKey, source: 'self', kind: 'declaration', resources }),
      grant(telling, home, extraction),
    ])
    return { home, patientId, resources: resources.length }
  })
}

/**
 * @returns what the book says of her now
 * @throws {Problem} declaration.other-person · declaration.representative-needed
 */
async function restateIdentity(telling: Telling, book: Book, identity: Identity): Promise<Demographics> {
  const { ctx } = telling
  const said = demographicsOf(identity)
  const own = await bookOfShelf(ctx, book)
  if (!mayBeSame(ctx.keys, own.demographics, said)) throw new Problem('declaration.other-person')
  telling.checkAge(identity.birthDate)
  return await restate(ctx, own, said, identity.ward)
}

interface Before {
  readonly patient: FhirResource
  /** What was stated, whole responses apart. */
  readonly standing: readonly Standing[]
}

/** What this person said before, as it stands; her own word only. */
async function before({ ctx, sees = () => true }: Telling, patientId: number): Promise<Before> {
  const entries = await read(ctx, [patientId], { restricted: true })
  const all = entries
    .filter((entry) => entry.type !== 'QuestionnaireResponse' && (entry.no === 0 || sees(entry)))
    .map((entry) => ({ no: entry.no, resource: parseJson(bytesOf(entry).toString()) as FhirResource }))
  const patient = all.find(({ no }) => no === 0)?.resource ?? { resourceType: 'Patient' }
  return { patient, standing: all.filter(({ no }) => no !== 0) }
}

/** What was confirmed is what her Patient says, whatever her answers say: those are kept whole beside it. */
const whoOf = (now: Demographics | undefined) =>
  now && { name: now.name, sex: now.sex, birthDate: now.birthDate }

/** Each later declaration adds versions and ends old statements. @throws {Problem} declaration.other-person */
export async function nextDeclaration(telling: Telling, book: Book): Promise<Kept> {
  const { ctx } = telling
  const { home, shelf: patientId } = book
  const extraction = extractionOf(telling, patientId)
  const { identity, about, parts } = extraction
  const now = identity && (await restateIdentity(telling, book, identity))
  const { patient, standing } = await before(telling, patientId)
  const { add, amend } = reconcile(standing, extraction)
  const next: Stated[] = [
    { resource: nextPatient(patient, { ...about, ...whoOf(now) }, parts.includes('about')), no: 0 },
    ...speakers(telling),
    { resource: wholeResponse(telling, patientReference(ctx, patientId)) },
    ...add.map(({ resource }) => ({ resource })),
    ...amend,
  ]
  const [{ resources }] = await Promise.all([
    put(ctx, { patientId, source: 'self', kind: 'declaration', resources: next }),
    grant(telling, home, extraction, homesOf(book)),
  ])
  return {
    home: homeOf(patientId),
    patientId,
    resources: resources.filter(({ outcome }) => outcome !== 'known').length,
  }
}
