import { Board, Coverage, Definition } from '@sokhoe/model/coverage'
import { expect, test, vi } from 'vitest'
import { CAMPAIGN, openTestHouse } from '../../test/house.ts'
import { HA, residentAt } from '../../test/resident.ts'
import { signedInWorker, type WorkerAt } from '../../test/worker.ts'
import { raiseLevel } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'

const BINH_QUOI = '26911'

interface Someone {
  readonly no: number
  readonly at?: string
  readonly ward?: string | null
  readonly former?: string
  readonly campaign?: string | null
  readonly birthYear?: number | null
  readonly level?: 'phone' | 'card' | 'verified'
}

/** Many books at once, as the feed tells of them. */
const enrol = ({ db }: Context, people: readonly Someone[]) =>
  db
    .insertInto('identity.enrolment')
    .values(
      people.map(({ no, at = '2026-11-23T02:00:00Z', ward = BINH_QUOI, campaign = null, ...one }) => ({
        home: 5_000_000 + no,
        at: new Date(at),
        n: 1 as const,
        ward,
        former: one.former ?? null,
        campaign,
        birth_year: one.birthYear === undefined ? 1980 : one.birthYear,
        sex: null,
        level: one.level ?? 'phone',
        channel: 'self' as const,
      })),
    )
    .execute()

const people = (count: number, like: Omit<Someone, 'no'> = {}): Someone[] =>
  Array.from({ length: count }, (_, no) => ({ no, ...like }))

async function openCounted() {
  const house = await openTestHouse()
  const department = await signedInWorker(house, { user: 'thinh', role: 'department', ward: null })
  const coverage = async (query = '') => {
    const reply = await department.ask('GET', `/api/department/coverage${query}`)
    return Coverage.parse(reply.json())
  }
  const rowIn = async (query: string, code: string) =>
    (await coverage(query)).rows.find((row) => row.code === code)
  return { ...house, department, coverage, rowIn }
}

/** Others on this server may hold the horizon back for a moment. */
const soon = (see: () => Promise<void>) => vi.waitFor(see, { timeout: 20_000, interval: 50 })

const boardOf = async (worker: WorkerAt, url: string) => Board.parse((await worker.ask('GET', url)).json())

test('a book made by the poster is on the board and on the map at once, and as verified after the station', async () => {
  const house = await openCounted()
  const ha = residentAt(house.app, '0903111222')
  await ha.scanAndSignIn()
  await ha.declare(HA)
  const worker = await signedInWorker(house)

  await soon(async () => {
    const board = await boardOf(worker, '/api/station/board')
    expect(board).toMatchObject({ ward: { code: BINH_QUOI }, declared: 1, verified: 0, overFull: false })
    expect(board.byCampaign).toContainEqual(
      expect.objectContaining({ code: CAMPAIGN, declared: 1, verified: 0 }),
    )
    expect(board.byAge).toContainEqual(expect.objectContaining({ band: '60+', declared: 1 }))
    expect(board.byDay).toEqual([{ day: '2026-11-23', declared: 1, verified: 0 }])
    expect(board.todayBy).toEqual([{ channel: 'self', declared: 1 }])
  })
  const { home } = await house.db.selectFrom('identity.person').select('home').executeTakeFirstOrThrow()
  await raiseLevel(house.system, home, 'verified')
  await soon(async () => {
    expect(await boardOf(worker, `/api/station/board?campaign=${CAMPAIGN}`)).toMatchObject({
      declared: 1,
      verified: 1,
    })
  })
})

test('a station reads the board of its own ward only, the map is for the Department alone', async () => {
  const house = await openTestHouse()
  const elsewhere = await signedInWorker(house, { user: 'minh.gv', ward: '26878' })
  expect((await elsewhere.ask('GET', `/api/station/board?campaign=${CAMPAIGN}`)).statusCode).toBe(403)
  for (const url of ['/api/department/coverage', '/api/department/board?ward=26911'])
    expect((await elsewhere.ask('GET', url)).json()).toMatchObject({ type: '/problems/staff.not-yours' })
  const privacy = await signedInWorker(house, { user: 'rieng.tu', role: 'privacy', ward: null })
  expect((await privacy.ask('GET', '/api/department/coverage')).statusCode).toBe(403)
  expect((await house.app.inject('/api/department/coverage')).statusCode).toBe(401)
})

