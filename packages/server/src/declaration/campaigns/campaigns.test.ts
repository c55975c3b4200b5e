import { expect, test } from 'vitest'
import { CAMPAIGN, openTestHouse } from '../../../test/house.ts'
import { pdfText } from '../../../test/poppler.ts'
import { hasPoppler } from '../../../test/printed.ts'
import { FIRST_PART, HA, residentAt } from '../../../test/resident.ts'
import { signedInWorker } from '../../../test/worker.ts'

type House = Awaited<ReturnType<typeof openTestHouse>>

const lead = (house: House) => signedInWorker(house, { user: 'lan.bq', role: 'station-lead' })
const nurse = (house: House) => signedInWorker(house, { user: 'minh.bq', role: 'station' })
const department = (house: House) =>
  signedInWorker(house, { user: 'hoa.syt', role: 'department', ward: null })

const actions = async ({ db }: House): Promise<(string | null)[]> =>
  (await db.selectFrom('audit.event').select(['action', 'what']).orderBy('seq').execute())
    .filter(({ action }) => action.startsWith('campaign'))
    .map(({ action, what }) => `${action} ${what}`)

test('a lead begins a campaign of an alley, changes and ends it, and each change is written down', async () => {
  const house = await openTestHouse()
  const lan = await lead(house)
  const asked = { kind: 'alley', alley: 'Hẻm 480 Bình Quới', ends: '2026-12-31', target: 300 }
  const made = await lan.ask('POST', '/api/station/campaigns', asked)
  const { code } = made.json() as { code: string }

  expect(made.statusCode).toBe(201)
  expect(made.json()).toMatchObject({
    kind: 'alley',
    alley: 'Hẻm 480 Bình Quới',
    ward: { code: '26911', name: 'Phường Bình Quới' },
    title: 'Lập sổ sức khỏe Phường Bình Quới',
    starts: '2026-11-23',
    state: 'open',
  })
  const change = { title: 'Hẻm 480, đợt hai', ends: '2027-01-31', target: 350, phone: '(028) 5550 1127' }
  expect((await lan.ask('PUT', `/api/station/campaigns/${code}`, change)).statusCode).toBe(204)
  expect((await house.app.inject(`/api/campaigns/${code}`)).json()).toMatchObject({
    title: 'Hẻm 480, đợt hai',
    ends: '2027-01-31',
    station: { phone: '(028) 5550 1127' },
  })

  expect((await lan.ask('POST', `/api/station/campaigns/${code}/end`)).statusCode).toBe(204)
  expect((await house.app.inject(`/api/campaigns/${code}`)).json()).toMatchObject({
    type: '/problems/campaign.ended',
  })
  expect((await lan.ask('PUT', `/api/station/campaigns/${code}`, { ...change, ends: null })).statusCode).toBe(
    204,
  )
  expect((await house.app.inject(`/api/campaigns/${code}`)).statusCode).toBe(200)
  expect(await actions(house)).toEqual([
    `campaign.made ${code}`,
    `campaign.changed ${code}`,
    `campaign.ended ${code}`,
    `campaign.changed ${code}`,
  ])
})

test('whom to call is taken over from the ward’s campaign before, unless it is said', async () => {
  const house = await openTestHouse()
  const lan = await lead(house)
  const begin = async (asked: object) =>
    (await lan.ask('POST', '/api/station/campaigns', { kind: 'ward', ...asked })).json()

  expect(await begin({})).toMatchObject({ phone: null, hours: null })
  await begin({ phone: '(028) 5550 1127', hours: '7:00–17:00' })
  expect(await begin({})).toMatchObject({ phone: '(028) 5550 1127', hours: '7:00–17:00' })
  expect(await begin({ phone: '(028) 5550 9999' })).toMatchObject({ phone: '(028) 5550 9999' })
})

test('a nurse sees the campaigns of her ward and changes none; another ward’s are not hers to see', async () => {
  const house = await openTestHouse()
  const minh = await nurse(house)
  const hoa = await department(house)
  const other = await hoa.ask('POST', '/api/department/campaigns', { kind: 'ward', ward: '26929' })
  const { code } = other.json() as { code: string }

  expect(other.statusCode).toBe(201)
  expect((await minh.ask('GET', '/api/station/campaigns')).json()).toMatchObject([{ code: CAMPAIGN }])
  expect((await hoa.ask('GET', '/api/department/campaigns')).json()).toHaveLength(2)
  const asked = { kind: 'ward' }
  expect((await minh.ask('POST', '/api/station/campaigns', asked)).statusCode).toBe(403)
  expect((await minh.ask('GET', `/api/station/campaigns/${code}`)).statusCode).toBe(403)
  expect((await minh.ask('GET', `/api/station/posters?of=${code}`)).statusCode).toBe(403)
  expect((await minh.ask('POST', `/api/station/campaigns/${code}/tickets`, { count: 1 })).statusCode).toBe(
    403,
  )
  expect((await house.app.inject('/api/station/campaigns')).statusCode).toBe(401)
})

