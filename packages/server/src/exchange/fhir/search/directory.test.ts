import { tmpdir } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { askWith, clientAt } from '../../../../test/client.ts'
import { idsIn, linkIn, measured, openWard } from '../../../../test/searching.ts'
import { readConfig } from '../../../platform/config.ts'
import { openApp } from '../../../start/app.ts'

const idOf = (reply: { json: () => { id: string } }): string => reply.json().id

test('hospitals, their people and forms are searched in the directory, with what points at them', async () => {
  const { app, ctx, clock } = await openWard()
  const { ask } = await clientAt(app, ctx, { operator: true })
  const post = async (body: object) => {
    const reply = await ask('POST', (body as { resourceType: string }).resourceType, { body })
    expect(reply.statusCode).toBe(201)
    return idOf(reply)
  }
  const hospital = await post({
    resourceType: 'Organization',
    name: 'Bệnh viện Đa khoa Thủ Đức',
    identifier: [{ system: 'urn:moh', value: '79-001' }],
  })
  const part = await post({
    resourceType: 'Organization',
    name: 'Khoa Nội',
    partOf: { reference: `Organization/${hospital}` },
  })
  const doctor = await post({ resourceType: 'Practitioner', name: [{ text: 'Lê Thị Đào' }] })
  const role = await post({
    resourceType: 'PractitionerRole',
    practitioner: { reference: `Practitioner/${doctor}` },
    organization: { reference: `Organization/${hospital}` },
  })
  const find = async (query: string, mode = 'match') => {
    const reply = await ask('GET', query)
    expect([query, reply.statusCode]).toEqual([query, 200])
    return idsIn(reply, mode)
  }
  expect(await find('Organization?name=benh vien')).toEqual([hospital])
  expect(await find('Organization?name:contains=thu duc')).toEqual([hospital])
  expect(await find('Organization?identifier=urn:moh|79-001')).toEqual([hospital])
  expect(await find('Organization?identifier=79-001')).toEqual([hospital])
  expect(await find(`Organization?_id=${part},${hospital}`)).toEqual([hospital, part])
  expect(await find(`Organization?partof=Organization/${hospital}`)).toEqual([part])
  expect(await find('Organization?partof.name=benh')).toEqual([part])
  expect(await find('Practitioner?name=dao')).toEqual([doctor])
  expect(await find('PractitionerRole?practitioner.name=dao')).toEqual([role])
  expect(await find(`Practitioner?_has:PractitionerRole:practitioner:organization=${hospital}`)).toEqual([
    doctor,
  ])
  expect(await find('PractitionerRole?_include=PractitionerRole:organization', 'include')).toEqual([hospital])
  expect(
    await find('Organization?identifier=79-001&_revinclude=PractitionerRole:organization', 'include'),
  ).toEqual([role])
  for (const query of [
    'Organization?_revinclude=Encounter:service-provider',
    'Practitioner?_has:Encounter:practitioner:status=finished',
  ])
    expect((await ask('GET', query)).statusCode).toBe(403)

  const first = await ask('GET', 'Organization?_sort=-name&_count=1')
  expect([idsIn(first), first.json().total]).toEqual([[part], 2])
  clock.now = new Date(clock.now.getTime() + 1000)
  await ask('PUT', `Organization/${hospital}`, {
    body: { resourceType: 'Organization', id: hospital, name: 'Z' },
  })
  await post({ resourceType: 'Organization', name: 'A' })
  const second = await ask('GET', linkIn(first, 'next')?.replace('http://localhost:80', '') ?? '')
  expect([idsIn(second), second.json().total]).toEqual([[hospital], 2])
  expect(second.body).toContain('Thủ Đức')
  expect(linkIn(second, 'next')).toBeUndefined()
})

test('a page that one server process has given, another takes', async () => {
  const { ctx, here, ofHere } = await openWard()
  const made = await ofHere.state([
    measured('2339-0', '98', '2026-03-01'),
    measured('2339-0', '99', '2026-03-02'),
  ])
  const config = readConfig({ MODE: 'test', DEMO: '0', DATA_DIR: tmpdir() })
  const { http: another, close } = await openApp({
    config,
    ctx: { ...ctx, actor: { kind: 'nobody' } },
    base: 'http://sokhoe.test',
  })
  onTestFinished(close)
  const first = await here.ask('GET', `Observation?patient=${ofHere.id}&_count=1`)
  const next = linkIn(first, 'next')?.replace('http://localhost:80', '') ?? ''
  const second = await askWith(another, here.token)('GET', next)
  expect([...idsIn(first), ...idsIn(second)]).toEqual(made.map(({ id }) => id))
  expect(linkIn(second, 'next')).toBeUndefined()
})
