import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { type Assertion, AUDIENCE, backendAt, newKey } from '../../../../test/backend.ts'
import { clientAt } from '../../../../test/client.ts'
import { openTestHouse } from '../../../../test/house.ts'
import { readConfig } from '../../../platform/config.ts'
import { openApp } from '../../../start/app.ts'
import { addKey, endKey, setKeyAddress, suspendClient, sweepTokens } from '../index.ts'
import { holderOf } from '../tokens.ts'

async function openBackend(alg: 'ES384' | 'RS384' = 'ES384', scopes = 'system/*.cruds') {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx, { scopes })
  return { ...house, client, program: await backendAt(house.app, house.ctx, client, alg) }
}

test.each(['ES384', 'RS384'] as const)(
  'a program proves itself by its key (%s) and obtains a token',
  async (alg) => {
    const { ctx, client, program } = await openBackend(alg)
    const reply = await program.ask(await program.sign())
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['cache-control']).toBe('no-store')
    const { access_token, ...more } = reply.json()
    expect(more).toEqual({ token_type: 'Bearer', expires_in: 300, scope: 'system/*.rs' })
    expect(await holderOf(ctx, access_token)).toMatchObject({ id: client.id, facility: client.facility })
  },
)

test('where a token is to be had is told under both addresses', async () => {
  const { app } = await openTestHouse()
  for (const url of ['/.well-known/smart-configuration', '/fhir/R4/.well-known/smart-configuration']) {
    const reply = await app.inject({ url, headers: { host: 'sokhoe.test' } })
    expect(reply.headers['content-type']).toContain('application/json')
    expect(reply.json()).toMatchObject({
      token_endpoint: AUDIENCE,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['ES384', 'RS384'],
    })
  }
})

const now = (): number => Math.floor(Date.now() / 1000)
const { publicKey: strangersPublic, privateKey: strangers } = newKey()

/** Everything that somebody might try who is not this program, or is it and lies about the time. */
const LIES: readonly (readonly [what: string, lie: Assertion])[] = [
  ['signed by a stranger', { key: strangers }],
  ['of a key that nobody registered', { kid: 'second' }],
  ['without the name of a key', { header: { kid: undefined } }],
  ['for another audience', { claims: { aud: 'https://elsewhere.example/oauth/token' } }],
  ['for two audiences', { claims: { aud: [AUDIENCE, 'https://elsewhere.example'] } }],
  ['for the house instead of its address of tokens', { claims: { aud: 'http://sokhoe.test' } }],
  ['without audience', { claims: { aud: undefined } }],
  ['that has ended', { claims: { exp: now() - 60 } }],
  ['without end', { claims: { exp: undefined } }],
  ['that ends too late', { claims: { exp: now() + 3600 } }],
  ['that ends never', { claims: { exp: 1e300 } }],
  ['that is not yet', { claims: { nbf: now() + 200 } }],
  ['from the future', { claims: { iat: now() + 200 } }],
  ['without number', { claims: { jti: undefined } }],
  ['of another issuer', { claims: { iss: 'demo' } }],
  ['about another program', { claims: { sub: 'demo' } }],
  ['of a program that nobody knows', { claims: { iss: 'nobody', sub: 'nobody' } }],
  ['of a program with a name that cannot be', { claims: { iss: 'a\u0000', sub: 'a\u0000' } }],
  ['that says where its key is', { header: { jku: 'https://elsewhere.example/keys' } }],
  [
    'that brings its key along',
    { key: strangers, header: { jwk: strangersPublic.export({ format: 'jwk' }) } },
  ],
]

test('an assertion that is not true obtains nothing, and the refusal says nothing of why', async () => {
  const { program, db } = await openBackend()
  for (const [what, lie] of LIES) {
    const reply = await program.ask(await program.sign(lie))
    expect([what, reply.statusCode, reply.json()]).toEqual([
      what,
      401,
      { error: 'invalid_client', error_description: 'client authentication failed' },
    ])
  }
  const events = await db.selectFrom('audit.event').selectAll().where('action', '=', 'token.issue').execute()
  expect(events).toHaveLength(LIES.length)
  expect(events.every(({ refused, actor }) => refused && actor === 'system:oauth')).toBe(true)
})

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

