import { expect, test } from 'vitest'
import { newKey } from '../../../test/backend.ts'
import { CHO_RAY } from '../../../test/client.ts'
import { openTestHouse } from '../../../test/house.ts'
import { signedInWorker } from '../../../test/worker.ts'

const pem = (key = newKey().publicKey): string => key.export({ format: 'pem', type: 'spki' }).toString()

const LAB = { id: 'lab-1', name: 'Phòng xét nghiệm', facility: CHO_RAY, scopes: 'system/*.rs' }

async function openOffice() {
  const house = await openTestHouse()
  const office = await signedInWorker(house, { user: 'office', role: 'department', ward: null })
  const clients = async () => (await office.ask('GET', '/api/department/clients')).json().clients
  const at = '/api/department/clients'
  return { ...house, office, clients, at }
}

test('the Department registers a program with its key, rotates the key, and suspends the program', async () => {
  const { office, clients, at } = await openOffice()
  expect((await office.ask('POST', at, { ...LAB, key: pem() })).statusCode).toBe(201)
  const [first] = await clients()
  expect(first).toMatchObject({
    ...LAB,
    facilityName: 'Bệnh viện Chợ Rẫy',
    operator: false,
    suspendedAt: null,
    lastUsedAt: null,
    keys: [{ alg: 'ES384', until: null }],
  })
  const second = await office.ask('POST', `${at}/lab-1/keys`, { key: pem(newKey('RS384').publicKey) })
  expect(second.statusCode).toBe(201)
  const old = encodeURIComponent(first.keys[0].kid)
  expect((await office.ask('DELETE', `${at}/lab-1/keys/${old}`)).statusCode).toBe(204)
  expect((await office.ask('PUT', `${at}/lab-1`, { suspended: true })).statusCode).toBe(204)
  expect((await clients())[0]).toMatchObject({
    suspendedAt: expect.any(String),
    keys: [
      { kid: second.json().kid, alg: 'RS384', until: null },
      { alg: 'ES384', until: expect.any(String) },
    ],
  })
})

test('a key that is private, weak or none registers nothing, and neither does a name that is taken', async () => {
  const { office, clients, at } = await openOffice()
  const { privateKey } = newKey()
  const refused: readonly (readonly [key: string, code: string])[] = [
    [privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 'client.key-unfit'],
    [JSON.stringify(privateKey.export({ format: 'jwk' })), 'client.key-unfit'],
    ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'client.key-unfit'],
    [JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }), 'client.key-unfit'],
    ['{"kty":"EC","crv":"P-256","x":"x","y":"y"}', 'client.key-unfit'],
    ['hello', 'client.key-unfit'],
  ]
  for (const [key, code] of refused) {
    const reply = await office.ask('POST', at, { ...LAB, key })
    expect([reply.statusCode, reply.json().type]).toEqual([422, `/problems/${code}`])
  }
  expect(await clients()).toEqual([])
  await office.ask('POST', at, LAB)
  const wrong = [
    [LAB, 409, 'client.taken'],
    [{ ...LAB, id: 'Lab 2' }, 400, 'request.invalid'],
    [{ ...LAB, id: 'lab-2', facility: 'self' }, 422, 'client.facility-unknown'],
    [{ ...LAB, id: 'lab-2', facility: 'SYT' }, 422, 'client.facility-unknown'],
    [{ ...LAB, id: 'lab-2', scopes: 'patient/*.rs' }, 422, 'client.scope-unknown'],
    [{ ...LAB, id: 'lab-2', keyAddress: 'javascript:x' }, 422, 'client.address-unfit'],
  ] as const
  for (const [body, status, code] of wrong) {
    const reply = await office.ask('POST', at, body)
    expect([reply.statusCode, reply.json().type]).toEqual([status, `/problems/${code}`])
  }
  expect(await clients()).toHaveLength(1)
  expect((await office.ask('PUT', `${at}/nobody`, { suspended: true })).statusCode).toBe(404)
})

test('nobody but the Department sees or keeps the programs', async () => {
  const { app, system, at } = await openOffice()
  const lead = await signedInWorker({ app, system }, { user: 'lead.bq', role: 'station-lead' })
  expect((await lead.ask('GET', at)).statusCode).toBe(403)
  expect((await lead.ask('POST', at, LAB)).statusCode).toBe(403)
  expect((await app.inject(at)).statusCode).toBe(401)
})
