import { formOf, wardAt } from '@sokhoe/codes'
import { type FhirResource, isWrittenNumber, parseJson, writeJson } from '@sokhoe/fhir'
import { ageOn, checkResponse, dayInVietnam, type QuestionnaireResponse } from '@sokhoe/model'
import { setGrants } from '../access/index.ts'
import {
  type Book,
  booksOf,
  type Demographics,
  lockTelephone,
  mayBeSame,
  openBookWith,
  restate,
  type StatedIdentifier,
} from '../identity/index.ts'
import { type Context, inTransaction, type Resident } from '../platform/context.ts'
import { fingerprint } from '../platform/keys.ts'
import { Problem } from '../platform/problem.ts'
import { bytesOf, patientReference, put, read, type Stated } from '../record/index.ts'
import { campaignOf } from './campaign.ts'
import { dropDraft } from './draft.ts'
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
import { inTurn } from './turns.ts'

export interface Declared {
  readonly outcome: 'kept' | 'known'
  readonly patientId: number
  /** Resources kept by this declaration. */
  readonly resources: number
  readonly at: Date
}

const GROWN_UP = 18

/**
 * The same answers have one text, however the client ordered or spaced them.
 * @throws {Problem} declaration.invalid for an object that only looks like a written number
 */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null || isWrittenNumber(value)) return value
  if ('rawJSON' in value) throw new Problem('declaration.invalid', { at: [' wrong-type'] })
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, canonical(each)]),
  )
}

const wardIsKnown = (day: string) => (_valueSet: string, code: string) => wardAt(code, day) !== undefined