test('every one of the 168 wards is told; where nobody has a book there is none, not zero per cent of something', async () => {
  const house = await openCounted()
  await enrol(house.ctx, people(1000))
  await soon(async () => {
    const { rows, city } = await house.coverage()
    expect(rows).toHaveLength(168)
    expect(rows.find(({ code }) => code === BINH_QUOI)).toMatchObject({ registered: 1000, none: false })
    expect(rows.filter(({ none }) => none)).toHaveLength(167)
    expect(city).toMatchObject({ registered: 1000, units: 168, withBooks: 1, estimated: 14_544_929 })
  })
})

test('more books than people is flagged and stands above 100 %, never cut off', async () => {
  const house = await openCounted()
  const before = await house.rowIn('', BINH_QUOI)
  const full = (before?.estimated ?? 0) + 10
  for (let made = 0; made < full; made += 5000) await enrol(house.ctx, people(Math.min(5000, full - made)))
  const worker = await signedInWorker(house)
  await soon(async () => {
    const row = await house.rowIn('', BINH_QUOI)
    expect(row).toMatchObject({ registered: full, over: true, missing: 0 })
    expect(row?.share).toBeGreaterThan(1)
    expect(await boardOf(worker, '/api/station/board')).toMatchObject({ declared: full, overFull: true })
  })
})

test('one to four people are hidden from the city, and counted in its total', async () => {
  const house = await openCounted()
  await enrol(house.ctx, [...people(3, { ward: '26878' }), ...people(40), { no: 1, level: 'verified' }])
  const worker = await signedInWorker(house, { ward: '26878' })
  await soon(async () => {
    const coverage = await house.coverage()
    expect(coverage.rows.find(({ code }) => code === '26878')).toMatchObject({
      registered: 'few',
      share: null,
      missing: null,
    })
    expect(coverage.rows.find(({ code }) => code === BINH_QUOI)).toMatchObject({
      registered: 41,
      verified: 'few',
    })
    expect(coverage.city.registered).toBe(44)
  })
  const seen = await boardOf(house.department, '/api/department/board?ward=26878')
  expect(seen.byAge.find(({ band }) => band === '40-59')?.declared).toBeNull()
  const own = await boardOf(worker, '/api/station/board')
  expect(own.byAge.find(({ band }) => band === '40-59')?.declared).toBe(3)
})

test('age, level and date choose who counts; a past day is as it stood then', async () => {
  const house = await openCounted()
  await enrol(house.ctx, people(20, { at: '2026-11-10T03:00:00Z', birthYear: 2024 }))
  await enrol(house.ctx, people(30, { at: '2026-11-20T03:00:00Z', birthYear: 1950, level: 'verified' }))
  await enrol(house.ctx, people(6, { birthYear: null }))
  await soon(async () => {
    expect(await house.rowIn('', BINH_QUOI)).toMatchObject({ registered: 56, verified: 30 })
  })
  expect(await house.rowIn('?on=2026-11-19', BINH_QUOI)).toMatchObject({ registered: 20, verified: 0 })
  expect(await house.rowIn('?on=2026-11-09', BINH_QUOI)).toMatchObject({ registered: 0, none: true })
  expect(await house.rowIn('?band=0-4', BINH_QUOI)).toMatchObject({ registered: 20 })
  expect(await house.rowIn(`?band=${encodeURIComponent('60+')}&on=2026-11-20`, BINH_QUOI)).toMatchObject({
    registered: 30,
  })
  expect(await house.rowIn('?band=60%2B&on=2026-11-19', BINH_QUOI)).toMatchObject({ registered: 0 })
  expect(await house.rowIn('?band=unknown', BINH_QUOI)).toMatchObject({ registered: 6, estimated: null })
  expect((await house.coverage('?band=unknown')).city).toMatchObject({
    counted: 6,
    estimated: null,
    share: null,
    missing: null,
  })
  expect(await house.rowIn('?level=verified', BINH_QUOI)).toMatchObject({ registered: 56, counted: 30 })
  const { weeks, weekly, asOf } = await house.coverage('?on=2026-11-22')
  expect(weeks.at(-1)).toBe('2026-11-16')
  expect(weekly.slice(-2)).toEqual([20, 30])
  expect(asOf).toBe('2026-11-22T17:00:00.000Z')
})

