import { expect, test } from 'vitest'
import { NOON, openTestHouse } from '../../../test/house.ts'
import { workerAt as worker } from '../../../test/worker.ts'
import { type Credentials, newStaff } from './accounts.ts'
import { fitsPassword, hashPassword } from './password.ts'

const LEAD = {
  user: 'lan.bq',
  name: 'Lê Thị Lan',
  role: 'station-lead',
  ward: '26911',
  facility: null,
} as const
const NURSE = { ...LEAD, user: 'minh.bq', name: 'Trần Minh', role: 'station' } as const

const later = (minutes: number, from = NOON): Date => new Date(from.getTime() + minutes * 60_000)

test('password and code together open a shift, which says who is at work and where', async () => {
  const house = await openTestHouse()
  const lan = worker(house)
  const reply = await lan.signIn(await newStaff(house.system, LEAD))

  expect(reply.statusCode).toBe(200)
  expect(reply.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  expect((await lan.ask('GET', '/api/staff/me')).json()).toEqual({
    user: 'lan.bq',
    name: 'Lê Thị Lan',
    role: 'station-lead',
    ward: '26911',
    wardName: 'Phường Bình Quới',
    facility: 'TYT-26911',
    stationName: 'Trạm Y tế phường Bình Quới',
  })
  expect((await lan.ask('POST', '/api/staff/sign-out')).statusCode).toBe(204)
  expect((await lan.ask('GET', '/api/staff/me')).statusCode).toBe(401)
})

test('what was wrong is not told: user, password or code get the same answer', async () => {
  const house = await openTestHouse()
  const right = await newStaff(house.system, LEAD)
  const wrong = [
    { ...right, user: 'nobody.here' },
    { ...right, password: 'not-the-password-at-all' },
  ]
  const replies = await Promise.all(wrong.map((credentials) => worker(house).signIn(credentials)))
  replies.push(await worker(house).signIn(right, '000000'))

  for (const reply of replies) expect(reply.json()).toEqual(replies[0]?.json())
  expect(replies[0]?.statusCode).toBe(401)
})

test('a code serves once, even when it is sent twice at the same moment', async () => {
  const house = await openTestHouse()
  const lan = await newStaff(house.system, LEAD)
  const replies = await Promise.all([1, 2, 3].map(() => worker(house).signIn(lan)))

  expect(replies.filter((reply) => reply.statusCode === 200)).toHaveLength(1)
})

test('after five wrong tries the account waits a quarter of an hour, right or wrong', async () => {
  const house = await openTestHouse()
  const lan = await newStaff(house.system, LEAD)
  await Promise.all(Array.from({ length: 40 }, () => worker(house).signIn(lan, '000000')))

  expect((await worker(house, later(10)).signIn(lan)).statusCode).toBe(401)
  expect((await worker(house, later(16)).signIn(lan)).statusCode).toBe(200)
})

test('a shift ends after half an hour of nothing, and after twelve hours in any case', async () => {
  const house = await openTestHouse()
  const lan = worker(house)
  await lan.signIn(await newStaff(house.system, LEAD))

  for (const minutes of [20, 45, 70]) {
    lan.clock.at = later(minutes)
    expect((await lan.ask('GET', '/api/staff/me')).statusCode).toBe(200)
  }
  lan.clock.at = later(101)
  expect((await lan.ask('GET', '/api/staff/me')).statusCode).toBe(401)
})

test('a lead looks after her own ward, the Department after all, a nurse after nobody', async () => {
  const house = await openTestHouse()
  const [lan, minh, hoa] = [worker(house), worker(house), worker(house)]
  await lan.signIn(await newStaff(house.system, LEAD))
  await minh.signIn(await newStaff(house.system, NURSE))
  const department = {
    user: 'hoa.syt',
    name: 'Phạm Hoa',
    role: 'department',
    ward: null,
    facility: null,
  } as const
  await hoa.signIn(await newStaff(house.system, department))

  const asked = { user: 'tam.bq', name: 'Tâm', role: 'station', ward: '26911' }
  const made = await lan.ask('POST', '/api/staff/accounts', asked)
  expect(made.statusCode).toBe(201)
  expect(await worker(house).signIn(made.json() as Credentials)).toMatchObject({ statusCode: 200 })
  expect((await lan.ask('POST', '/api/staff/accounts', asked)).statusCode).toBe(409)

  const beyond = [
    { ...asked, user: 'x.bt', ward: '26929' },
    { ...asked, user: 'x.syt', role: 'department', ward: null },
  ]
  for (const each of beyond) expect((await lan.ask('POST', '/api/staff/accounts', each)).statusCode).toBe(403)
  expect((await minh.ask('GET', '/api/staff/accounts')).statusCode).toBe(403)
  expect((await hoa.ask('GET', '/api/staff/accounts')).json()).toHaveLength(4)
  expect((await lan.ask('GET', '/api/staff/accounts')).json()).toHaveLength(3)
})

test('a suspended account is signed out at once and cannot sign in', async () => {
  const house = await openTestHouse()
  const [lan, minh] = [worker(house), worker(house)]
  await lan.signIn(await newStaff(house.system, LEAD))
  const credentials = await newStaff(house.system, NURSE)
  await minh.signIn(credentials)
  const accounts: { id: number; user: string }[] = (await lan.ask('GET', '/api/staff/accounts')).json()
  const id = accounts.find(({ user }) => user === NURSE.user)?.id

  expect((await lan.ask('PUT', `/api/staff/accounts/${id}`, { active: false })).statusCode).toBe(204)
  expect((await minh.ask('GET', '/api/staff/me')).statusCode).toBe(401)
  minh.clock.at = later(1)
  expect((await minh.signIn(credentials)).statusCode).toBe(401)
})

test('a worker’s cookie opens nobody’s book, and a resident’s no station', async () => {
  const house = await openTestHouse()
  const lan = worker(house)
  await lan.signIn(await newStaff(house.system, LEAD))

  expect((await lan.ask('GET', '/api/me')).statusCode).toBe(401)
  expect((await house.app.inject({ url: '/api/staff/me', cookies: { sk_session: 'x' } })).statusCode).toBe(
    401,
  )
})

test('a password is kept as a hash that only itself fits', async () => {
  const hash = await hashPassword('một mật khẩu đủ dài')

  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await fitsPassword('một mật khẩu đủ dài'.normalize('NFD'), hash)).toBe(true)
  expect(await fitsPassword('một mật khẩu đủ dàj', hash)).toBe(false)
  expect(await fitsPassword('x', 'not a hash')).toBe(false)
})
