import { fullName, successors, wardsOn } from '@sokhoe/codes'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { HA, residentAt } from '../../../test/resident.ts'
import { householdRows } from '../people/households.ts'

type House = Awaited<ReturnType<typeof openTestHouse>>

async function openLocating() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0903111222')
  await ha.scanAndSignIn()
  const locate = async (address: string) =>
    (await ha.ask('POST', '/api/places/locate', { payload: { address } })).json()
  return { ...house, ha, locate }
}

/** An old ward of which more than one ward of today got a part. */
const SPLIT = wardsOn('2025-06-30').find((ward) => successors(ward.code, '2025-06-30').length === 2)
const WAS = SPLIT ? fullName(SPLIT, '2025-06-30') : ''
const [FIRST = '', SECOND = ''] = SPLIT
  ? successors(SPLIT.code, '2025-06-30').map(({ ward }) => ward.code)
  : []

/** Confirmed people behind so many doors of a street. */
async function liveOn({ db, keys }: House, street: string, ward: string, doors: number, first: number) {
  for (let no = first; no < first + doors; no++) {
    const home = 7_000_000 + no
    const address = `${no} ${street}`
    await db
      .insertInto('identity.person')
      .values({
        home,
        status: 'active',
        level: 'verified',
        synthetic: false,
        created_at: new Date(),
        campaign: null,
        channel: 'self',
      })
      .execute()
    await db.insertInto('identity.household').values(householdRows(keys, { home, ward, address })).execute()
  }
}

test('an address in old ward 27 of Bình Thạnh is in Bình Quới today', async () => {
  const { locate } = await openLocating()
  expect(await locate('12/3 Đường Số 4, P.27, Q. Bình Thạnh')).toEqual({
    was: { code: '26911', name: 'Phường 27', fullName: 'Phường 27, Quận Bình Thạnh, Thành phố Hồ Chí Minh' },
    today: [{ code: '26911', name: 'Phường Bình Quới' }],
    by: 'whole',
  })
})

test('in a split ward whoever asks is told the parts, until three confirmed doors of the street agree', async () => {
  const house = await openLocating()
  const address = `40 Đường Hoa Sữa, ${WAS}`
  expect(await house.locate(address)).toMatchObject({ by: 'ask', today: [{ code: FIRST }, { code: SECOND }] })
  await liveOn(house, 'Đường Hoa Sữa', FIRST, 2, 0)
  expect(await house.locate(address)).toMatchObject({ by: 'ask' })
  await liveOn(house, 'Đường Hoa Sữa', FIRST, 1, 10)
  expect(await house.locate(address)).toMatchObject({ by: 'street', today: [{ code: FIRST }] })
})

test('a street that crosses into the other part says nothing', async () => {
  const house = await openLocating()
  await liveOn(house, 'Đường Hoa Sữa', FIRST, 5, 0)
  await liveOn(house, 'Đường Hoa Sữa', SECOND, 1, 20)
  expect(await house.locate(`40 Đường Hoa Sữa, ${WAS}`)).toMatchObject({ by: 'ask' })
})

test('what names no ward is unknown, and who has not signed in is not answered', async () => {
  const { app, locate } = await openLocating()
  expect(await locate('nhà cô Tư')).toEqual({ was: null, today: [], by: 'unknown' })
  const reply = await app.inject({
    method: 'POST',
    url: '/api/places/locate',
    payload: { address: 'Phường 27, Bình Thạnh' },
  })
  expect(reply.statusCode).toBe(401)
})

test('the book of somebody who wrote an old address counts on the old map too', async () => {
  const { ha, db } = await openLocating()
  await ha.declare({ ...HA, 'A.18.1': [{ valueString: '12/3 Đường Số 4, Phường 27, Quận Bình Thạnh' }] })
  const { former } = await db.selectFrom('identity.enrolment').select('former').executeTakeFirstOrThrow()
  expect(former).toBe('26911')
})