test('no signature is no proof, and a public key is no secret', async () => {
  const { program } = await openBackend()
  const claims = { iss: program.id, sub: program.id, aud: AUDIENCE, jti: 'x', exp: now() + 100 }
  const unsigned = `${part({ alg: 'none', kid: program.kid })}.${part(claims)}.`
  const secret = Buffer.from(program.publicKey.export({ format: 'pem', type: 'spki' }))
  const confused = await program.sign({ alg: 'HS384', key: secret })
  const weaker = await program.sign({ alg: 'RS256', key: newKey('RS384').privateKey })
  for (const assertion of [unsigned, confused, weaker]) {
    const reply = await program.ask(assertion)
    expect([reply.statusCode, reply.json().error]).toEqual([401, 'invalid_client'])
  }
  const signed = await program.sign()
  for (const assertion of ['', 'x', 'a.b.c', signed.slice(0, -6), `${signed}.x`, 'é'.repeat(50)]) {
    const reply = await program.ask(assertion)
    expect([400, 401]).toContain(reply.statusCode)
    expect(['invalid_client', 'invalid_request']).toContain(reply.json().error)
  }
})

test('an assertion passes once, of many at the same moment and on any server', async () => {
  const { app, ctx, program } = await openBackend()
  const config = readConfig({ MODE: 'test', DEMO: '0' })
  const other = await openApp({ config, ctx: { ...ctx }, base: 'http://other.test' })
  const assertion = await program.sign()
  const [url, method] = ['/oauth/token', 'POST'] as const
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: 'system/*.rs',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }).toString()
  const headers = { host: 'sokhoe.test', 'content-type': 'application/x-www-form-urlencoded' }
  const replies = await Promise.all(
    [app, other.http, app, other.http, app, other.http].map((one) =>
      one.inject({ method, url, headers, payload: form }),
    ),
  )
  await other.close()
  expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401, 401, 401, 401, 401])
})

test('a scope must have been registered, and be one', async () => {
  const { program } = await openBackend('ES384', 'system/Observation.rs system/Patient.cruds')
  const asked = async (scope: string) => {
    const reply = await program.ask(await program.sign(), { scope })
    return reply.statusCode === 200 ? reply.json().scope : [reply.statusCode, reply.json().error]
  }
  expect(await asked('system/Observation.r system/Patient.c')).toBe('system/Observation.r system/Patient.c')
  expect(await asked('system/Patient.read')).toBe('system/Patient.rs')
  for (const scope of [
    'system/*.rs',
    'system/Observation.c',
    'patient/Patient.r',
    'all',
    '',
    'système',
    'a"b',
  ])
    expect(await asked(scope)).toEqual([400, 'invalid_scope'])
})

test('of two keys side by side either proves the program; one that was ended takes its tokens with it', async () => {
  const { ctx, system, program } = await openBackend()
  const second = newKey()
  await addKey(system, program.id, second.publicKey.export({ format: 'pem', type: 'spki' }).toString())
  const rows = await system.db.selectFrom('exchange.client_key').select(['kid', 'last_used_at']).execute()
  const kid = rows.find((row) => row.kid !== program.kid)?.kid ?? ''

  const old = (await program.ask(await program.sign())).json().access_token
  const young = (await program.ask(await program.sign({ kid, key: second.privateKey }))).json().access_token
  const isIn = async (token: string) => (await holderOf(ctx, token)) !== undefined
  expect([await isIn(old), await isIn(young)]).toEqual([true, true])

  await endKey(system, program.id, program.kid)
  expect([await isIn(old), await isIn(young)]).toEqual([false, true])
  expect((await program.ask(await program.sign())).statusCode).toBe(401)

  await suspendClient(system, program.id, true)
  expect(await isIn(young)).toBe(false)
  const suspended = await program.ask(await program.sign({ kid, key: second.privateKey }))
  expect(suspended.json()).toEqual({
    error: 'invalid_client',
    error_description: 'client authentication failed',
  })
})

