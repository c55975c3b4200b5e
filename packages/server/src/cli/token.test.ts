import { expect, test } from 'vitest'
import { openOperator } from '../../test/operator.ts'
import { clientCommand } from './client.ts'
import { demoCommand } from './demo.ts'
import { tokenCommand } from './token.ts'

const TOKEN = /^[A-Za-z0-9_-]{43}$/

test('the operator prints tokens of the demonstration’s clients, and of any of its residents', async () => {
  const { io, out, err } = await openOperator()
  await demoCommand(['--json'], io)
  const { residents } = JSON.parse(out.pop() ?? '')

  expect(await tokenCommand(['--client', 'cho-ray'], io)).toBe(0)
  expect(out.pop()).toMatch(TOKEN)
  expect(await tokenCommand(['--client', 'demo', '--scope', 'system/Observation.rs', '--json'], io)).toBe(0)
  expect(JSON.parse(out.pop() ?? '')).toMatchObject({
    access_token: expect.stringMatching(TOKEN),
    scope: 'system/Observation.rs',
    token_type: 'Bearer',
  })
  expect(await tokenCommand(['--person', residents[0].person], io)).toBe(0)
  expect(out.pop()).toMatch(TOKEN)

  err.length = 0
  for (const args of [
    ['--client', 'nobody'],
    ['--client', 'cho-ray', '--scope', 'everything'],
    ['--person', '00000000-0000-0000-0000-000000000000'],
    ['--client', 'cho-ray', '--minutes', '99999'],
    [],
  ])
    expect(await tokenCommand(args, io)).toBe(1)
  expect(err).toHaveLength(5)
  expect(out).toEqual([])
})

test('in production no resident’s token is printed', async () => {
  const { io, err } = await openOperator({
    MODE: 'production',
    SMS_PROVIDER: 'http',
    SMS_URL: 'https://sms.example',
    PUBLIC_URL: 'https://sokhoe.example',
  })
  expect(await tokenCommand(['--person', '00000000-0000-0000-0000-000000000000'], io)).toBe(1)
  expect(err).toHaveLength(1)
})

test('clients are registered, suspended and taken back by command', async () => {
  const { io, out, err } = await openOperator({ DEMO: '0' })
  const asked = ['new', '--id', 'lab-1', '--name', 'Phòng xét nghiệm', '--facility', 'HCM-004']
  expect(await clientCommand([...asked, '--scope', 'system/*.cruds'], io)).toBe(0)
  expect(await clientCommand(asked, io)).toBe(1)
  expect(err.pop()).toBe('There is already a client of this name')

  expect(await clientCommand(['suspend', 'lab-1'], io)).toBe(0)
  expect(await tokenCommand(['--client', 'lab-1'], io)).toBe(1)
  expect(await clientCommand(['resume', 'lab-1'], io)).toBe(0)
  await clientCommand(['list', '--json'], io)
  expect(JSON.parse(out.pop() ?? '')).toMatchObject([
    {
      id: 'lab-1',
      facility: 'HCM-004',
      scopes: 'system/*.cruds',
      operator: false,
      suspendedAt: null,
      keys: [],
    },
  ])

  for (const facility of ['self', 'SYT', 'HCM-999', 'demo'])
    expect(
      await clientCommand([...asked.with(2, `lab-${facility.toLowerCase()}`).with(6, facility)], io),
    ).toBe(1)
})
