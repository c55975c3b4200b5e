import type { KeyObject } from 'node:crypto'
import { dayInVietnam } from '@sokhoe/model'
import { publicId, publicIds } from '../platform/ids.ts'
import type { Filed } from './pack/codec.ts'
import {
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
  /** 'self', 'station', or a facility's code. */
  readonly source: string
  /** 'declaration', 'visit', …: at most 40 letters. */
  readonly kind: string
  readonly resources: readonly Stated[]
}

export interface PutResource {
  /** Its number on the shelf. */
  readonly no: number
  readonly id: string
  readonly version: number
  /** 'known': this very statement was already here, and nothing was written. */
  readonly outcome: 'kept' | 'known' | 'amended'
}

/** What already stands on a shelf, as far as an arrival needs to know it. */
export interface Standing {
  readonly versions: (no: number) => readonly Filed[]
  readonly noOf: (sourceKeyMark: string) => number | undefined
}

export const EMPTY_SHELF: Standing = { versions: () => [], noOf: () => undefined }

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
  /** Resources whose counted marks are now these and no others. */
  readonly cohort: readonly { readonly no: number; readonly marks: readonly CohortMark[] }[]
}

type Spoken = Pick<Filed, 'stated' | 'version'>

/** Of two versions the later stated stands; of two stated at once, the one that came later. */
export const stands = (a: Spoken, b: Spoken): boolean =>
  a.stated === b.stated ? a.version > b.version : a.stated > b.stated

const standingOf = (versions: readonly Filed[]): Filed | undefined =>
  versions.reduce<Filed | undefined>((best, each) => (!best || stands(each, best) ? each : best), undefined)

interface Named {
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

function nameAll(arrival: Arrival, { idKey, firstNo, standing }: Shelving): Named[] {
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

function targetsOf(named: readonly Named[], patientId: number, idKey: KeyObject): Map<string, string> {
  const targets = new Map([[THIS_PATIENT, `Patient/${publicId(idKey, { patientId, no: 0 })}`]])
  for (const { stated, id } of named)
    if (stated.urn !== undefined) targets.set(stated.urn, `${stated.resource.resourceType}/${id}`)
  return targets
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

/** Whether this very statement is already here: one stated then, or the one that stands, has the same text. */
function knownAmong({ versions, write }: Before, stated: Stated): Filed | undefined {
  const standing = standingOf(versions)
  const statedAt = stated.statedAt === undefined ? undefined : instantOf(stated.statedAt)
  return versions
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
  const { resource, statedAt } = named.stated
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
    restricted: isRestrictedStatement(named.stated, day),
    sourceKey: named.mark,
    bytes: write(version, lastUpdated),
  }
}

const outcomeOf = ({ version }: Filed): 'kept' | 'amended' => (version === 1 ? 'kept' : 'amended')

const marksOf = ({ cohort = [] }: Stated, { restricted }: Filed): readonly CohortMark[] =>
  restricted ? [] : cohort

/**
 * Decides what an arrival changes on its Patient's shelf, and writes the final texts. Pure: the same arrival on the
 * same shelf at the same time gives the same bytes.
 *
 * @throws {RangeError} a number that is not on the shelf, an instant that is none
 */
export function shelve(arrival: Arrival, shelving: Shelving): Shelved {
  const { at, idKey, standing } = shelving
  const named = nameAll(arrival, shelving)
  const targets = targetsOf(named, arrival.patientId, idKey)
  const today = { now: at.getTime(), day: dayInVietnam(at), lastUpdated: at.toISOString() }
  const results: PutResource[] = []
  const filed: Filed[] = []
  const cohort = new Map<number, readonly CohortMark[]>()
  const added = new Map<number, readonly Filed[]>()

  for (const each of named) {
    const { stated, no, slot, id } = each
    const versions = added.get(no) ?? standing.versions(no)
    if (versions.length === 0 && no !== slot) throw new RangeError(`no resource ${no} on this shelf`)
    const before: Before = {
      versions,
      write: (version, lastUpdated) =>
        textBytes(finalText(stated.resource, { id, version, lastUpdated }, targets)),
    }
    const known = knownAmong(before, stated)
    if (known) {
      results.push({ no, id, version: known.version, outcome: 'known' })
      continue
    }
    const one = fileOne(arrival, today, each, before)
    const now = [...versions, one]
    filed.push(one)
    added.set(no, now)
    results.push({ no, id, version: one.version, outcome: outcomeOf(one) })
    if (standingOf(now) === one) cohort.set(no, marksOf(stated, one))
  }
  return { results, filed, cohort: [...cohort].map(([no, marks]) => ({ no, marks })) }
}
