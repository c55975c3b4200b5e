import type { KeyObject } from 'node:crypto'
import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { type DataKeyRow, keepDataKeys } from '../../platform/datakeys.ts'
import { withoutWaiting } from '../../platform/transact.ts'
import { keyRows } from '../linking/keys.ts'
import { type NewPair, notePairs } from '../linking/pairs.ts'
import { type Demographics, sealDemographics } from './demographics.ts'
import type { Numbered } from './numbers.ts'
import { nameRows } from './rows.ts'

/** A Patient that was stated just now, as it is kept. */
export interface Keeping {
  readonly home: number
  readonly patientId: number
  readonly person: number
  readonly isNewPerson: boolean
  readonly source: string
  readonly demographics: Demographics
  readonly ward: string | undefined
  readonly numbers: readonly Numbered[]
  /** Blind keys that propose it to others. */
  readonly keys: readonly number[]
  readonly newDataKey: KeyObject
  readonly wrapped: DataKeyRow
  /** Base 2 logarithm of the odds by which it was recognised. */
  readonly score: number | null
  readonly pairs: readonly NewPair[]
}

const patientRow = (one: Keeping, at: Date) => ({
  home: one.home,
  patient_id: one.patientId,
  person: one.person,
  source: one.source,
  demographics: sealDemographics(one.newDataKey, one.patientId, one.demographics),
  ward: one.ward ?? null,
  birth_year: Number(one.demographics.birthDate.slice(0, 4)) || null,
  sex: one.demographics.sex,
  synthetic: false,
  created_at: at,
})

/** Without a book there is no enrolment to count; how sure a book is says nothing of her yet. */
const personRow = ({ person }: Keeping, at: Date) => ({
  home: person,
  status: 'stated',
  level: 'phone' as const,
  synthetic: false,
  created_at: at,
  campaign: null,
  channel: 'import' as const,
})

const linkRow = ({ home, patientId, person, isNewPerson, source, score }: Keeping, at: Date) => ({
  home,
  patient_id: patientId,
  at,
  person,
  who: source,
  why: isNewPerson ? 'first statement' : 'recognised on arrival',
  score,
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
const KEY = { key: 'bigint', patient_id: 'bigint', key_version: 'smallint' } as const
const PERSONS = insertText('person', PERSON)
const PATIENTS = insertText('patient', PATIENT)
const LINKS = insertText('link', LINK)
const NUMBERS = `${insertText('identifier', NUMBER)} on conflict do nothing`
const NAMES = `${insertText('name_key', NAME)} on conflict do nothing`

const KEYS = `${insertText('link_key', KEY)} on conflict do nothing`

const columns = <Name extends string>(
  rows: readonly Readonly<Record<Name, unknown>>[],
  types: Readonly<Record<Name, string>>,
): unknown[][] => (Object.keys(types) as Name[]).map((name) => rows.map((row) => row[name]))

/** Everything of these Patients, in statements that travel together with the commit behind them. */
export async function keepStated(ctx: Context, made: readonly Keeping[]): Promise<void> {
  const { db } = ctx
  const at = ctx.now()
  const persons = made.filter(({ isNewPerson }) => isNewPerson).map((one) => personRow(one, at))
  const numbers = made.flatMap(({ patientId, numbers }) =>
    numbers.map((one) => numberRow(ctx, patientId, one)),
  )
  const names = made.flatMap(({ patientId, demographics }) => nameRows(ctx.keys, patientId, demographics))
  const keys = made.flatMap(({ patientId, keys }) => keyRows(ctx.keys, patientId, keys))
  const patients = made.map((one) => patientRow(one, at))
  const links = made.map((one) => linkRow(one, at))
  const sent = Promise.all([
    keepDataKeys(
      ctx,
      made.map(({ wrapped }) => wrapped),
    ),
    persons.length > 0 && ask(db, PERSONS, ...columns(persons, PERSON)),
    ask(db, PATIENTS, ...columns(patients, PATIENT)),
    ask(db, LINKS, ...columns(links, LINK)),
    numbers.length > 0 && ask(db, NUMBERS, ...columns(numbers, NUMBER)),
    names.length > 0 && ask(db, NAMES, ...columns(names, NAME)),
    keys.length > 0 && ask(db, KEYS, ...columns(keys, KEY)),
    notePairs(
      ctx,
      made.flatMap(({ pairs }) => pairs),
    ),
  ])
  await withoutWaiting(db, sent)
}
