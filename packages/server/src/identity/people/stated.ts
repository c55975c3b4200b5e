import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { keepDataKey, makeDataKey } from '../../platform/datakeys.ts'
import { PATIENTS_A_HOME } from '../../platform/ids.ts'
import { withoutWaiting } from '../../platform/transact.ts'
import { speaksAgainst } from './agreement.ts'
import { type Demographics, sealDemographics } from './demographics.ts'
import { newHome } from './homes.ts'
import { holdNumbers, type Known, knownBy, type Numbered, numbersOf, type OwnNumber } from './numbers.ts'
import { firstPatientOf, nameRows } from './rows.ts'

/** A Patient as a facility states it through the exchange. */
export interface StatedPatient {
  readonly source: string
  readonly demographics: Demographics
  /** Numbers that mean something within this source only. */
  readonly ownNumbers?: readonly OwnNumber[]
  /** Code of the ward where she lives, where it is said. */
  readonly ward?: string
}

export interface MadePatient {
  readonly patientId: number
  /** Its shelf begins with its Patient resource, in the same transaction. */
  readonly newDataKey: KeyObject
  /** The person to whom it belongs, by her home. */
  readonly person: number
  readonly ward: string | null
}

/** A person of whom one source makes Patients without end could not be read any more: what comes later stands by itself. */
const MOST_OF_A_PERSON = 400

interface Room {
  readonly home: number
  last: number
  patients: number
}

/** Holds these persons until the transaction ends, and tells where in their homes the next Patient has room. */
async function roomIn(ctx: Context, homes: readonly number[]): Promise<Map<number, Room>> {
  if (homes.length === 0) return new Map()
  await sql`select home from identity.person where home = any(${[...homes]}::bigint[]) order by home for update`.execute(
    ctx.db,
  )
  const { rows } = await sql<Room>`
    select home, max(patient_id) as last, count(*)::int as patients from identity.patient
    where home = any(${[...homes]}::bigint[]) group by home`.execute(ctx.db)
  return new Map(rows.map((row) => [row.home, { ...row }]))
}

interface Arriving extends StatedPatient {
  readonly numbers: readonly Numbered[]
}

/** Whom the numbers of one who arrives name, and who else shares one but is somebody else by name and birth date. */
function recognise({ numbers, demographics }: Arriving, known: readonly Known[]) {
  const hashes = new Set(numbers.map(({ hash }) => hash.toString('hex')))
  const named = known.filter(({ hash }) => hashes.has(hash))
  const hers = named.find((one) => !speaksAgainst(one.demographics, demographics))
  return { hers, doubtful: named.filter(({ person }) => person !== hers?.person) }
}

interface Made extends MadePatient {
  readonly home: number
  readonly arriving: Arriving
  readonly isNewPerson: boolean
  readonly doubtful: readonly Known[]
  readonly wrapped: Parameters<typeof keepDataKey>[1]
}

async function placeOf(ctx: Context, room: Room | undefined) {
  const joins = room !== undefined && room.patients < MOST_OF_A_PERSON
  if (joins && room.last + 1 < (room.home + 1) * PATIENTS_A_HOME) {
    room.last += 1
    room.patients += 1
    return { home: room.home, patientId: room.last, person: room.home, isNewPerson: false }
  }
  const home = await newHome(ctx)
  const of = { home, patientId: firstPatientOf(home) }
  return joins ? { ...of, person: room.home, isNewPerson: false } : { ...of, person: home, isNewPerson: true }
}

/** What was made just now is known to the next of the same message. */
const asKnown = ({ arriving, patientId, person }: Made): Known[] =>
  arriving.numbers.map(({ hash }) => ({
    hash: hash.toString('hex'),
    patientId,
    person,
    status: 'stated',
    assurance: 'stated',
    ward: arriving.ward ?? null,
    demographics: arriving.demographics,
  }))

async function make(ctx: Context, arriving: readonly Arriving[], before: readonly Known[]): Promise<Made[]> {
  const known = [...before]
  const rooms = await roomIn(ctx, [...new Set(known.map(({ person }) => person))])
  const made: Made[] = []
  for (const one of arriving) {
    const { hers, doubtful } = recognise(one, known)
    const place = await placeOf(ctx, hers && rooms.get(hers.person))
    const { dataKey: newDataKey, row: wrapped } = makeDataKey(ctx.keys, place.patientId)
    const ward = one.ward ?? hers?.ward ?? null
    const next = { ...place, newDataKey, wrapped, ward, arriving: one, doubtful }
    made.push(next)
    known.push(...asKnown(next))
    if (place.isNewPerson) rooms.set(place.person, { home: place.home, last: place.patientId, patients: 1 })
  }
  return made
}

const patientRow = ({ home, patientId, person, newDataKey, arriving }: Made, at: Date) => {
  const { source, ward = null, demographics } = arriving
  return {
    home,
    patient_id: patientId,
    person,
    source,
    demographics: sealDemographics(newDataKey, patientId, demographics),
    ward,
    birth_year: Number(demographics.birthDate.slice(0, 4)) || null,
    sex: demographics.sex,
    synthetic: false,
    created_at: at,
  }
}

/** Without a book there is no enrolment to count; how sure a book is says nothing of her yet. */
const personRow = ({ person }: Made, at: Date) => ({
  home: person,
  status: 'stated',
  level: 'phone' as const,
  synthetic: false,
  created_at: at,
  campaign: null,
  channel: 'import' as const,
})