test('old districts add up their whole wards, name the split ones, and keep who lives nowhere known', async () => {
  const house = await openCounted()
  await enrol(house.ctx, [...people(50), ...people(70, { ward: '27595' }), ...people(8, { ward: null })])
  await soon(async () => expect((await house.coverage()).city.registered).toBe(128))

  const { rows, city } = await house.coverage('?by=old-district')
  const named = (name: string) => rows.find((row) => row.name === name)
  expect(named('Quận Bình Thạnh')).toMatchObject({ registered: 50, split: [] })
  expect(named('Quận 8')).toMatchObject({ registered: 0 })
  expect(named('Quận 8')?.split.map(({ code }) => code)).toContain('27595')
  expect(city).toMatchObject({ registered: 128, nowhere: 8 })
})

test('the old map counts people where their addresses say they lived, and tells apart whom nobody can place', async () => {
  const house = await openCounted()
  await enrol(house.ctx, [...people(9, { former: '26911' }), ...people(7, { former: '26962' }), ...people(6)])
  await soon(async () => expect((await house.coverage()).city.registered).toBe(22))
  const { rows, city } = await house.coverage('?by=old-ward')
  const named = (name: string) => rows.find((row) => row.name === name)
  expect(named('Phường 27, Quận Bình Thạnh')).toMatchObject({
    registered: 9,
    estimated: null,
    wards: ['26911'],
  })
  expect(named('Phường 28, Quận Bình Thạnh')).toMatchObject({ registered: 7 })
  expect(city).toMatchObject({ registered: 22, nowhere: 6 })
})

test('the usual hour is the mean of the same weekday before, and there is none before a week has passed', async () => {
  const house = await openCounted()
  const worker = await signedInWorker(house)
  await enrol(house.ctx, people(5, { at: '2026-11-23T01:30:00Z' }))
  await soon(async () => {
    const { today } = await boardOf(worker, '/api/station/board')
    expect(today.find(({ hour }) => hour === 8)).toEqual({ hour: 8, declared: 5, usual: null })
  })
  await enrol(house.ctx, people(6, { at: '2026-11-16T01:10:00Z' }))
  await enrol(house.ctx, people(3, { at: '2026-11-09T01:10:00Z' }))
  await soon(async () => {
    const { today } = await boardOf(worker, '/api/station/board')
    expect(today.find(({ hour }) => hour === 8)).toEqual({ hour: 8, declared: 5, usual: 4.5 })
  })
})

test('odd questions are refused one by one and nothing breaks', async () => {
  const { department } = await openCounted()
  const odd = [
    '/api/department/coverage?on=2026-11-24',
    '/api/department/coverage?on=2025-06-30',
    '/api/department/coverage?on=2026-02-30',
    '/api/department/coverage?by=planet',
    "/api/department/coverage?level='",
    '/api/department/board',
    '/api/department/board?ward=269',
    '/api/station/board',
  ]
  for (const url of odd) expect((await department.ask('GET', url)).statusCode, url).toBe(400)
  expect((await department.ask('GET', '/api/department/board?ward=99999')).statusCode).toBe(422)
  expect((await department.ask('GET', '/api/department/board?campaign=zz99zz')).statusCode).toBe(404)
})

test('each number says what it means, in both languages', async () => {
  const { department, coverage } = await openCounted()
  const told = Definition.array().parse((await department.ask('GET', '/api/department/definitions')).json())
  const keys = told.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys).toContain((await coverage('?band=0-4')).basis)
  for (const { name, numerator } of told) {
    expect(name.vi).not.toBe(name.en)
    expect(numerator.vi.length > 10 && numerator.en.length > 10).toBe(true)
  }
})
