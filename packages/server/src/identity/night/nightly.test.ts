import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { openTestContext } from '../../../test/house.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { openBook, statePatients } from '../index.ts'
import type { Demographics } from '../people/demographics.ts'
import { nightProgress, relinkCity } from './nightly.ts'

const HA: Demographics = {
  name: 'Nguyễn Thị Thu Hà',
  sex: 'female',
  birthDate: '1961-04-30',
  identifiers: [{ system: 'cccd', value: '079161012345' }],
}
const PHONE = '0912345678'

/** What arrives, by a name of the test: a source's word, or a book at its level. */
interface Arrival {
  readonly said: Demographics
  readonly level?: 'phone' | 'verified'
  readonly ward?: string
}

const none = { identifiers: [] }
const CITY: Readonly<Record<string, Arrival>> = {
  book: { said: { ...HA, phones: [PHONE] }, level: 'verified', ward: '26911' },
  hospital: { said: HA },
  toneless: { said: { ...HA, ...none, name: 'NGUYEN THI THU HA', phones: [PHONE] }, ward: '26911' },
  swapped: { said: { ...HA, name: 'Nguyễn Thu Hà', birthDate: '1961-04' } },
  // of one name and day, and nothing else to tell
  namesake: { said: { ...HA, ...none } },
  // another woman of that name and day, with a number of her own, in the same ward
  other: {
    said: { ...HA, identifiers: [{ system: 'cccd', value: '079161054321' }] },
    level: 'verified',
    ward: '26911',
  },
  otherHospital: { said: { ...HA, identifiers: [{ system: 'cccd', value: '079161054321' }] } },
  unconfirmed: {
    said: {
      name: 'Trần Văn Nam',
      sex: 'male',
      birthDate: '1948-02-03',
      identifiers: [{ system: 'cccd', value: '079048000001' }],
    },
    level: 'phone',
  },
  nam: {
    said: {
      name: 'Trần Văn Nam',
      sex: 'male',
      birthDate: '1948-02-03',
      identifiers: [{ system: 'cccd', value: '079048000001' }],
    },
  },
  namAgain: {
    said: {
      name: 'TRAN VAN NAM',
      sex: 'male',
      birthDate: '1948-02-03',
      identifiers: [{ system: 'cccd', value: '079048000001' }],
    },
  },
}

async function arrive(ctx: Context, name: string, { said, level, ward }: Arrival): Promise<number> {
  return await inTransaction(ctx, async (inner) => {
    if (level)
      return (await openBook(inner, { level, ward: ward ?? null, demographics: said, source: 'self' }))
        .patientId
    const [made] = await statePatients(inner, [
      { source: `F-${name}`, demographics: said, ...(ward && { ward }) },
    ])
    return made?.patientId ?? -1
  })
}

/** A city of these, come in that order. */
async function cityOf(ctx: Context, names: readonly string[]): Promise<Map<number, string>> {
  const made = new Map<number, string>()
  for (const name of names) {
    const arrival = CITY[name]
    if (arrival) made.set(await arrive(ctx, name, arrival), name)
  }
  return made
}

async function groupsIn({ db }: Context, made: ReadonlyMap<number, string>): Promise<string[]> {
  const rows = await db.selectFrom('identity.patient').select(['patient_id', 'person']).execute()
  const groups = Map.groupBy(rows, (row) => row.person)
  return [...groups.values()]
    .map((group) =>
      group
        .map((row) => made.get(row.patient_id))
        .toSorted()
        .join(' '),
    )
    .toSorted()
}

const idOf = (made: ReadonlyMap<number, string>, name: string): number =>
  [...made].find(([, of]) => of === name)?.[0] ?? -1

async function rule(
  { db, now }: Context,
  made: ReadonlyMap<number, string>,
  a: string,
  b: string,
  same: boolean,
) {
  const [patient_id = -1, other_patient_id = -1] = [idOf(made, a), idOf(made, b)].toSorted((x, y) => x - y)
  const ruling = { at: now(), same, staff_id: 1, second_id: null, facility: 'TYT-26911', evidence: 'asked' }
  await db
    .insertInto('identity.ruling')
    .values({ patient_id, other_patient_id, ...ruling, ended_at: null, ended_by: null })
    .execute()
}

const stateOf = async ({ db }: Context, made: ReadonlyMap<number, string>, a: string, b: string) => {
  const [first = -1, second = -1] = [idOf(made, a), idOf(made, b)].toSorted((x, y) => x - y)
  const row = await db
    .selectFrom('identity.pair')
    .select('state')
    .where('patient_id', '=', first)
    .where('other_patient_id', '=', second)
    .executeTakeFirst()
  return row?.state
}

const GROUPED = [
  'book hospital swapped toneless',
  'nam namAgain',
  'namesake',
  'other otherHospital',
  'unconfirmed',
]

