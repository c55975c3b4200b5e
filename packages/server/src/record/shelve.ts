import type { KeyObject } from 'node:crypto'
import type { FhirResource } from '@sokhoe/fhir'
import { dayInVietnam } from '@sokhoe/model'
import { publicId, publicIds } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Filed } from './pack/codec.ts'
import {
  type BlindKey,
  type CohortMark,
  codeOf,
  dateOf,
  finalText,
  isRestrictedStatement,
  type Stated,
  sourceKeyMark,
  THIS_PATIENT,
} from './statement.ts'

export interface Arrival {
  readonly patientId: number
  /** The key that was made with a Patient whose first arrival this is, in the same transaction. */
  readonly newDataKey?: KeyObject
  /** Its Patient was made in this transaction and nothing was put there yet: the shelf begins without a question. */
  readonly begins?: true
  /** 'self', 'station', or a facility's code. */
  readonly source: string
  /** 'declaration', 'visit', …: at most 40 letters. */
  readonly kind: string
  readonly resources: readonly Stated[]
  /**
   * Writes the addresses of this arrival into a resource before its final text is made; then nothing else is replaced.
   * @param targets 'Type/id' by urn, of all that arrive together, and of THIS_PATIENT
   */
  readonly resolve?: (resource: FhirResource, targets: ReadonlyMap<string, string>) => FhirResource
}

export interface PutResource {
  /** Its number on the shelf. */
  readonly no: number
  readonly id: string
  readonly version: number
  /** 'known': this very statement was already here, and nothing was written. */
  readonly outcome: 'kept' | 'known' | 'amended'
  /** When that version arrived, ISO 8601. */
  readonly lastUpdated: string
  /** Its final text. */
  readonly bytes: Buffer
}

/** What already stands on a shelf, as far as an arrival needs to know it. */
export interface Standing {
  readonly versions: (no: number) => readonly Filed[]
  readonly noOf: (sourceKeyMark: string) => number | undefined
}

export const EMPTY_SHELF: Standing = { versions: () => [], noOf: () => undefined }

/** The same shelf, with what was shelved since. */
export function standingWith(before: Standing, named: readonly Named[], filed: readonly Filed[]): Standing {
  const marks = new Map(named.filter(({ mark }) => mark !== '').map(({ mark, no }) => [mark, no]))
  return {
    versions: (no) => [...before.versions(no), ...filed.filter((each) => each.no === no)],
    noOf: (mark) => marks.get(mark) ?? before.noOf(mark),
  }
}

export interface Shelving {
  readonly idKey: KeyObject
  readonly at: Date
  /** The first of as many numbers as there are resources. */
  readonly firstNo: number
  readonly standing: Standing
}

export interface Shelved {
  readonly results: readonly PutResource[]
  readonly filed: readonly Filed[]
  /** Resources of which another version stands now: what is counted of them and finds them is this and no more. */
  readonly standing: readonly Found[]
}

interface Found {
  readonly no: number
  readonly cohort: readonly CohortMark[]
  readonly keys: readonly BlindKey[]
  readonly also: readonly number[]
}

type Spoken = Pick<Filed, 'stated' | 'version'>

/** Of two versions the later stated stands; of two stated at once, the one that came later. */
export const stands = (a: Spoken, b: Spoken): boolean =>
  a.stated === b.stated ? a.version > b.version : a.stated > b.stated

const standingOf = (versions: readonly Filed[]): Filed | undefined =>
  versions.reduce<Filed | undefined>((best, each) => (!best || stands(each, best) ? each : best), undefined)

/** A statement with its number and id, before its text is made. */
export interface Named {
  readonly stated: Stated
  readonly mark: string
  readonly no: number
  readonly slot: number
  readonly id: string
}

/** Numbers in the order given; the Patient resource of a new shelf takes 0, wherever it stands in the arrival. */
function slotsOf({ resources }: Arrival, firstNo: number): number[] {
  const patientAt = firstNo === 0 ? resources.findIndex((each) => each.no === 0) : -1
  return resources.map((_, i) =>
    patientAt === -1 || i > patientAt ? firstNo + i : i === patientAt ? 0 : i + 1,
  )
}