/** @throws {Problem} request.not-json · declaration.invalid with each linkId and rule */
function readResponse(text: string, day: string): QuestionnaireResponse {
  let response: unknown
  try {
    response = parseJson(text)
  } catch (cause) {
    throw new Problem('request.not-json', { cause })
  }
  const faults = checkResponse(formOf(day), response, { day, partial: true, hasCode: wardIsKnown(day) })
  if (faults.length > 0)
    throw new Problem('declaration.invalid', { at: faults.map(({ linkId, rule }) => `${linkId} ${rule}`) })
  return response as QuestionnaireResponse
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

const demographicsOf = (identity: Identity): Demographics => ({
  name: identity.name,
  sex: identity.sex,
  birthDate: identity.birthDate,
  identifiers: identifiersOf(identity),
  ...(identity.address !== undefined && { address: identity.address }),
})

/** @throws {Problem} declaration.representative-needed for whoever is surely under 18 */
function refuseChildren(identity: Identity, day: string): void {
  const age = ageOn(identity.birthDate, day)
  if (age === null || age.max < GROWN_UP) throw new Problem('declaration.representative-needed')
}

interface Declaring {
  readonly ctx: Context
  readonly resident: Resident
  readonly response: QuestionnaireResponse
  readonly day: string
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/** When the answers were given: as the telephone says, unless its clock is ahead of ours. */
function authoredAt(said: unknown, now: Date): string {
  const given = typeof said === 'string' && INSTANT.test(said) && Date.parse(said) <= now.getTime()
  return given ? said : now.toISOString()
}

/** The answers as this person's own, kept whole beside what is drawn from them. */
function wholeResponse({ ctx, response }: Declaring, subject: { reference: string }): FhirResource {
  const { questionnaire, authored, item } = response
  return {
    resourceType: 'QuestionnaireResponse',
    meta: {
      source: 'urn:sokhoe:source:self',
      tag: [{ system: 'urn:sokhoe:assurance', code: 'self-declared' }],
    },
    ...(questionnaire !== undefined && { questionnaire }),
    status: 'completed',
    subject,
    authored: authoredAt(authored, ctx.now()),
    source: subject,
    ...(item !== undefined && { item }),
  }
}

function extractionOf({ ctx, response, day }: Declaring, patientId: number): Extraction {
  const patient = patientReference(ctx, patientId)
  return extract(formOf(day), response, { at: ctx.now().toISOString(), patient })
}

interface Kept {
  readonly home: number
  readonly patientId: number
  readonly resources: number
}

const grant = (ctx: Context, home: number, { consents }: Extraction): Promise<void> =>
  setGrants(
    ctx,
    home,
    consents.map((consent) => ({ ...consent, channel: 'declaration' })),
  )

/** @throws {Problem} declaration.invalid where nobody is named yet */
async function newBook(declaring: Declaring, campaignWard: string | undefined): Promise<Kept> {
  const { ctx, resident, response, day } = declaring
  const identity = identityOf(aboutOf({ form: formOf(day), response }))
  if (!identity)
    throw new Problem('declaration.invalid', { at: ['A.01 required', 'A.02 required', 'A.05 required'] })
  refuseChildren(identity, day)
  const opening = {
    phoneHash: resident.phoneHash,
    relation: 'self',
    level: 'phone',
    source: 'self',
    ward: identity.ward ?? campaignWard ?? null,
    demographics: demographicsOf(identity),
    campaign: resident.campaign,
    channel: 'self',
  } as const
  return await openBookWith(ctx, opening, async ({ home, patientId, newDataKey }) => {
    const extraction = extractionOf(declaring, patientId)
    const resources: Stated[] = [
      { resource: patientOf(identity), no: 0 },
      { resource: wholeResponse(declaring, { reference: patientReference(ctx, patientId) }) },
      ...extraction.statements.map(({ resource }) => ({ resource })),
    ]
    await Promise.all([
      put(ctx, { patientId, newDataKey, source: 'self', kind: 'declaration', resources }),
      grant(ctx, home, extraction),
    ])
    return { home, patientId, resources: resources.length }
  })
}

/** @throws {Problem} declaration.other-person · declaration.representative-needed */
async function restateIdentity({ ctx, day }: Declaring, book: Book, identity: Identity): Promise<void> {
  const said = demographicsOf(identity)
  if (!mayBeSame(ctx.keys, book.demographics, said)) throw new Problem('declaration.other-person')
  refuseChildren(identity, day)
  await restate(ctx, book, said, identity.ward)
}

interface Before {
  readonly patient: FhirResource
  /** What was stated, whole responses apart. */
  readonly standing: readonly Standing[]
}

/** What this person said before, as it stands; her own word only. */
async function before(ctx: Context, patientId: number): Promise<Before> {
  const entries = await read(ctx, [patientId], { restricted: true })
  const all = entries
    .filter(({ type }) => type !== 'QuestionnaireResponse')
    .map((entry) => ({ no: entry.no, resource: parseJson(bytesOf(entry).toString()) as FhirResource }))
  const patient = all.find(({ no }) => no === 0)?.resource ?? { resourceType: 'Patient' }
  return { patient, standing: all.filter(({ no }) => no !== 0) }
}

async function nextDeclaration(declaring: Declaring, book: Book): Promise<Kept> {
  const { ctx } = declaring
  const { home, patientId } = book
  const extraction = extractionOf(declaring, patientId)
  const { identity, about, parts } = extraction
  if (identity) await restateIdentity(declaring, book, identity)
  const { patient, standing } = await before(ctx, patientId)
  const { add, amend } = reconcile(standing, extraction)
  const next: Stated[] = [
    { resource: nextPatient(patient, about, parts.includes('about')), no: 0 },
    { resource: wholeResponse(declaring, { reference: patientReference(ctx, patientId) }) },
    ...add.map(({ resource }) => ({ resource })),
    ...amend,
  ]
  const [{ resources }] = await Promise.all([
    put(ctx, { patientId, source: 'self', kind: 'declaration', resources: next }),
    grant(ctx, home, extraction),
  ])
  return { home, patientId, resources: resources.filter(({ outcome }) => outcome !== 'known').length }
}

async function keep(declaring: Declaring, uuid: string, digest: Buffer): Promise<Declared> {
  const { ctx, resident } = declaring
  const { phoneHash } = resident
  const { campaign: code } = resident
  const [locked, campaign, known] = await Promise.all([
    lockTelephone(ctx, resident),
    code === null ? undefined : campaignOf(ctx, code),
    ctx.db
      .selectFrom('declaration.kept')
      .select(['digest', 'patient_id', 'resources', 'at'])
      .where('phone_hash', '=', phoneHash)
      .where('uuid', '=', uuid)
      .executeTakeFirst(),
  ])
  if (known) {
    if (!known.digest.equals(digest)) throw new Problem('declaration.changed')
    return { outcome: 'known', patientId: known.patient_id, resources: known.resources, at: known.at }
  }
  const book = (await booksOf(ctx, locked)).find(({ relation }) => relation === 'self')
  const mine: Declaring = { ...declaring, resident: locked }
  const { home, patientId, resources } = book
    ? await nextDeclaration(mine, book)
    : await newBook(mine, campaign?.ward)
  const at = ctx.now()
  await Promise.all([
    ctx.db
      .insertInto('declaration.kept')
      .values({ phone_hash: phoneHash, uuid, digest, home, patient_id: patientId, resources, at })
      .execute(),
    dropDraft(ctx, phoneHash, uuid),
  ])
  return { outcome: 'kept', patientId, resources, at }
}

/**
 * Keeps a declaration: the first at a telephone makes the book, each later one adds versions and ends old statements.
 * Whatever happens on the way, all of it is there or none; once answered it is durable.
 *
 * @param uuid chosen by the client: the same answers under it again are the same declaration
 * @param text the QuestionnaireResponse as it came
 * @throws {Problem} declaration.invalid · declaration.changed · declaration.other-person ·
 *   declaration.representative-needed · request.not-json
 */
export async function declare(
  ctx: Context,
  resident: Resident,
  uuid: string,
  text: string,
): Promise<Declared> {
  const day = dayInVietnam(ctx.now())
  const response = readResponse(text, day)
  const digest = fingerprint(ctx.keys, 'declaration', writeJson(canonical(response)))
  // they would wait for one another in the database, each on a connection that others need
  return await inTurn(resident.phoneHash.toString('base64'), () =>
    inTransaction(ctx, (ctx) => keep({ ctx, resident, response, day }, uuid, digest)),
  )
}
