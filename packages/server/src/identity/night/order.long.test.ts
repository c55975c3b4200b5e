import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKeys, openTestContext } from '../../../test/house.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { openBook, statePatients } from '../index.ts'
import type { Demographics } from '../people/demographics.ts'
import { relinkCity } from './nightly.ts'

/** Few of each, so that records agree and contradict each other in many ways. */
const NAMES = ['Nguyễn Thị Thu Hà', 'NGUYEN THI THU HA', 'Nguyễn Thu Hà', 'Nguyễn Thị Thu Hạ', 'Trần Văn Nam']
const DAYS = ['1961-04-30', '1961-04', '1961-04-03', '1948-02-03', '']
const NUMBERS = ['079161012345', '079161012354', '079161054321', '079048000001']
const PHONES = ['0912345678', '0987654321']

interface Arrival {
  readonly said: Demographics
  readonly level: 'phone' | 'verified' | null
  readonly ward: string | null
}

const arrivals: fc.Arbitrary<Arrival> = fc
  .record({
    ...{ name: fc.constantFrom(...NAMES), birthDate: fc.constantFrom(...DAYS) },
    sex: fc.constantFrom('female', 'male', 'unknown'),
    number: fc.option(fc.constantFrom(...NUMBERS)),
    phone: fc.option(fc.constantFrom(...PHONES)),
    level: fc.constantFrom(null, null, null, 'phone', 'verified'),
    ward: fc.constantFrom(null, '26911', '26734'),
  })
  .map(({ name, birthDate, sex, number, phone, level, ward }) => ({
    said: {
      ...{ name, birthDate, sex },
      identifiers: number === null ? [] : [{ system: 'cccd', value: number }],
      ...(phone !== null && { phones: [phone] }),
    },
    ...{ level, ward },
  }))

interface Case {
  readonly all: readonly Arrival[]
  readonly order: readonly number[]
  /** Two of whom people say that they are two. */
  readonly different: readonly [number, number]
}

const cases: fc.Arbitrary<Case> = fc
  // no two say the same: nobody could tell which of them came first
  .uniqueArray(arrivals, { minLength: 2, maxLength: 8, selector: (one) => JSON.stringify(one) })
  .chain((all) => {
    const places = all.map((_, at) => at)
    const place = fc.nat({ max: all.length - 1 })
    const order = fc.shuffledSubarray(places, { minLength: all.length })
    return fc.record({ all: fc.constant(all), order, different: fc.tuple(place, place) })
  })

async function arrive(ctx: Context, { said, level, ward }: Arrival, at: number): Promise<number> {
  return await inTransaction(ctx, async (inner) => {
    if (level !== null)
      return (await openBook(inner, { level, ward, demographics: said, source: 'self' })).patientId
    const source = `F-${at}`
    const [made] = await statePatients(inner, [{ source, demographics: said, ...(ward && { ward }) }])
    return made?.patientId ?? -1
  })
}

/** What is left of a city in which they came in that order, by their places among all. */
async function afterTheNight(keys: Context['keys'], { all, different }: Case, order: readonly number[]) {
  const { ctx: own, db } = await openTestContext({ max: 6 })
  const ctx = { ...own, keys }
  const placeOf = new Map<number, number>()
  for (const at of order) {
    const arrival = all[at]
    if (arrival) placeOf.set(await arrive(ctx, arrival, at), at)
  }
  const idOf = (at: number) => [...placeOf].find(([, place]) => place === at)?.[0] ?? -1
  const [patient_id = -1, other_patient_id = -1] = different.map(idOf).toSorted((a, b) => a - b)
  const ruling = { at: ctx.now(), same: false, staff_id: 1, second_id: null, facility: 'TYT-26911' }
  const standing = { evidence: 'asked', ended_at: null, ended_by: null }
  if (patient_id !== other_patient_id)
    await db
      .insertInto('identity.ruling')
      .values({ patient_id, other_patient_id, ...ruling, ...standing })
      .execute()
  await relinkCity(ctx)
  const rows = await db.selectFrom('identity.patient').select(['patient_id', 'person']).execute()
  const groups = [...Map.groupBy(rows, ({ person }) => person).values()]
  await db.destroy()
  return groups
    .map((group) => group.map((row) => placeOf.get(row.patient_id) ?? -1).toSorted((a, b) => a - b))
    .toSorted(([a = -1], [b = -1]) => a - b)
}

test('whoever came first, and whatever was made of it then: after the night the persons are the same', async () => {
  const keys = await newKeys()
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const inOrder = await afterTheNight(
        keys,
        one,
        one.all.map((_, at) => at),
      )
      expect(await afterTheNight(keys, one, one.order)).toEqual(inOrder)
    }),
    { numRuns: 25 },
  )
}, 600_000)