test('whatever else arrives is refused in OAuth’s own words', async () => {
  const { app, program, db } = await openBackend()
  const assertion = await program.sign()
  const json = { 'content-type': 'application/json' }
  for (const [form, headers] of [
    [JSON.stringify({ grant_type: 'client_credentials' }), json],
    ['<a/>', { 'content-type': 'application/xml' }],
    [`client_assertion=${'x'.repeat(200_000)}`, {}],
    ['grant_type=client_credentials', {}],
    ['grant_type=password&username=a&password=b', {}],
    [`client_id=a&client_id=b&client_assertion=${assertion}`, {}],
    ['%', {}],
    ['', {}],
    ['grant_type=client_credentials', { authorization: 'Basic cGFzczp3b3Jk' }],
    ['grant_type=client_credentials', { accept: 'text/html' }],
    ['grant_type=client_credentials', { origin: 'https://elsewhere.example' }],
  ] as const) {
    const reply = await program.send(form, headers)
    expect([400, 401, 403]).toContain(reply.statusCode)
    expect(reply.headers['content-type']).toContain('application/json')
    expect(typeof reply.json().error).toBe('string')
    expect(reply.body).not.toContain(assertion.slice(0, 20))
  }
  expect((await app.inject('/oauth/token')).statusCode).toBe(404)
  const other = await program.ask(await program.sign(), { grant_type: 'authorization_code' })
  expect([other.statusCode, other.json().error]).toEqual([400, 'unsupported_grant_type'])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from exchange.token`.execute(db)
  expect(rows[0]?.n).toBe(1)
})

/** Somebody's web server, for as long as the test runs. @returns its address */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('keys come from the address that was registered: no redirect is followed, and no flood is read', async () => {
  const { program, system } = await openBackend()
  const published = newKey()
  const keys = [{ ...published.publicKey.export({ format: 'jwk' }), kid: 'there', alg: 'ES384', use: 'sig' }]
  let asked = 0
  const at = await serve(({ url }, reply) => {
    asked += 1
    if (url === '/moved') reply.writeHead(302, { location: '/keys' }).end()
    else if (url === '/flood') reply.end(JSON.stringify({ keys, more: 'x'.repeat(200_000) }))
    else if (url === '/keys') reply.end(JSON.stringify({ keys }))
    else reply.end('no JSON')
  })
  const there = { kid: 'there', key: published.privateKey }
  for (const path of ['/moved', '/flood', '/other']) {
    await setKeyAddress(system, program.id, `${at}${path}`)
    const reply = await program.ask(await program.sign(there))
    expect([path, reply.statusCode, reply.json().error]).toEqual([path, 401, 'invalid_client'])
  }
  await setKeyAddress(system, program.id, `${at}/keys`)
  asked = 0
  for (let i = 0; i < 3; i++) expect((await program.ask(await program.sign(there))).statusCode).toBe(200)
  expect(asked).toBe(1)
  // the key that was registered by hand is no longer believed
  expect((await program.ask(await program.sign())).statusCode).toBe(401)
  for (const address of [
    'ftp://a.example/keys',
    'http://a.example/keys',
    'https://a:b@a.example/keys',
    'keys',
    `https://a/${'x'.repeat(600)}`,
  ])
    await expect(setKeyAddress(system, program.id, address)).rejects.toThrow('not fetched from such')
})

test('in production keys come by https and from no private address', async () => {
  const { ctx, program, system } = await openBackend()
  let asked = 0
  const at = await serve((_request, reply) => {
    asked += 1
    reply.end('{}')
  })
  const config = readConfig({
    MODE: 'production',
    SMS_PROVIDER: 'http',
    SMS_URL: 'https://sms.example',
    PUBLIC_URL: 'https://sokhoe.example',
  })
  const { http, close } = await openApp({ config, ctx: { ...ctx }, base: 'http://other.test' })
  onTestFinished(close)
  for (const address of [at, at.replace('http:', 'https:')]) {
    await setKeyAddress(system, program.id, address)
    const payload = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'system/*.rs',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await program.sign({ claims: { aud: 'https://sokhoe.example/oauth/token' } }),
    }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await http.inject({ method: 'POST', url: '/oauth/token', headers, payload })
    expect(reply.statusCode).toBe(401)
  }
  expect(asked).toBe(0)
})

test('what ended long ago is swept away', async () => {
  const { program, system, clock, db } = await openBackend()
  await program.ask(await program.sign())
  const left = async () => {
    const { rows } = await sql<{ n: number }>`select (select count(*) from exchange.token)::int
      + (select count(*) from exchange.used_assertion)::int as n`.execute(db)
    return rows[0]?.n
  }
  await sweepTokens(system)
  expect(await left()).toBe(3)
  clock.now = new Date(Date.now() + 40 * 86_400_000)
  await sweepTokens(system)
  expect(await left()).toBe(0)
})