const linkRow = ({ home, patientId, person, isNewPerson, arriving }: Made, at: Date) => ({
  home,
  patient_id: patientId,
  at,
  person,
  who: arriving.source,
  why: isNewPerson ? 'first statement' : 'same number',
  score: null,
})

export const numberRow = (ctx: Context, patientId: number, { hash, system }: Numbered) => ({
  hash,
  patient_id: patientId,
  system,
  key_version: ctx.keys.index.current,
  assurance: 'stated' as const,
  since: ctx.now(),
  until: null,
})

/** For the station: one number, and two people by name and birth date. */
const doubtRow = (ctx: Context, patientId: number, { hash, patientId: other, ward }: Known) => ({
  hash: Buffer.from(hash, 'hex'),
  patient_id: patientId,
  other_patient_id: other,
  reason: 'same number, other name and birth date',
  at: ctx.now(),
  ward,
  settled_at: null,
})

export async function noteDoubts(ctx: Context, patientId: number, doubtful: readonly Known[]): Promise<void> {
  if (doubtful.length === 0) return
  await ctx.db
    .insertInto('identity.possible_same')
    .values(doubtful.map((one) => doubtRow(ctx, patientId, one)))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Statements whose text never changes: every new Patient of a facility costs these. */
const insertText = (table: string, columns: Readonly<Record<string, string>>): string => {
  const [names, types] = [Object.keys(columns), Object.values(columns)]
  const values = types.map((type, i) => `$${i + 1}::${type}[]`)
  return `insert into identity.${table} (${names.join(', ')}) select * from unnest(${values.join(', ')})`
}
const PERSON = {
  home: 'bigint',
  status: 'text',
  level: 'text',
  synthetic: 'boolean',
  created_at: 'timestamptz',
  campaign: 'text',
  channel: 'text',
} as const
const PATIENT = {
  home: 'bigint',
  patient_id: 'bigint',
  person: 'bigint',
  source: 'text',
  demographics: 'bytea',
  ward: 'text',
  birth_year: 'smallint',
  sex: 'text',
  synthetic: 'boolean',
  created_at: 'timestamptz',
} as const
const LINK = {
  home: 'bigint',
  patient_id: 'bigint',
  at: 'timestamptz',
  person: 'bigint',
  who: 'text',
  why: 'text',
  score: 'float8',
} as const
const NUMBER = {
  hash: 'bytea',
  patient_id: 'bigint',
  system: 'text',
  key_version: 'smallint',
  assurance: 'text',
  since: 'timestamptz',
  until: 'timestamptz',
} as const
const NAME = { hash: 'bytea', patient_id: 'bigint', key_version: 'smallint' } as const
const PERSONS = insertText('person', PERSON)
const PATIENTS = insertText('patient', PATIENT)
const LINKS = insertText('link', LINK)
const NUMBERS = `${insertText('identifier', NUMBER)} on conflict do nothing`
const NAMES = `${insertText('name_key', NAME)} on conflict do nothing`

const columns = <Name extends string>(
  rows: readonly Readonly<Record<Name, unknown>>[],
  types: Readonly<Record<Name, string>>,
): unknown[][] => (Object.keys(types) as Name[]).map((name) => rows.map((row) => row[name]))

async function keep(ctx: Context, made: readonly Made[]): Promise<void> {
  const { db } = ctx
  const at = ctx.now()
  const persons = made.filter(({ isNewPerson }) => isNewPerson).map((one) => personRow(one, at))
  const numbers = made.flatMap(({ patientId, arriving }) =>
    arriving.numbers.map((one) => numberRow(ctx, patientId, one)),
  )
  const names = made.flatMap(({ patientId, arriving }) =>
    nameRows(ctx.keys, patientId, arriving.demographics),
  )
  const patients = made.map((one) => patientRow(one, at))
  const links = made.map((one) => linkRow(one, at))
  const sent = Promise.all([
    ...made.map(({ wrapped }) => keepDataKey(ctx, wrapped)),
    persons.length > 0 && ask(db, PERSONS, ...columns(persons, PERSON)),
    ask(db, PATIENTS, ...columns(patients, PATIENT)),
    ask(db, LINKS, ...columns(links, LINK)),
    numbers.length > 0 && ask(db, NUMBERS, ...columns(numbers, NUMBER)),
    names.length > 0 && ask(db, NAMES, ...columns(names, NAME)),
    ...made.map(({ patientId, doubtful }) => noteDoubts(ctx, patientId, doubtful)),
  ])
  await withoutWaiting(db, sent)
}

/**
 * Makes for each statement a Patient of its source, with a key of its own. It belongs to a person who is known already
 * only by a number that a station has seen or that facilities have stated, and not where birth date and name both speak
 * against it; then the station is asked. Otherwise it begins a person who has no book. Those who bring the same number
 * at the same moment take turns. In the caller's transaction, which puts the Patient resource too.
 * @returns in the order given
 */
export async function statePatients(ctx: Context, stated: readonly StatedPatient[]): Promise<MadePatient[]> {
  if (stated.length === 0) return []
  const arriving = stated.map((one) => ({
    ...one,
    numbers: numbersOf(ctx.keys, one.source, one.demographics, one.ownNumbers ?? []),
  }))
  const hashes = arriving.flatMap(({ numbers }) => numbers.map(({ hash }) => hash))
  // both travel together; what is known is looked up once the numbers are held
  const [, known] = await Promise.all([holdNumbers(ctx, hashes), knownBy(ctx, hashes)])
  const made = await make(ctx, arriving, known)
  await keep(ctx, made)
  return made.map(({ patientId, newDataKey, person, ward }) => ({ patientId, newDataKey, person, ward }))
}
