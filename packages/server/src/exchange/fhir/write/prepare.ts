import type { FhirResource } from '@sokhoe/fhir'
import { isInPatientCompartment, patientsOf } from '@sokhoe/fhir/search'
import { may } from '../../../access/index.ts'
import { noteRefusal } from '../../../audit/index.ts'
import { type Reach, reachOfPatients } from '../../../identity/index.ts'
import type { Client, Context } from '../../../platform/context.ts'
import { readPublicId } from '../../../platform/ids.ts'
import { Problem } from '../../../platform/problem.ts'
import { issues } from '../outcome.ts'
import { type Deed, typeOf } from './deed.ts'
import { localOf, type Referring, referringOf } from './references.ts'

/** A Patient by its number, or by the deed of this message that creates it. */
export type Claim = { readonly patientId: number } | { readonly createdBy: number }

/** Where a resource is kept: on a Patient's shelf, or in the directory. */
export type Place =
  | { readonly on: 'shelf'; readonly with: Claim; readonly also: readonly Claim[] }
  | { readonly on: 'directory'; readonly alone: boolean }

/** A deed with everything decided that can be before the transaction begins. */
export interface Prepared {
  readonly deed: Deed
  /** Its references as they are kept; absent for what is deleted. */
  readonly resource?: FhirResource
  readonly place: Place
}

export interface Preparation {
  readonly prepared: readonly Prepared[]
  readonly reaches: ReadonlyMap<number, Reach>
}

/** @throws {Problem} fhir.scope: only a facility's program writes */
export function clientOf({ actor }: Context): Client {
  if (actor.kind !== 'client') throw new Problem('fhir.scope')
  return actor
}

function refuse(code: 'fhir.unknown-patient' | 'fhir.invalid', deed: Deed, text: string): never {
  const expression = deed.entry === undefined ? typeOf(deed) : `Bundle.entry[${deed.entry}].resource`
  const issue = code === 'fhir.unknown-patient' ? 'not-found' : 'business-rule'
  throw new Problem(code, { more: issues([{ severity: 'error', code: issue, expression, text }]) })
}

/** Whether the actor may state something about this Patient: its own one, or anybody's who is open to it. */
function mayState(ctx: Context, patientId: number, reach: Reach | undefined): boolean {
  if (!reach) return false
  const { facility } = clientOf(ctx)
  const own = reach.sources[reach.patientIds.indexOf(patientId)] === facility
  return may(ctx.actor, 'exchange.write', { home: reach.home, own, granted: reach.all })
}

interface Known {
  /** Every local Patient named, by public id. */
  readonly patients: ReadonlyMap<string, number>
  readonly reaches: ReadonlyMap<number, Reach>
}

/** A deed beside what its resource refers to. */
interface Said {
  readonly deed: Deed
  readonly referring?: Referring
}

/** No home is that high. */
const NOBODY = 2 ** 40 * 4096

async function knownAmong(ctx: Context, said: readonly Said[]): Promise<Known> {
  const patients = new Map<string, number>()
  let isForged = false
  for (const id of new Set(said.flatMap(({ referring }) => referring?.patients ?? []))) {
    const key = readPublicId(ctx.keys.id, id)
    if (key?.no === 0 && key.patientId > 0) patients.set(id, key.patientId)
    else isForged = true
  }
  const shelves = said.flatMap(({ deed }) => (deed.kind === 'create' ? [] : [deed.key.patientId]))
  const wanted = new Set([...patients.values(), ...shelves.filter((patientId) => patientId > 0)])
  // whoever names nobody waits as long as whoever names somebody whom she may not see
  return { patients, reaches: await reachOfPatients(ctx, isForged ? [...wanted, NOBODY] : [...wanted]) }
}

/** A Patient that is not there and one that the actor may not see are refused alike. */
async function needPatients(
  ctx: Context,
  { deed, referring }: Said,
  { patients, reaches }: Known,
): Promise<void> {
  for (const id of referring?.patients ?? []) {
    const patientId = patients.get(id)
    const reach = patientId === undefined ? undefined : reaches.get(patientId)
    const isItsOwn = deed.kind === 'update' && deed.key.patientId === patientId
    if (patientId !== undefined && (isItsOwn || mayState(ctx, patientId, reach))) continue
    const what = typeOf(deed)
    await noteRefusal(ctx, {
      action: 'exchange.write',
      what,
      ...(patientId !== undefined && reach && { patientId }),
    })
    refuse(
      'fhir.unknown-patient',
      deed,
      'It refers to a Patient that is not here; create the Patient first and use the id that it is given',
    )
  }
}

