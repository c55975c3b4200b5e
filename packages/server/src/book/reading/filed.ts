import { facilityOf } from '@sokhoe/codes'
import type { Line, LineKind, SourceKind } from '@sokhoe/model/reading'
import type { Entry } from '../../record/index.ts'

/** What a kind of resource is to a reader. A type without a line here is no line of the book. */
const KINDS: Readonly<Record<string, LineKind>> = {
  AllergyIntolerance: 'allergy',
  Condition: 'condition',
  MedicationStatement: 'medicine',
  MedicationRequest: 'medicine',
  MedicationDispense: 'medicine',
  Observation: 'result',
  DiagnosticReport: 'result',
  ImagingStudy: 'result',
  Immunization: 'immunisation',
  Encounter: 'visit',
  Appointment: 'visit',
  DocumentReference: 'document',
  FamilyMemberHistory: 'family',
  Procedure: 'procedure',
  Consent: 'consent',
  QuestionnaireResponse: 'declaration',
}

/** LOINC codes of what a form asks that is no measurement: habits, birth, blood group, children borne. */
const HABITS = new Set([
  '72166-2',
  '11331-6',
  '73985-4',
  '72149-8',
  '883-9',
  '10331-7',
  '8659-5',
  '11996-6',
  '11614-5',
  '11613-7',
  '11977-6',
  '68497-7',
  '11639-2',
  '11637-6',
  '11638-4',
])
const LOINC = /^\d{1,5}-\d$/

/** @returns undefined for what is no line of the book, such as the Patient */
export function kindOf({
  type,
  code,
  source,
}: Pick<Entry, 'type' | 'code' | 'source'>): LineKind | undefined {
  const isTold = source === 'self' && type === 'Observation' && (HABITS.has(code) || !LOINC.test(code))
  return isTold ? 'habit' : KINDS[type]
}

const STATION = /^(?:station$|TYT-)/
const IMPORTED = /^(?:import|paper)\b/

/** Who states it, from the name of the arrival's source. */
export function sourceKindOf(source: string): SourceKind {
  if (source === 'self') return 'self'
  if (IMPORTED.test(source)) return 'import'
  return STATION.test(source) || facilityOf(source)?.tier === 'commune' ? 'station' : 'hospital'
}

export const sourceOf = (source: string): Line['source'] => ({
  kind: sourceKindOf(source),
  place: facilityOf(source)?.name ?? null,
})

const VIETNAM = 7 * 3_600_000
/** What arrived together has one time: the last one asked for is remembered. */
const told = { at: Number.NaN, text: '' }
function localTime(at: number): string {
  if (told.at !== at) {
    told.at = at
    told.text = new Date(at + VIETNAM).toISOString().slice(0, 19)
  }
  return told.text
}

/** What happens at a time of its own, whenever it is told. */
const EVENTS = new Set(['Immunization', 'Procedure', 'Encounter', 'Appointment', 'DocumentReference'])

/** A date as written, with an offset or without, as day and time in Vietnam; of a year or a month only that. */
function localOf(date: string): string {
  if (date.length <= 10) return date
  if (date.endsWith('+07:00')) return date.slice(0, 19)
  const instant = Date.parse(date)
  return Number.isNaN(instant) ? date.slice(0, 10) : localTime(instant)
}

/**
 * The day and time by which a line stands in the book. What a person tells of a state of hers belongs to the day of
 * telling, however long ago it began; what happened, to its own day; what has none, to its arrival.
 */
export function whenOf({ date, at, source, type }: Pick<Entry, 'date' | 'at' | 'source' | 'type'>): string {
  const isState = source === 'self' && type !== 'Observation' && !EVENTS.has(type)
  if (date === '' || isState) return localTime(at)
  const when = localOf(date)
  if (when.length !== 10) return when
  // a day alone is of the moment in which it was told
  const arrived = localTime(at)
  return arrived.startsWith(when) ? arrived : when
}

/** An entry with what a reader sorts and filters by: nothing is opened for it. */
export interface Filed {
  readonly entry: Entry
  readonly kind: LineKind
  readonly when: string
}

/** Latest first; what stands under one time in the order of its shelf. */
const newestFirst = (a: Filed, b: Filed): number => {
  if (a.when !== b.when) return a.when < b.when ? 1 : -1
  return b.entry.at - a.entry.at || a.entry.patientId - b.entry.patientId || a.entry.no - b.entry.no
}

/** The lines of a book, newest first, unopened. */
export function filedIn(entries: readonly Entry[]): Filed[] {
  const filed: Filed[] = []
  for (const entry of entries) {
    const kind = kindOf(entry)
    if (kind) filed.push({ entry, kind, when: whenOf(entry) })
  }
  return filed.sort(newestFirst)
}

/** What happened on one day at one place, or was told in one declaration, is one event. */
export const eventOf = ({ entry: { source, at }, when }: Filed): string =>
  source === 'self' ? `self ${at} ${when.slice(0, 10)}` : `${source} ${when.slice(0, 10)}`
