import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { NOON, openTestContext } from '../../../test/house.ts'
import type { Context } from '../../platform/context.ts'
import { registry } from '../../platform/metrics.ts'
import { type Outgoing, openOutbox, type Provider, type Receipt, undelivered, within } from './provider.ts'
import { expireQueued, messagesTo, queueLength, queueMessage } from './queue.ts'
import { openSender, retryAfter, sendDue } from './sender.ts'

/** A busy machine loses nothing. */
const soon = <T>(see: () => T) => vi.waitFor(see, { timeout: 20_000, interval: 20 })

const phoneHash = Buffer.alloc(32, 7)
const letter = (text = 'Mã của bạn') => ({
  phoneHash,
  to: '+84500000001',
  text,
  expiresAt: new Date(NOON.getTime() + 5 * 60_000),
})

const rowsOf = (ctx: Context) =>
  ctx.db
    .selectFrom('identity.message')
    .select(['state', 'attempts', 'fault', 'provider_id', 'content'])
    .orderBy('id')
    .execute()

/** A carrier that does what it is told to, and remembers what it was given. */
function carrier(answers: (() => string | null)[] = []): Provider & { taken: Outgoing[] } {
  const taken: Outgoing[] = []
  const send = async (message: Outgoing) => {
    taken.push(message)
    const answer = answers.shift()
    return { providerId: answer ? answer() : `c${taken.length}` }
  }
  return { name: 'carrier', keepsText: false, send, close: async () => {}, taken }
}

const fails = (fault: string, retryable: boolean) => () => {
  throw undelivered(fault, retryable)
}

test('a message is handed over once, and its text is kept no longer', async () => {
  const { ctx } = await openTestContext()
  const provider = carrier()
  await queueMessage(ctx, letter())
  expect(await queueLength(ctx)).toBe(1)
  expect([await sendDue(ctx, provider), await sendDue(ctx, provider)]).toEqual([1, 0])

  expect(provider.taken).toEqual([
    { to: '+84500000001', text: 'Mã của bạn', reference: expect.stringMatching(/^sokhoe-\d+$/) },
  ])
  expect(await rowsOf(ctx)).toEqual([
    { state: 'sent', attempts: 1, fault: null, provider_id: 'c1', content: null },
  ])
  expect(await queueLength(ctx)).toBe(0)
})

