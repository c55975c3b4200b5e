import type { KeyObject } from 'node:crypto'
import { answersOf, type Household, type Resident, vaccinationStatement, visitStatements } from '@sokhoe/city'
import { formOf } from '@sokhoe/codes'
import type { FhirResource } from '@sokhoe/fhir'
import { readPhone } from '@sokhoe/model/phone'
import { TOPICS } from '@sokhoe/model/topics'
import { firstNoteRows } from '../audit/index.ts'
import { extract, patientOf } from '../declaration/index.ts'
import { accountRow, bookRows, facilityPatientRow, type StatedIdentifier } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { makeDataKey } from '../platform/datakeys.ts'
import { PATIENTS_A_HOME, publicId } from '../platform/ids.ts'
import { type NewShelf, type ShelfRows, type Stated, shelfRows } from '../record/index.ts'

/** What a batch of residents adds to the database. */
export interface Load {
  readonly shelves: ShelfRows[]
  readonly tables: Map<string, object[]>
}

export const emptyLoad = (): Load => ({ shelves: [], tables: new Map() })

/** Every table that rows are made for here; the record has its own. */
export const TABLES = [
  'identity.person',
  'identity.enrolment',
  'identity.patient',
  'identity.link',
  'identity.identifier',
  'identity.name_key',
  'identity.link_key',
  'identity.card',
  'identity.keeper',
  'identity.account',
  'identity.household',
  'audit.head',
  'audit.event',
  'access.grant',
  'access.proxy',
] as const

function addRows({ tables }: Load, table: (typeof TABLES)[number], rows: readonly object[]): void {
  const known = tables.get(table)
  if (known) known.push(...rows)
  else tables.set(table, [...rows])
}

const SYNTHETIC = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }

const SELF = 'urn:sokhoe:source:self'

/** Nobody real is meant: said in every resource. */
const synthetic = (resource: FhirResource): FhirResource => ({
  ...resource,
  meta: { ...resource.meta, security: [...(resource.meta?.security ?? []), SYNTHETIC] },
})

const identifiersOf = ({ idNumber, oldIdNumber, insurance }: Resident): StatedIdentifier[] => [
  ...(idNumber ? [{ system: 'cccd' as const, value: idNumber }] : []),
  ...(oldIdNumber ? [{ system: 'cmnd' as const, value: oldIdNumber }] : []),
  ...(insurance ? [{ system: 'bhyt' as const, value: insurance.card }] : []),
]

/** What a row needs of a context: no database, so that rows are made in any thread. */
export type Maker = Pick<Context, 'keys' | 'actor'>

interface Telling {
  /** Of the household's members, in their order. */
  readonly homes: readonly number[]
  readonly ctx: Maker
  readonly household: Household
  readonly resident: Resident
  readonly home: number
  readonly declaredOn: string
}

/** What the resident's own declaration becomes, by the same extraction that a real one takes. */
function ownArrival({ ctx, household, resident, home, declaredOn }: Telling) {
  const response = answersOf(resident, household.address, declaredOn)
  const at = new Date(response.authored ?? `${declaredOn}T03:00:00Z`)
  const patientId = home * PATIENTS_A_HOME
  const patient = `Patient/${publicId(ctx.keys.id, { patientId, no: 0 })}`
  const { identity, statements, consents } = extract(formOf(declaredOn), response, {
    at: at.toISOString(),
    patient,
  })
  const subject = { reference: patient }
  const whole = { ...response, meta: { source: SELF }, subject, source: subject } as unknown as FhirResource
  const resources: Stated[] = [
    ...(identity ? [{ resource: synthetic(patientOf(identity)), no: 0 }] : []),
    { resource: synthetic(whole) },
    ...statements.map(({ resource }) => ({ resource: synthetic(resource) })),
  ]
  return { patientId, arrival: { source: 'self', kind: 'declaration', resources, at }, at, consents }
}

function shelve(load: Load, ctx: Maker, shelf: NewShelf): void {
  const [first] = shelf.arrivals
  if (!first) return
  const { patientId } = shelf
  const { head, event } = firstNoteRows(ctx, { action: 'record.put', patientId, what: first.kind }, first.at)
  load.shelves.push(shelfRows(ctx.keys, shelf))
  addRows(load, 'audit.head', [head])
  addRows(load, 'audit.event', [event])
}

