import { readPhone } from '@sokhoe/model'
import { expect, test } from 'vitest'
import { openOperator } from '../../test/operator.ts'
import { campaignCommand } from './campaign.ts'
import { demoCommand } from './demo.ts'

test('other programs are told campaigns, residents and their levels in one line of JSON', async () => {
  const { io, out } = await openOperator()
  expect(await demoCommand(['--json'], io)).toBe(0)
  expect(out).toHaveLength(1)

  const { base, campaigns, residents, staff, clients } = JSON.parse(out[0] ?? '')
  expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(campaigns).toHaveLength(3)
  for (const { code, url, ward } of campaigns) {
    expect(ward).toMatch(/^\d{5}$/)
    expect(url).toBe(`${base}/q/${code}`)
  }
  expect(campaigns.map((each: { ward: string }) => each.ward)).toContain('26911')
  expect(residents.length).toBeGreaterThan(20)
  for (const { phone, name, person, level } of residents) {
    expect(readPhone(phone, { synthetic: true })).toMatchObject({ ok: true, national: phone })
    expect(name.length).toBeGreaterThan(3)
    expect(person).toMatch(/^[0-9a-f-]{36}$/)
    expect(['phone', 'card', 'verified']).toContain(level)
  }
  const verified = residents.filter((each: { level: string }) => each.level === 'verified')
  expect(verified.length).toBeGreaterThan(0)
  for (const { idNumber } of verified) expect(idNumber).toMatch(/^0\d{11}$/)
  expect(staff).toContainEqual({
    user: 'station.bq',
    password: expect.stringMatching(/^.{14,}$/),
    totpSecret: expect.stringMatching(/^[A-Z2-7]{32}$/),
    role: 'station',
    ward: '26911',
  })
  expect(clients.map((each: { id: string }) => each.id)).toEqual(['cho-ray', 'gia-dinh', 'demo', 'sandbox'])
  for (const { facility, scopes } of clients) {
    expect(facility).toMatch(/^(HCM-\d{3}|SYT)$/)
    expect(scopes).toBe('system/*.cruds')
  }
})

test('DEMO=0 leaves the city empty, and a campaign can be begun in any ward of today', async () => {
  const { io, out, err } = await openOperator({ DEMO: '0' })
  await demoCommand(['--json'], io)
  expect(JSON.parse(out.pop() ?? '')).toMatchObject({ campaigns: [], residents: [] })

  expect(await campaignCommand(['new', '--ward', '26911', '--json'], io)).toBe(0)
  expect(JSON.parse(out.pop() ?? '')).toMatchObject({
    ward: '26911',
    code: expect.stringMatching(/^[a-z0-9]{6}$/),
  })

  expect(await campaignCommand(['new', '--ward', '99999', '--json'], io)).toBe(1)
  expect(err.pop()).toBe('No ward has this code today')
  expect(await campaignCommand(['new'], io)).toBe(1)
})

test('ticket codes are told once, for a campaign that is there', async () => {
  const { io, out } = await openOperator({ DEMO: '0' })
  await campaignCommand(['new', '--ward', '26911', '--code', 'bq9'], io)
  out.length = 0

  expect(await campaignCommand(['tickets', 'bq9', '5', '--json'], io)).toBe(0)
  expect(new Set(JSON.parse(out[0] ?? '')).size).toBe(5)
  expect(await campaignCommand(['tickets', 'nowhere', '5'], io)).toBe(1)
})

test('there are no demonstration accounts in production', async () => {
  const { io, out, err } = await openOperator({
    MODE: 'production',
    SMS_PROVIDER: 'http',
    SMS_URL: 'https://sms.example',
    PUBLIC_URL: 'https://sokhoe.example',
  })
  expect(await demoCommand(['--json'], io)).toBe(1)
  expect(out).toEqual([])
  expect(err).toHaveLength(1)
})