/** Gives numbers and ids: what refers to one another needs them before the texts are made. */
export function nameAll(
  arrival: Arrival,
  { idKey, firstNo, standing }: Pick<Shelving, 'idKey' | 'firstNo' | 'standing'>,
): Named[] {
  const inThisArrival = new Map<string, number>()
  const slots = slotsOf(arrival, firstNo)
  const numbered = arrival.resources.map((stated, i) => {
    const mark = stated.sourceKey === undefined ? '' : sourceKeyMark(arrival.source, stated.sourceKey)
    const slot = slots[i] ?? 0
    const known = mark === '' ? undefined : (inThisArrival.get(mark) ?? standing.noOf(mark))
    const no = stated.no ?? known ?? slot
    if (mark !== '') inThisArrival.set(mark, no)
    return { stated, mark, no, slot }
  })
  const nos = numbered.map((each) => each.no)
  const ids = publicIds(idKey, arrival.patientId, nos)
  return numbered.map((each, i) => ({ ...each, id: ids[i] ?? '' }))
}

/** Where what arrives is found, by urn. */
export function urnTargets(named: readonly Named[]): [string, string][] {
  return named.flatMap(({ stated: { urn, resource }, id }): [string, string][] =>
    urn === undefined ? [] : [[urn, `${resource.resourceType}/${id}`]],
  )
}

function instantOf(text: string): number {
  const instant = Date.parse(text)
  if (!text.endsWith('Z') || Number.isNaN(instant)) throw new RangeError('statedAt is no instant')
  return instant
}

/** Texts are written one behind another, as they will be packed; a page is never written twice. */
const PAGE_BYTES = 128 * 1024
const pen = { page: Buffer.allocUnsafeSlow(PAGE_BYTES), at: 0 }

function textBytes(text: string): Buffer {
  const most = text.length * 3
  if (most > PAGE_BYTES / 4) return Buffer.from(text)
  if (pen.at + most > pen.page.length) {
    pen.page = Buffer.allocUnsafeSlow(PAGE_BYTES)
    pen.at = 0
  }
  const from = pen.at
  pen.at += pen.page.write(text, from)
  return pen.page.subarray(from, pen.at)
}

interface Before {
  readonly versions: readonly Filed[]
  readonly write: (version: number, lastUpdated: string) => Buffer
}

/** Of what is stated no longer, its type alone is kept. */
const whole = ({ resource, deleted }: Stated): FhirResource =>
  deleted ? { resourceType: resource.resourceType } : resource

/** The final text of one version; addresses are written into the resource once, however often its text is made. */
function writerOf(
  { resolve }: Arrival,
  { stated, id }: Named,
  targets: ReadonlyMap<string, string>,
): Before['write'] {
  const resource = whole(stated)
  const final = resolve ? resolve(resource, targets) : resource
  return (version, lastUpdated) =>
    textBytes(finalText(final, { id, version, lastUpdated }, resolve ? 'resolved' : targets))
}

/**
 * Whether this very statement is already here: one stated then, or the one that stands, has the same text. What is to
 * be kept closed from now on is another statement than the open one.
 */
function knownAmong({ versions, write }: Before, stated: Stated): Filed | undefined {
  const standing = standingOf(versions)
  const statedAt = stated.statedAt === undefined ? undefined : instantOf(stated.statedAt)
  return versions
    .filter((each) => each.restricted || !stated.restricted)
    .filter((each) => (statedAt === undefined ? each === standing : each.stated === statedAt))
    .find((each) => each.bytes.equals(write(each.version, new Date(each.at).toISOString())))
}

/** A clock that was set back must not make what is said now older than what was said before. */
const statedNow = (versions: readonly Filed[], now: number): number =>
  Math.max(now, standingOf(versions)?.stated ?? now)

/** It stands unquoted in addresses and at the head of every text. */
const TYPE = /^[A-Za-z]+$/

interface Today {
  readonly now: number
  readonly day: string
  readonly lastUpdated: string
}