/** Deeds that create a Patient, by what the message calls it. */
function newPatients(said: readonly Said[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [at, { deed }] of said.entries())
    if (deed.kind === 'create' && deed.urn !== undefined && typeOf(deed) === 'Patient')
      found.set(deed.urn, at)
  return found
}

/** Whose shelves the compartment's references name, in their order. */
function claimsOf(resource: FhirResource, { patients }: Known, made: ReadonlyMap<string, number>): Claim[] {
  return patientsOf(resource).flatMap((reference): Claim[] => {
    const local = localOf(reference)
    const patientId = local && patients.get(local.id)
    if (patientId !== undefined) return [{ patientId }]
    const createdBy = made.get(reference)
    return createdBy === undefined ? [] : [{ createdBy }]
  })
}

const inDirectory = ({ resource, personal }: Referring): Place => ({
  on: 'directory',
  alone: personal || isInPatientCompartment(resource.resourceType),
})

/** Whether it names something that stands on somebody's shelf. */
const namesShelved = ({ keys }: Context, { locals }: Referring): boolean =>
  locals.some((id) => (readPublicId(keys.id, id)?.patientId ?? 0) > 0)

/** What may be seen by its sender alone makes what names it so too, as far as the message itself tells. */
function closed(prepared: readonly Prepared[], said: readonly Said[]): readonly Prepared[] {
  const isClosed = ({ place }: Prepared) => place.on === 'shelf' || place.alone
  const names = new Set<string>()
  const note = (at: number) => {
    const deed = said[at]?.deed
    if (deed && deed.kind !== 'delete' && deed.urn !== undefined) names.add(deed.urn)
  }
  const now = [...prepared]
  for (const [at, one] of now.entries()) if (isClosed(one)) note(at)
  for (let changed = true; changed; ) {
    changed = false
    for (const [at, one] of now.entries()) {
      if (isClosed(one) || !said[at]?.referring?.urns.some((urn) => names.has(urn))) continue
      now[at] = { ...one, place: { on: 'directory', alone: true } }
      note(at)
      changed = true
    }
  }
  return now
}

function placeOfNew(referring: Referring, at: number, claims: readonly Claim[]): Place {
  if (referring.resource.resourceType === 'Patient')
    return { on: 'shelf', with: { createdBy: at }, also: claims }
  const [first, ...also] = claims
  return first ? { on: 'shelf', with: first, also } : inDirectory(referring)
}

/** A resource stays where it stands: its id says so. */
function placeOfKnown(
  referring: Referring,
  deed: Deed & { kind: 'update' },
  claims: readonly Claim[],
): Place {
  const { patientId } = deed.key
  const names = (claim: Claim | undefined) => claim && 'patientId' in claim && claim.patientId === patientId
  if (patientId === 0) {
    if (claims.length > 0)
      refuse('fhir.invalid', deed, 'It was about nobody; delete it and create it anew with its Patient')
    return inDirectory(referring)
  }
  if (typeOf(deed) !== 'Patient' && !names(claims[0]))
    refuse(
      'fhir.invalid',
      deed,
      'Its Patient does not change; delete it and create it anew for the other one',
    )
  return { on: 'shelf', with: { patientId }, also: claims.filter((claim) => !names(claim)) }
}

const placeOfDeleted = (patientId: number): Place =>
  patientId === 0 ? { on: 'directory', alone: false } : { on: 'shelf', with: { patientId }, also: [] }

/**
 * Looks at everything that a message wants before any of it is done: which Patients it speaks of, whether the actor may
 * state something of them, and where each resource is kept. It writes nothing but refusals.
 * @param base this server's, without a slash at the end
 * @throws {Problem} fhir.unknown-patient, fhir.invalid
 */
export async function prepare(ctx: Context, deeds: readonly Deed[], base: string): Promise<Preparation> {
  const said = deeds.map((deed): Said => {
    if (deed.kind === 'delete') return { deed }
    const referring = referringOf(deed.resource, base)
    return { deed, referring: { ...referring, personal: referring.personal || namesShelved(ctx, referring) } }
  })
  const known = await knownAmong(ctx, said)
  for (const one of said) await needPatients(ctx, one, known)
  const made = newPatients(said)
  const prepared = said.map(({ deed, referring }, at): Prepared => {
    if (deed.kind === 'delete' || !referring)
      return { deed, place: placeOfDeleted(deed.kind === 'create' ? 0 : deed.key.patientId) }
    const { resource } = referring
    const claims = claimsOf(resource, known, made)
    const place =
      deed.kind === 'create' ? placeOfNew(referring, at, claims) : placeOfKnown(referring, deed, claims)
    return { deed, resource, place }
  })
  return { prepared: closed(prepared, said), reaches: known.reaches }
}
