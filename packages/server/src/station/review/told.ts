import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model/dates'
import { isConfirmed } from '@sokhoe/model/levels'
import { maskNumber } from '@sokhoe/model/mask'
import { type Decision, explain, type FieldName } from '@sokhoe/signals/linkage'
import { firstPatientOf, type StatedRecord } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { publicId } from '../../platform/ids.ts'

/** One column of the comparison: what is said of one person. */
export interface Unit {
  /** Patients that ask, the least first. */
  readonly patients: readonly number[]
  /** What is said of her: theirs, and her book's own. */
  readonly records: readonly StatedRecord[]
  readonly book: StatedRecord | undefined
  /** Her book is another ward's: this station learns how it compares, and not what it says. */
  readonly hidden: boolean
}

/** @param known records of these Patients and of their persons' own books */
export function unitOf(
  patients: readonly number[],
  known: ReadonlyMap<number, StatedRecord>,
  { ward, linked }: { readonly ward: string; readonly linked: boolean },
): Unit {
  const asking = patients.flatMap((patient) => known.get(patient) ?? [])
  const owner = asking[0]?.person ?? -1
  // whether they are one person is what is asked: then it is shown as if nothing were known of it
  const own = linked ? undefined : known.get(firstPatientOf(owner))
  const all = own && !patients.includes(own.patientId) ? [own, ...asking] : asking
  const book = all.find((one) => one.patientId === firstPatientOf(one.person) && one.status === 'active')
  return { patients, records: all, book, hidden: book !== undefined && book.ward !== ward }
}

const rankOf = ({ book }: Unit): number => (book === undefined ? 2 : isConfirmed(book.level) ? 0 : 1)
const sinceOf = ({ records }: Unit): number => Math.min(...records.map(({ since }) => since.getTime()))

/** The surest book first: the others are compared with it. */
export const inOrder = (units: readonly Unit[]): Unit[] =>
  units.toSorted(
    (a, b) =>
      Number(a.hidden) - Number(b.hidden) ||
      rankOf(a) - rankOf(b) ||
      sinceOf(a) - sinceOf(b) ||
      (a.patients[0] ?? 0) - (b.patients[0] ?? 0),
  )

type Shown = Extract<FieldName, 'name' | 'birthDate' | 'sex' | 'identity' | 'insurance' | 'place' | 'address'>

const INSURANCE = ['bhxh', 'bhyt']

/** What one record says, field by field, as it may be shown: of numbers no more than tells two apart. */
function valuesOf({ demographics, ward }: StatedRecord, today: string): Readonly<Record<Shown, string[]>> {
  const { name, birthDate, sex, identifiers, address } = demographics
  const numbers = (insurance: boolean): string[] =>
    identifiers
      .filter(({ system }) => INSURANCE.includes(system) === insurance)
      .map(({ system, value }) => `${system} ${maskNumber(value)}`)
  return {
    name: name === '' ? [] : [name],
    birthDate: birthDate === '' ? [] : [birthDate],
    sex: sex === 'unknown' ? [] : [sex],
    identity: numbers(false),
    insurance: numbers(true),
    place: ward === null ? [] : [wardAt(ward, today)?.name ?? ward],
    address: address === undefined ? [] : [address],
  }
}

function merged(records: readonly StatedRecord[], today: string): Record<Shown, string[]> {
  const each = records.map((record) => valuesOf(record, today))
  const of = (field: Shown): string[] => [...new Set(each.flatMap((values) => values[field]))]
  return {
    name: of('name'),
    birthDate: of('birthDate'),
    sex: of('sex'),
    identity: of('identity'),
    insurance: of('insurance'),
    place: of('place'),
    address: of('address'),
  }
}

const STATION = /^TYT-/

/** Which kind of source states it; where somebody is treated is no business of this desk. */
const sourceOf = ({ source }: StatedRecord): 'self' | 'station' | 'hospital' =>
  source === 'self' ? 'self' : STATION.test(source) ? 'station' : 'hospital'

/** How a column compares with the first; without weights where the look is blind. */
function tellCompared(decision: Decision, blind: boolean) {
  const { verdict, score, rule = null, reasons } = decision
  const sentence = { vi: explain(decision, 'vi'), en: explain(decision, 'en') }
  return {
    levels: reasons.map(({ field, level }) => ({ field, level })),
    weighed: blind
      ? null
      : { verdict, score, rule, sentence, weights: reasons.map(({ field, weight }) => ({ field, weight })) },
  }
}

/** One column as the screen draws it. */
export function tellUnit(ctx: Context, unit: Unit, decision: Decision | undefined, blind: boolean) {
  const { records, book, hidden, patients } = unit
  const today = dayInVietnam(ctx.now())
  const [first] = records
  return {
    records: patients.map((patientId) => publicId(ctx.keys.id, { patientId, no: 0 })),
    hidden,
    book: book
      ? { level: book.level, ward: book.ward === null ? null : (wardAt(book.ward, today)?.name ?? book.ward) }
      : null,
    sources: hidden ? [] : [...new Set(records.map(sourceOf))],
    since: first ? new Date(sinceOf(unit)).toISOString() : null,
    values: hidden ? null : merged(records, today),
    compared: decision ? tellCompared(decision, blind) : null,
  }
}