function fileOne(
  arrival: Arrival,
  { now, day, lastUpdated }: Today,
  named: Named,
  { versions, write }: Before,
): Filed {
  const { statedAt, deleted = false } = named.stated
  const resource = whole(named.stated)
  if (!TYPE.test(resource.resourceType)) throw new RangeError('not a resource type')
  const version = Math.max(0, ...versions.map((each) => each.version)) + 1
  return {
    no: named.no,
    version,
    slot: named.slot,
    type: resource.resourceType,
    code: codeOf(resource),
    date: dateOf(resource),
    source: arrival.source,
    kind: arrival.kind,
    at: now,
    stated: statedAt === undefined ? statedNow(versions, now) : instantOf(statedAt),
    restricted: !deleted && isRestrictedStatement(named.stated, day),
    deleted,
    sourceKey: named.mark,
    bytes: write(version, lastUpdated),
  }
}

const outcomeOf = ({ version }: Filed): 'kept' | 'amended' => (version === 1 ? 'kept' : 'amended')

const unique = <Value>(values: readonly Value[], nameOf: (value: Value) => unknown): Value[] =>
  values.length < 2 ? [...values] : [...new Map(values.map((value) => [nameOf(value), value])).values()]

function foundBy(arrival: Arrival, { stated, no }: Named, { restricted, deleted }: Filed): Found {
  const { cohort = [], keys = [], also = [] } = stated
  if (deleted) return { no, cohort: [], keys: [], also: [] }
  return {
    no,
    cohort: restricted ? [] : cohort,
    keys: unique(keys, ({ hash, within }) => `${within} ${hash.toString('latin1')}`),
    also: unique(also, (other) => other).filter((other) => other !== arrival.patientId),
  }
}

const resultOf = (filed: Filed, id: string, outcome: PutResource['outcome']): PutResource => ({
  no: filed.no,
  id,
  version: filed.version,
  outcome,
  lastUpdated: new Date(filed.at).toISOString(),
  bytes: filed.bytes,
})

/** @throws {Problem} record.version-conflict @throws {RangeError} a number that is not on the shelf */
function check({ stated, no, slot }: Named, versions: readonly Filed[]): void {
  const { ifVersion, deleted } = stated
  if (ifVersion !== undefined && ifVersion !== (standingOf(versions)?.version ?? 0))
    throw new Problem('record.version-conflict')
  if (versions.length === 0 && (no !== slot || deleted))
    throw new RangeError(`no resource ${no} on this shelf`)
}

/**
 * Decides what an arrival changes on its Patient's shelf, and writes the final texts. Pure: the same arrival on the
 * same shelf at the same time gives the same bytes.
 *
 * @param named by {@link nameAll} on the same shelf
 * @param urns where all that arrives together is found
 * @throws {Problem} record.version-conflict
 * @throws {RangeError} a number that is not on the shelf, an instant that is none
 */
export function shelveNamed(
  arrival: Arrival,
  { at, idKey, standing }: Omit<Shelving, 'firstNo'>,
  named: readonly Named[],
  urns: readonly (readonly [string, string])[],
): Shelved {
  const patient = `Patient/${publicId(idKey, { patientId: arrival.patientId, no: 0 })}`
  const targets = new Map([[THIS_PATIENT, patient], ...urns])
  const today = { now: at.getTime(), day: dayInVietnam(at), lastUpdated: at.toISOString() }
  const results: PutResource[] = []
  const filed: Filed[] = []
  const found = new Map<number, Found>()
  const added = new Map<number, readonly Filed[]>()

  for (const each of named) {
    const { stated, no, id } = each
    const versions = added.get(no) ?? standing.versions(no)
    check(each, versions)
    const before: Before = { versions, write: writerOf(arrival, each, targets) }
    const known = knownAmong(before, stated)
    if (known) {
      results.push(resultOf(known, id, 'known'))
      continue
    }
    const one = fileOne(arrival, today, each, before)
    const now = [...versions, one]
    filed.push(one)
    added.set(no, now)
    results.push(resultOf(one, id, outcomeOf(one)))
    if (standingOf(now) === one) found.set(no, foundBy(arrival, each, one))
  }
  return { results, filed, standing: [...found.values()] }
}

/** The same for an arrival that comes alone. */
export function shelve(arrival: Arrival, shelving: Shelving): Shelved {
  const named = nameAll(arrival, shelving)
  return shelveNamed(arrival, shelving, named, urnTargets(named))
}