interface Keeping {
  readonly e164: string | null
  readonly relation: string
  /** Who keeps somebody else's book, by her home. */
  readonly holder?: number
}

function identityRows(
  load: Load,
  telling: Telling,
  { e164, relation, holder }: Keeping,
  dataKey: KeyObject,
  at: Date,
): void {
  const { ctx, household, resident, home } = telling
  const { address } = household
  const { name, sex, birthDate, level } = resident
  const account = e164 === null ? undefined : accountRow(ctx.keys, e164, at)
  const channel = holder === undefined ? 'self' : 'family'
  const book = bookRows(ctx.keys, {
    home,
    dataKey,
    level,
    relation,
    at,
    channel,
    source: 'self',
    ward: address.ward,
    synthetic: true,
    demographics: { name, sex, birthDate, identifiers: identifiersOf(resident), address: address.text },
    ...(account && { phoneHash: account.phone_hash }),
  })
  addRows(load, 'identity.person', [book.person])
  addRows(load, 'identity.enrolment', [book.enrolment])
  addRows(load, 'identity.patient', [book.patient])
  addRows(load, 'identity.link', [book.link])
  addRows(load, 'identity.identifier', book.identifiers)
  addRows(load, 'identity.name_key', book.names)
  addRows(load, 'identity.link_key', book.linkKeys)
  addRows(load, 'identity.card', [book.card])
  if (book.keeper) addRows(load, 'identity.keeper', [book.keeper])
  if (account && relation === 'self') addRows(load, 'identity.account', [account])
  if (holder !== undefined) addRows(load, 'access.proxy', [parentProxy(home, holder, at)])
  const { relation: inHousehold } = resident
  addRows(
    load,
    'identity.household',
    book.households.map((row) => ({ ...row, relation: inHousehold })),
  )
}

/** Diagnoses and doses are counted by the ward in which the person lived then. */
function markOf({ resource, day }: { resource: FhirResource; day: string }, ward: string) {
  const { code, vaccineCode } = resource as Coded
  const of =
    resource.resourceType === 'Condition' ? (['icd10', code] as const) : (['vaccine', vaccineCode] as const)
  const coding = of[1]?.coding?.at(of[0] === 'icd10' ? 0 : -1)?.code
  const counted = ['Condition', 'Immunization'].includes(resource.resourceType) && coding !== undefined
  return counted ? { cohort: [{ code: `${of[0]}:${coding}`, ward, day }] } : {}
}

interface Coded {
  readonly code?: { readonly coding?: readonly { readonly code?: string }[] }
  readonly vaccineCode?: { readonly coding?: readonly { readonly code?: string }[] }
}

/** A facility that joins sends what it knows of a person at once, in bundles of this many. */
const MOST_AT_ONCE = 64

/** Who somebody is, as a facility states it. */
export const patientResource = (
  facility: string,
  { name, sex, birthDate }: Pick<Resident, 'name' | 'sex' | 'birthDate'>,
): FhirResource =>
  synthetic({
    resourceType: 'Patient',
    meta: { source: `urn:sokhoe:source:${facility}` },
    name: [{ use: 'official', text: name }],
    gender: sex,
    birthDate,
  })

/** What one facility stated of one resident up to now, in order of time. */
function arrivalsFrom(
  { resident, household }: Telling,
  facility: string,
  subject: string,
): NewShelf['arrivals'] {
  const { ward } = household.address
  const visits = resident.visits
    .filter((visit) => visit.facility === facility)
    .map((visit) => ({ day: visit.day, statements: visitStatements(visit, subject) }))
  const doses = resident.vaccinations
    .filter((dose) => dose.facility === facility)
    .map((dose) => ({ day: dose.day, statements: [vaccinationStatement(dose, subject)] }))
  const events = [...visits, ...doses].toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const last = events.at(-1)
  if (!last) return []
  const all: Stated[] = [
    { resource: patientResource(facility, resident), no: 0 },
    ...events.flatMap(({ day, statements }) =>
      statements.map((each) => ({ ...each, ...markOf({ resource: each.resource, day }, ward) })),
    ),
  ]
  const at = new Date(`${last.day}T11:00:00Z`)
  return Array.from({ length: Math.ceil(all.length / MOST_AT_ONCE) }, (_, i) => ({
    source: facility,
    kind: visits.length > 0 ? 'visit' : 'dose',
    at,
    resources: all.slice(i * MOST_AT_ONCE, (i + 1) * MOST_AT_ONCE),
  }))
}