test.each([
  [{ kind: 'ward', starts: '2026-12-01', ends: '2026-11-30' }, '/ends'],
  [{ kind: 'alley' }, '/alley'],
  [{ kind: 'ward', target: 0 }, '/target'],
  [{ kind: 'ward', title: 'a\u0000b' }, '/title'],
  [{ kind: 'ward', ends: '2026-02-30' }, '/ends'],
  [{ kind: 'ward', ward: '26929' }, undefined],
  [{ kind: 'street' }, '/kind'],
])('a campaign that cannot be is refused: %o', async (asked, at) => {
  const house = await openTestHouse()
  const lan = await lead(house)
  const reply = await lan.ask('POST', '/api/station/campaigns', asked)

  expect(reply.statusCode).toBeGreaterThanOrEqual(400)
  expect(reply.statusCode).toBeLessThan(500)
  if (at) expect(reply.json()).toMatchObject({ at: [at] })
  expect(await actions(house)).toEqual([])
})

test('a place has a short address of its own; scans and books are counted there, and nothing of anybody', async () => {
  const house = await openTestHouse()
  const lan = await lead(house)
  const made = await lan.ask('POST', `/api/station/campaigns/${CAMPAIGN}/places`, {
    name: 'Chợ Bình Quới, cổng chính',
  })
  const { code: place } = made.json() as { code: string }
  expect(made.statusCode).toBe(201)

  const ha = residentAt(house.app, '0500123456')
  expect((await house.app.inject(`/api/campaigns/${place}`)).json()).toMatchObject({ code: CAMPAIGN })
  await ha.scanAndSignIn(place)
  expect((await ha.declare({ ...FIRST_PART, ...HA })).statusCode).toBe(201)
  const told = async () =>
    ((await lan.ask('GET', `/api/station/campaigns/${CAMPAIGN}`)).json() as { places: object[] }).places[0]
  await expect.poll(told, { timeout: 20_000 }).toEqual({
    code: place,
    name: 'Chợ Bình Quới, cổng chính',
    hangs: true,
    scans: 1,
    books: 1,
    url: `http://sokhoe.test/q/${place}`,
  })
  const people = await house.db.selectFrom('identity.person').select('campaign').execute()
  expect(people).toEqual([{ campaign: CAMPAIGN }])

  const down = { name: 'Chợ Bình Quới', hangs: false }
  expect((await lan.ask('PUT', `/api/station/campaigns/${CAMPAIGN}/places/${place}`, down)).statusCode).toBe(
    204,
  )
  expect(await told()).toMatchObject(down)
  expect((await lan.ask('PUT', `/api/station/campaigns/${CAMPAIGN}/places/zz2zz2z`, down)).statusCode).toBe(
    404,
  )
})

test.runIf(hasPoppler())('tickets are told once, in a sheet, and each opens a new book', async () => {
  const house = await openTestHouse()
  const minh = await nurse(house)
  const reply = await minh.ask('POST', `/api/station/campaigns/${CAMPAIGN}/tickets`, { count: 3 })
  const tickets = pdfText(reply.rawPayload).match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/g) ?? []

  expect(reply.headers['content-type']).toBe('application/pdf')
  expect(new Set(tickets).size).toBe(3)
  const opened = await house.app.inject({
    method: 'POST',
    url: `/api/campaigns/${CAMPAIGN}/ticket`,
    payload: { ticket: tickets[0] },
  })
  expect(opened.statusCode).toBe(200)
  expect(await actions(house)).toEqual([`campaign.tickets ${CAMPAIGN} 3`])
})

test('posters of several campaigns and places are one document; an unknown one refuses all', async () => {
  const house = await openTestHouse()
  const lan = await lead(house)
  const { code } = (
    await lan.ask('POST', `/api/station/campaigns/${CAMPAIGN}/places`, { name: 'Trường tiểu học' })
  ).json() as { code: string }
  const reply = await lan.ask('GET', `/api/station/posters?of=${CAMPAIGN},${code}&size=a5`)

  expect(reply.headers['content-type']).toBe('application/pdf')
  expect(reply.rawPayload.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2)
  expect((await lan.ask('GET', `/api/station/posters?of=${CAMPAIGN},zz9zz9`)).statusCode).toBe(404)
  expect((await lan.ask('GET', '/api/station/posters?of=')).statusCode).toBe(400)
  expect((await lan.ask('GET', `/api/station/posters?of=${CAMPAIGN}&size=a0`)).statusCode).toBe(400)
})
