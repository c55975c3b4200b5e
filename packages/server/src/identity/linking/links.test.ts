import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestContext } from '../../../test/house.ts'
import { asSystem, type Context, inTransaction } from '../../platform/context.ts'
import { reachOfPatients, statePatients } from '../index.ts'
import type { Demographics } from '../people/demographics.ts'
import { chooseHome, hasBook, part, type Standing, unite } from './links.ts'

const of = (name: string): Demographics => ({
  name,
  sex: 'female',
  birthDate: '1961-04-30',
  identifiers: [],
})
const ENGINE = { who: 'engine', why: 'same person', score: 31.5 }

async function stated(ctx: Context, names: readonly string[]) {
  const people = names.map((name) => ({ source: '79001', demographics: of(name) }))
  return await inTransaction(ctx, (inner) => statePatients(inner, people))
}

const kinOf = async (ctx: Context, patientId: number) =>
  (await reachOfPatients(asSystem(ctx, 'test'), [patientId])).get(patientId)?.patientIds.toSorted()

const statuses = async ({ db }: Context) =>
  (await db.selectFrom('identity.person').select('status').orderBy('home').execute()).map((row) => row.status)

test('persons become one and two again by links alone; who, when, why and how surely stays written', async () => {
  const { ctx } = await openTestContext()
  const [a, b] = await stated(ctx, ['Nguyễn Thị Hà', 'Lê Văn Bình'])
  if (!a || !b) throw new RangeError('no Patient was made')
  const person = await inTransaction(ctx, (inner) => unite(inner, [b.person, a.person], ENGINE))
  expect(person).toBe(Math.min(a.person, b.person))
  expect(await kinOf(ctx, b.patientId)).toEqual([a.patientId, b.patientId])
  expect(await statuses(ctx)).toEqual(['stated', 'joined'])

  const parted = await inTransaction(ctx, (inner) => part(inner, [b.patientId], ENGINE))
  expect(parted).toBe(b.person)
  expect(await kinOf(ctx, a.patientId)).toEqual([a.patientId])
  expect(await statuses(ctx)).toEqual(['stated', 'stated'])
  const links = await ctx.db
    .selectFrom('identity.link')
    .select(['person', 'who', 'why', 'score'])
    .where('patient_id', '=', b.patientId)
    .orderBy('at')
    .execute()
  expect(links).toEqual([
    { person: b.person, who: '79001', why: 'first statement', score: null },
    { person: a.person, ...ENGINE },
    { person: b.person, ...ENGINE },
  ])
  const noted = await ctx.db
    .selectFrom('audit.event')
    .select('patient_id')
    .where('action', '=', 'patient.linked')
    .execute()
  expect(noted.map((row) => row.patient_id)).toEqual([b.patientId, b.patientId])
})

test("a part whose Patients all lie in another's home gets a person of its own, and more may come to her", async () => {
  const { ctx } = await openTestContext()
  const number: Demographics['identifiers'] = [{ system: 'cccd', value: '079161000011' }]
  const people = ['79001', '79002'].map((source) => ({
    source,
    demographics: { ...of('Nguyễn Thị Hà'), identifiers: number },
  }))
  const [a, b] = await inTransaction(ctx, (inner) => statePatients(inner, people))
  if (!a || !b) throw new RangeError('no Patient was made')
  expect(b.person).toBe(a.person)
  const parted = await inTransaction(ctx, (inner) => part(inner, [b.patientId], ENGINE))
  expect(parted).not.toBe(a.person)
  expect(await kinOf(ctx, b.patientId)).toEqual([b.patientId])
  expect(await inTransaction(ctx, (inner) => unite(inner, [a.person, parted], ENGINE))).toBe(a.person)
  expect(await kinOf(ctx, b.patientId)).toEqual([a.patientId, b.patientId])
})

const persons = fc.uniqueArray(
  fc.record({
    home: fc.integer({ min: 1, max: 1000 }),
    status: fc.constantFrom<Standing['status'][]>('active', 'deceased', 'closed', 'stated', 'joined'),
    level: fc.constantFrom<Standing['level'][]>('phone', 'card', 'verified'),
  }),
  { selector: ({ home }) => home, minLength: 1 },
)

test('the home of a group is a confirmed book, else a book, else the lowest, in whatever order they are named', () => {
  fc.assert(
    fc.property(persons, (some) => {
      const home = chooseHome(some)
      expect(chooseHome(some.toReversed())).toBe(home)
      const standing = some.filter(({ status }) => status !== 'joined')
      const chosen = standing.filter((one) => one.home === home)
      const books = standing.filter(hasBook)
      const confirmed = books.filter(({ level }) => level === 'verified')
      const best = [confirmed, books].find((some) => some.length > 0)
      if (best) expect(best).toEqual(expect.arrayContaining(chosen))
      else expect(home ?? Infinity).toBe(Math.min(...standing.map((one) => one.home)))
      expect(chosen).toHaveLength(Math.min(1, standing.length))
    }),
  )
})