test('the outbox of a demonstration keeps what was said, in the order in which it was said', async () => {
  const { ctx } = await openTestContext()
  for (const text of ['một', 'hai', 'ba']) await queueMessage(ctx, letter(text))
  await sendDue(ctx, openOutbox())
  expect((await messagesTo(ctx, phoneHash)).map(({ text }) => text)).toEqual(['một', 'hai', 'ba'])
  expect((await rowsOf(ctx)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
})

test('a message whose time was past at once can still be read in the outbox', async () => {
  const { ctx, clock } = await openTestContext()
  await queueMessage(ctx, letter('một'))
  clock.now = new Date('2030-01-01T00:00:00Z')
  const sender = openSender(ctx, openOutbox())
  await soon(async () => expect(await rowsOf(ctx)).toMatchObject([{ state: 'expired' }]))
  await sender.close()
  expect(await messagesTo(ctx, phoneHash)).toMatchObject([{ text: 'một' }])
})

test('two servers never hand over the same message', async () => {
  const { ctx } = await openTestContext()
  await Promise.all(Array.from({ length: 120 }, (_, n) => queueMessage(ctx, letter(`tin ${n}`))))
  const carriers = [carrier(), carrier(), carrier()]
  await Promise.all(
    carriers.map(async (provider) => {
      while ((await sendDue(ctx, provider)) > 0);
    }),
  )
  const texts = carriers.flatMap((provider) => provider.taken.map(({ text }) => text))
  expect(texts).toHaveLength(120)
  expect(new Set(texts).size).toBe(120)
})

test('a carrier that is down is tried again later, longer each time, with the same reference', async () => {
  const { ctx, clock } = await openTestContext()
  const provider = carrier([fails('http-503', true), fails('timeout', true)])
  await queueMessage(ctx, letter())
  await sendDue(ctx, provider)
  expect(await rowsOf(ctx)).toMatchObject([{ state: 'queued', attempts: 1, fault: 'http-503' }])
  expect(await sendDue(ctx, provider)).toBe(0)

  for (const seconds of [1, 4]) {
    clock.now = new Date(NOON.getTime() + seconds * 1000)
    expect(await sendDue(ctx, provider)).toBe(1)
  }
  expect(await rowsOf(ctx)).toMatchObject([{ state: 'sent', attempts: 3, fault: null, content: null }])
  expect(new Set(provider.taken.map(({ reference }) => reference)).size).toBe(1)
})

test('a message that the carrier refuses for good is not tried again', async () => {
  const { ctx, clock } = await openTestContext()
  const provider = carrier([fails('http-400', false)])
  await queueMessage(ctx, letter())
  await sendDue(ctx, provider)
  clock.now = new Date(NOON.getTime() + 60_000)
  expect(await sendDue(ctx, provider)).toBe(0)
  expect(await rowsOf(ctx)).toMatchObject([{ state: 'failed', fault: 'http-400', content: null }])
})

test('a message expires with the code it carries', async () => {
  const { ctx, clock } = await openTestContext()
  const provider = carrier()
  await queueMessage(ctx, letter())
  clock.now = letter().expiresAt
  expect(await sendDue(ctx, provider)).toBe(0)
  expect(await expireQueued(ctx, false)).toBe(1)
  expect(await rowsOf(ctx)).toMatchObject([{ state: 'expired', attempts: 0, content: null }])
})

test('a message taken by a server that died is taken up by another a minute later', async () => {
  const { ctx, clock } = await openTestContext()
  await queueMessage(ctx, letter())
  void sendDue(ctx, { ...carrier(), send: () => new Promise(() => {}) })
  await soon(async () => expect(await rowsOf(ctx)).toMatchObject([{ attempts: 1 }]))

  const provider = carrier()
  expect(await sendDue(ctx, provider)).toBe(0)
  clock.now = new Date(NOON.getTime() + 61_000)
  expect(await sendDue(ctx, provider)).toBe(1)
})

test('a sender that is woken sends at once, tells the length of its queue, and ends after what is under way', async () => {
  const { ctx } = await openTestContext()
  const provider = carrier([fails('http-503', true)])
  const sender = openSender(ctx, provider)
  await pause(100)
  await queueMessage(ctx, letter())
  sender.wake()
  await vi.waitFor(() => expect(provider.taken).toHaveLength(1), { timeout: 1800, interval: 10 })
  await soon(async () => expect(await rowsOf(ctx)).toMatchObject([{ fault: 'http-503' }]))
  expect(await registry.getSingleMetricAsString('sokhoe_messages_queued')).toMatch(
    /sokhoe_messages_queued 1$/m,
  )
  await sender.close()
})

test('a sender outlives a carrier that breaks in ways nobody foresaw', async () => {
  const { ctx } = await openTestContext()
  const broken = () => {
    throw new TypeError('unforeseen')
  }
  const provider = carrier([broken])
  const sender = openSender(ctx, provider)
  onTestFinished(sender.close)
  await queueMessage(ctx, letter('một'))
  sender.wake()
  await soon(async () => expect(await rowsOf(ctx)).toMatchObject([{ state: 'queued', fault: 'unforeseen' }]))
  await queueMessage(ctx, letter('hai'))
  sender.wake()
  await soon(() => expect(provider.taken.map(({ text }) => text)).toEqual(['một', 'hai']))
})

test('what the network says later is written down, even when it says it early', async () => {
  const { ctx } = await openTestContext()
  let tell: (id: string, receipt: Receipt) => void = () => {}
  const provider: Provider = {
    ...carrier([() => 'a', () => 'b']),
    onReceipt: (listener) => {
      tell = listener
    },
  }
  const sender = openSender(ctx, provider)
  onTestFinished(sender.close)
  tell('a', 'delivered')
  await queueMessage(ctx, letter('một'))
  await queueMessage(ctx, letter('hai'))
  sender.wake()
  await soon(async () => expect((await rowsOf(ctx)).map(({ state }) => state)).not.toContain('queued'))
  tell('b', 'failed')
  await soon(async () =>
    expect((await rowsOf(ctx)).map(({ state }) => state)).toEqual(['delivered', 'failed']),
  )
})

test('waits between tries grow, stay under half a minute, and are spread', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((n) => retryAfter(n, 0))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ])
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, random) => {
        const wait = retryAfter(n, random)
        return wait <= retryAfter(n, 0) && wait >= retryAfter(n, 0) / 2
      },
    ),
  )
})

test('waiting for an answer ends with the answer, or in time', async () => {
  expect(await within(1000, Promise.resolve('answer'))).toBe('answer')
  await expect(within(10, new Promise(() => {}))).rejects.toMatchObject({ fault: 'timeout', retryable: true })
})