test('after the night the persons are the same, in whatever order their records came', async () => {
  const names = Object.keys(CITY)
  const orders = [names, names.toReversed(), names.toSorted(), [...names.slice(4), ...names.slice(0, 4)]]
  let keys: Context['keys'] | undefined
  for (const order of orders) {
    const { ctx: own } = await openTestContext()
    // the same blind keys everywhere, as in one city
    keys ??= own.keys
    const ctx = { ...own, keys }
    const made = await cityOf(ctx, order)
    const night = await relinkCity(ctx)
    expect(night).toMatchObject({ phase: 'done', model: 0 })
    expect(await groupsIn(ctx, made)).toEqual(GROUPED)
    expect(await stateOf(ctx, made, 'namesake', 'hospital')).toBe('open')
    expect(await stateOf(ctx, made, 'unconfirmed', 'nam')).toBe('waits')
    expect(await stateOf(ctx, made, 'nam', 'namAgain')).toBe('linked')
    expect(await relinkCity(ctx)).toMatchObject({ no: 2, moved: 0 })
  }
})

test('what people have ruled stands in the night, and is nothing once it is taken back', async () => {
  const { ctx } = await openTestContext()
  const made = await cityOf(ctx, Object.keys(CITY))
  await rule(ctx, made, 'namesake', 'book', true)
  await rule(ctx, made, 'hospital', 'swapped', false)
  await relinkCity(ctx)
  const ruled = await groupsIn(ctx, made)
  const [withBook = ''] = ruled.filter((group) => group.startsWith('book'))
  expect(withBook).toContain('namesake')
  expect(withBook.includes('hospital') && withBook.includes('swapped')).toBe(false)
  await ctx.db.updateTable('identity.ruling').set({ ended_at: ctx.now(), ended_by: 1 }).execute()
  await relinkCity(ctx)
  expect(await groupsIn(ctx, made)).toEqual(GROUPED)
})

test('a wrong link is parted at night, each change with its line in the audit and its reason', async () => {
  const { ctx } = await openTestContext()
  const made = await cityOf(ctx, ['nam', 'hospital'])
  const [nam, hospital] = [idOf(made, 'nam'), idOf(made, 'hospital')]
  await ctx.db
    .updateTable('identity.patient')
    .set({ person: Math.floor(nam / 4096) })
    .where('patient_id', '=', hospital)
    .execute()
  expect(await groupsIn(ctx, made)).toEqual(['hospital nam'])
  expect(await relinkCity(ctx)).toMatchObject({ moved: 1 })
  expect(await groupsIn(ctx, made)).toEqual(['hospital', 'nam'])
  const last = await ctx.db
    .selectFrom('identity.link')
    .select(['who', 'why'])
    .where('patient_id', '=', hospital)
    .orderBy('at', 'desc')
    .limit(1)
    .execute()
  expect(last).toEqual([{ who: 'engine', why: 'compared with the whole city' }])
  const noted = await ctx.db
    .selectFrom('audit.event')
    .select('patient_id')
    .where('action', '=', 'patient.linked')
    .execute()
  expect(noted).toEqual([{ patient_id: hospital }])
})

test('whom a hospital knows again by its own number stays the same person, another hospital’s Patient does not join her', async () => {
  const { ctx } = await openTestContext()
  const own = { ownNumbers: [{ system: 'urn:hospital', value: 'BN-7' }] }
  const said = { name: 'Trần Văn Nam', sex: 'male', birthDate: '1948-02-03', identifiers: [] } as const
  const state = (source: string) =>
    inTransaction(ctx, (inner) => statePatients(inner, [{ source, demographics: said, ...own }]))
  const [[one], [again], [elsewhere]] = [await state('79001'), await state('79001'), await state('79002')]
  expect(again?.person).toBe(one?.person)
  expect(elsewhere?.person).not.toBe(one?.person)
  expect(await relinkCity(ctx)).toMatchObject({ moved: 0 })
})

test('a run that was killed goes on where it was', async () => {
  const { ctx } = await openTestContext()
  const made = await cityOf(ctx, Object.keys(CITY))
  const phases: string[] = []
  const killed = relinkCity(ctx, ({ phase, done }) => {
    phases.push(phase)
    if (phase === 'compare' && done === 1) throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  expect(await nightProgress(ctx)).toBe(0.9)
  const again: string[] = []
  const night = await relinkCity(ctx, ({ phase, done }) => again.push(`${phase} ${done}`))
  expect(night).toMatchObject({ no: 1, phase: 'done', slices: 1 })
  expect(again).toEqual(['compare 1', 'move 0', 'pairs 0', 'done 1'])
  expect(await groupsIn(ctx, made)).toEqual(GROUPED)
  expect(await nightProgress(ctx)).toBe(1)
})

test('while one runs there is no second', async () => {
  const { ctx } = await openTestContext()
  await cityOf(ctx, Object.keys(CITY))
  // a run waits at its beginning for whoever is still writing
  const writing = await ctx.db.startTransaction().execute()
  await sql`select pg_current_xact_id()`.execute(writing)
  const first = relinkCity(ctx)
  await vi.waitFor(async () => expect(await nightProgress(ctx)).toBe(0), 20_000)
  expect(await relinkCity(ctx)).toBeUndefined()
  await writing.commit().execute()
  expect(await first).toMatchObject({ no: 1, phase: 'done' })
})
