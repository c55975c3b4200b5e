import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { createServer, type Pdu, type Session } from 'smpp'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Receipt } from './provider.ts'
import { openSmppProvider, type SmppGateway } from './smpp.ts'
import { partsOf } from './smpp-parts.ts'
import { codeText } from './text.ts'

/** A busy machine loses nothing. */
const soon = <T>(see: () => T) => vi.waitFor(see, { timeout: 20_000, interval: 20 })

const text = codeText('042917', 'sokhoe.hochiminhcity.gov.vn', 5)
const message = { to: '+84901234567', text, reference: 'sokhoe-1' }

interface Centre {
  /** Status of each submission in turn, then 0. */
  readonly statuses?: number[]
  readonly bindStatus?: number
  /** Says nothing to signs of life. */
  readonly deaf?: boolean
}

/** A real SMS centre on this machine's loopback. */
async function openCentre({ statuses = [], bindStatus = 0, deaf = false }: Centre = {}) {
  const heard: Pdu[] = []
  const bound: Pdu[] = []
  const signs: Pdu[] = []
  const sessions: Session[] = []
  const server = createServer((session) => {
    sessions.push(session)
    session.on('error', () => undefined)
    session.on('bind_transceiver', (pdu: Pdu) => {
      bound.push(pdu)
      session.send(pdu.response({ command_status: bindStatus }))
    })
    session.on('enquire_link', (pdu: Pdu) => {
      signs.push(pdu)
      if (!deaf) session.send(pdu.response())
    })
    session.on('submit_sm', (pdu: Pdu) => {
      heard.push(pdu)
      session.send(pdu.response({ message_id: `m${heard.length}`, command_status: statuses.shift() ?? 0 }))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    for (const session of sessions) session.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `smpp://127.0.0.1:${port}`, heard, bound, signs, sessions }
}

function openAt(gateway: SmppGateway) {
  const provider = openSmppProvider({ timeout: 2000, ...gateway })
  onTestFinished(provider.close)
  return provider
}

interface Short {
  readonly message: string
  readonly udh?: readonly Buffer[]
}

const shortOf = (pdu: Pdu): Short => pdu['short_message'] as Short

test('Vietnamese text arrives at the SMS centre as it was written, in parts that belong together', async () => {
  const { url, heard, bound } = await openCentre()
  const provider = openAt({ url, user: 'sokhoe', password: 'secret', from: 'SoKhoe' })
  expect(await provider.send(message)).toEqual({ providerId: 'm2' })

  expect(bound).toMatchObject([{ system_id: 'sokhoe', password: 'secret' }])
  expect(heard.map((pdu) => shortOf(pdu).message).join('')).toBe(text)
  expect(heard.map((pdu) => shortOf(pdu).udh?.[0]?.toString('hex'))).toEqual(['0003010201', '0003010202'])
  for (const pdu of heard)
    expect(pdu).toMatchObject({
      destination_addr: '84901234567',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      source_addr: 'SoKhoe',
      source_addr_ton: 5,
      data_coding: 8,
    })
  expect(heard.map((pdu) => pdu['registered_delivery'])).toEqual([0, 1])
})

test('a short text travels whole, and one line serves many messages', async () => {
  const { url, heard, bound } = await openCentre()
  const provider = openAt({ url })
  await Promise.all(['Chào bạn', 'Sổ Khỏe', 'Mã'].map((text) => provider.send({ ...message, text })))
  expect(heard.map((pdu) => shortOf(pdu).message)).toEqual(['Chào bạn', 'Sổ Khỏe', 'Mã'])
  expect(bound).toHaveLength(1)
})

test('receipts of the network are understood, by their fields and by their text', async () => {
  const { url, sessions } = await openCentre()
  const provider = openAt({ url })
  const receipts: [string, Receipt][] = []
  provider.onReceipt?.((id, receipt) => receipts.push([id, receipt]))
  await provider.send(message)
  const tell = (fields: Record<string, unknown>, esm_class = 4) =>
    new Promise((done) => sessions[0]?.deliver_sm({ esm_class, ...fields }, done))
  await tell({ short_message: 'id:m1 sub:001 dlvrd:001 done date:2611231200 stat:DELIVRD err:000 text:' })
  await tell({ receipted_message_id: 'm2', short_message: 'id:other stat:UNDELIV err:001' })
  await tell({ short_message: 'id:m3 stat:ENROUTE' })
  await tell({ short_message: 'id:m4 stat:DELIVRD' }, 0)
  expect(receipts).toEqual([
    ['m1', 'delivered'],
    ['m2', 'failed'],
  ])
})

test('a busy centre is worth another try, a refused address or sign-in is told apart', async () => {
  const { url } = await openCentre({ statuses: [0x58, 0x0b, 0x14] })
  const provider = openAt({ url })
  const faults = []
  for (let n = 0; n < 3; n += 1)
    faults.push(await provider.send(message).catch(({ fault, retryable }) => [fault, retryable]))
  expect(faults).toEqual([
    ['smpp-88', true],
    ['smpp-11', false],
    ['smpp-20', true],
  ])
  expect(await provider.send(message)).toMatchObject({ providerId: expect.any(String) })

  const locked = await openCentre({ bindStatus: 0x0d })
  await expect(openAt({ url: locked.url }).send(message)).rejects.toMatchObject({ fault: 'smpp-bind-13' })
})

test('a line that falls is opened again with the next message', async () => {
  const { url, heard, bound, sessions } = await openCentre()
  const provider = openAt({ url })
  await provider.send(message)
  const gone = new Promise((done) => sessions[0]?.socket.once('close', done))
  sessions[0]?.destroy()
  await gone
  await soon(async () =>
    expect(await provider.send(message)).toMatchObject({ providerId: expect.any(String) }),
  )
  expect(bound).toHaveLength(2)
  expect(heard.length).toBeGreaterThanOrEqual(4)
})

test('a centre that is not there, or never answers, is given up in time and found again later', async () => {
  const absent = openAt({ url: 'smpp://127.0.0.1:1' })
  for (let n = 0; n < 2; n += 1)
    await expect(absent.send(message)).rejects.toMatchObject({ fault: 'smpp-closed', retryable: true })

  const silent = await new Promise<AddressInfo>((ready) => {
    const server = createServer((session) => session.on('error', () => undefined))
    server.listen(0, '127.0.0.1', () => ready(server.address() as AddressInfo))
    onTestFinished(() => {
      for (const session of server.sessions) session.destroy()
      server.close()
    })
  })
  const provider = openAt({ url: `smpp://127.0.0.1:${silent.port}`, timeout: 50 })
  await expect(provider.send(message)).rejects.toMatchObject({ fault: 'timeout', retryable: true })
})

test('an idle line is kept alive, and left when the other end no longer answers', async () => {
  const lively = await openCentre()
  await openAt({ url: lively.url, keepAlive: 20 }).send(message)
  await soon(() => expect(lively.signs.length).toBeGreaterThan(2))
  expect(lively.bound).toHaveLength(1)

  const { url, bound, sessions } = await openCentre({ deaf: true })
  const provider = openAt({ url, keepAlive: 20, timeout: 500 })
  await provider.send(message)
  await soon(() => expect(sessions[0]?.socket.destroyed).toBe(true))
  await provider.send(message)
  expect(bound).toHaveLength(2)
})

test('any text, divided and put together again, is the same text, and no part is too long or ends in half a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(255), (text, reference) => {
      const parts = partsOf(text, reference)
      const decode = (part: Buffer) =>
        new TextDecoder('utf-16be', { fatal: true }).decode(Buffer.concat([Buffer.from([0xfe, 0xff]), part]))
      expect(parts.map(({ message }) => decode(message)).join('')).toBe(text)
      for (const [index, { udh, message }] of parts.entries()) {
        expect((udh?.length ?? 0) + message.length).toBeLessThanOrEqual(140)
        if (udh) expect([...udh]).toEqual([5, 0, 3, reference, parts.length, index + 1])
      }
    }),
  )
})