/** A facility's own Patient, in the home of the person it recognised, with what it did there. */
function facilityRows(load: Load, telling: Telling, facility: string, k: number): void {
  const { ctx, household, resident, home } = telling
  const patientId = home * PATIENTS_A_HOME + k
  const subject = `Patient/${publicId(ctx.keys.id, { patientId, no: 0 })}`
  const arrivals = arrivalsFrom(telling, facility, subject)
  const [first] = arrivals
  if (!first) return
  const key = makeDataKey(ctx.keys, patientId)
  const { name, sex, birthDate } = resident
  const demographics = { name, sex, birthDate, identifiers: identifiersOf(resident) }
  const { ward } = household.address
  const stated = { home, patientId, source: facility, ward, demographics, dataKey: key.dataKey, at: first.at }
  const { patient, link, identifiers, linkKeys } = facilityPatientRow(ctx.keys, stated)
  addRows(load, 'identity.patient', [patient])
  addRows(load, 'identity.link', [link])
  addRows(load, 'identity.identifier', identifiers)
  addRows(load, 'identity.link_key', linkKeys)
  shelve(load, ctx, { patientId, key, arrivals })
}

/** Whoever is seven or more said yes on the parent's telephone. */
const parentProxy = (home: number, holder: number, since: Date) => ({
  home,
  proxy_id: 1,
  holder,
  relation: 'child',
  basis: 'parent' as const,
  topics: [...TOPICS],
  since,
  until: null,
  confirmed_at: since,
  confirmed_how: 'same-phone' as const,
  ended_at: null,
  ended_by: null,
})

/** A child's book is kept by the telephone of a parent who lives there and has a book of her own. */
function keepingOf({ household, resident, homes }: Telling): Keeping {
  const own = e164Of(resident.phone)
  if (own !== null) return { e164: own, relation: 'self' }
  const [parent] = [resident.mother, resident.father].flatMap((at) => {
    const member = at === null ? undefined : household.members[at]
    const e164 = e164Of(member?.phone ?? null)
    const holder = at === null ? undefined : homes[at]
    return e164 === null || holder === undefined || !member?.declaredOn ? [] : [{ e164, holder }]
  })
  return parent ? { ...parent, relation: 'child' } : { e164: null, relation: 'self' }
}

function e164Of(phone: string | null): string | null {
  if (phone === null) return null
  const reading = readPhone(phone, { synthetic: true })
  return reading.ok ? reading.e164 : null
}

/**
 * Every row of one resident who has declared: person, card, grants, sealed record and its audit, as the running house
 * would have written them.
 * @param homes of the household's members, in their order
 */
export function residentRows(
  load: Load,
  ctx: Maker,
  household: Household,
  resident: Resident,
  homes: readonly number[],
): void {
  const { declaredOn } = resident
  const home = homes[household.members.indexOf(resident)]
  if (declaredOn === null || home === undefined) return
  const telling: Telling = { ctx, household, homes, resident, home, declaredOn }
  const { patientId, arrival, at, consents } = ownArrival(telling)
  const key = makeDataKey(ctx.keys, patientId)
  identityRows(load, telling, keepingOf(telling), key.dataKey, at)
  shelve(load, ctx, { patientId, key, arrivals: [arrival] })
  const grants = consents.filter((consent) => consent.given)
  addRows(
    load,
    'access.grant',
    grants.map(({ purpose, textVersion: text_version }) => ({
      home,
      purpose,
      since: at,
      until: null,
      text_version,
      channel: 'declaration',
    })),
  )
  const facilities = new Set([...resident.visits, ...resident.vaccinations].map((each) => each.facility))
  let k = 1
  for (const facility of facilities) facilityRows(load, telling, facility, k++)
}
