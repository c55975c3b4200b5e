import { connect, type Pdu, type Session } from 'smpp'
import { type Outgoing, type Provider, type Receipt, undelivered, within } from './provider.ts'
import { partsOf } from './smpp-parts.ts'

export interface SmppGateway {
  /** 'smpp://host:2775', or 'ssmpp://' for TLS. */
  readonly url: string
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** Name or number that the telephone shows as sender. */
  readonly from?: string | undefined
  /** Milliseconds between signs of life; default 30,000. */
  readonly keepAlive?: number
  /** Milliseconds to wait for an answer; default 10,000. */
  readonly timeout?: number
}

/** SMPP 3.4, section 5: the values used here. */
const UCS2 = 0x08
const TON = { international: 1, alphanumeric: 5 } as const
const NPI = { unknown: 0, isdn: 1 } as const
const RECEIPT_WANTED = 1
const IS_RECEIPT = 0x04
/** System error, queue full, throttled: worth another try. */
const PASSING = new Set([0x08, 0x14, 0x58])

const FINAL: Readonly<Record<string, Receipt>> = {
  DELIVRD: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
}

interface Line {
  readonly session: Session
  readonly ended: Promise<never>
  readonly isOpen: () => boolean
  readonly close: () => void
}

type Command = 'bind_transceiver' | 'submit_sm' | 'enquire_link'

/** Sends one command and waits for its answer, as long as the line lives. */
function ask(
  line: Line,
  command: Command,
  fields: Readonly<Record<string, unknown>>,
  timeout: number,
): Promise<Pdu> {
  const answer = new Promise<Pdu>((resolve, reject) => {
    if (!line.session[command](fields, resolve)) reject(undelivered('smpp-closed', true))
  })
  return within(timeout, Promise.race([answer, line.ended]))
}

function openLine(url: string, onDeliver: (pdu: Pdu) => void): Line {
  const session = connect({ url })
  let open = true
  const ended = new Promise<never>((_, reject) => {
    const end = (): void => {
      open = false
      reject(undelivered('smpp-closed', true))
    }
    session.on('close', end)
    session.on('error', end)
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response())
      end()
      session.close()
    })
  })
  ended.catch(() => session.destroy())
  session.on('enquire_link', (pdu: Pdu) => void session.send(pdu.response()))
  session.on('deliver_sm', (pdu: Pdu) => {
    session.send(pdu.response())
    onDeliver(pdu)
  })
  return { session, ended, isOpen: () => open, close: () => session.destroy() }
}

/** What a delivery receipt says: by its own fields, or in the text of SMPP 3.4, appendix B. */
function receiptIn(pdu: Pdu): { id: string; receipt: Receipt } | undefined {
  if ((Number(pdu['esm_class']) & IS_RECEIPT) === 0) return undefined
  const said = pdu['short_message']
  const text = String(typeof said === 'object' && said && 'message' in said ? said.message : (said ?? ''))
  const id = pdu['receipted_message_id'] ?? text.match(/\bid:(\S+)/)?.[1]
  const receipt = FINAL[text.match(/\bstat:(\w+)/)?.[1]?.toUpperCase() ?? '']
  return id && receipt ? { id: String(id), receipt } : undefined
}

/** An SMS centre that speaks SMPP 3.4: one line for sending and receipts, kept alive, opened again when it falls. */
export function openSmppProvider(gateway: SmppGateway): Provider {
  const { url, user = '', password = '', from = '', keepAlive = 30_000, timeout = 10_000 } = gateway
  let current: Promise<Line> | undefined
  let reference = 0
  let listener: (id: string, receipt: Receipt) => void = () => {}
  const hear = (pdu: Pdu): void => {
    const heard = receiptIn(pdu)
    if (heard) listener(heard.id, heard.receipt)
  }

  async function bind(): Promise<Line> {
    const line = openLine(url, hear)
    try {
      const bound = await ask(line, 'bind_transceiver', { system_id: user, password }, timeout)
      if (bound.command_status !== 0) throw undelivered(`smpp-bind-${bound.command_status}`, true)
    } catch (error) {
      line.close()
      throw error
    }
    watch(line, keepAlive, timeout)
    return line
  }

  async function liveLine(): Promise<Line> {
    const line = await current?.catch(() => undefined)
    if (line?.isOpen()) return line
    if (!current || line) current = bind()
    const opening = current
    return await opening.catch((error: unknown) => {
      if (current === opening) current = undefined
      throw error
    })
  }

  return {
    name: 'smpp',
    keepsText: false,
    send: async (message) => {
      const line = await liveLine()
      reference = (reference + 1) % 256
      let providerId: string | null = null
      for (const fields of submissions(message, from, reference)) {
        const reply = await ask(line, 'submit_sm', fields, timeout)
        const status = reply.command_status
        if (status !== 0) throw undelivered(`smpp-${status}`, PASSING.has(status))
        providerId = String(reply['message_id'] ?? '') || null
      }
      return { providerId }
    },
    onReceipt: (next) => {
      listener = next
    },
    close: async () => {
      const line = await current?.catch(() => undefined)
      line?.close()
    },
  }
}

/** Shows signs of life; a far end that no longer answers is left, and the next message opens a new line. */
function watch(line: Line, every: number, timeout: number): void {
  const timer = setInterval(() => {
    ask(line, 'enquire_link', {}, timeout).catch(() => line.close())
  }, every)
  timer.unref()
  line.ended.catch(() => clearInterval(timer))
}

/** Only the last part asks for a receipt: it is the one whose number is kept. */
function submissions(
  { to, text }: Outgoing,
  from: string,
  reference: number,
): Readonly<Record<string, unknown>>[] {
  const named = /[^0-9+]/.test(from)
  const parts = partsOf(text, reference)
  return parts.map(({ udh, message }, index) => ({
    source_addr: from,
    source_addr_ton: named ? TON.alphanumeric : TON.international,
    source_addr_npi: named ? NPI.unknown : NPI.isdn,
    destination_addr: to.replace('+', ''),
    dest_addr_ton: TON.international,
    dest_addr_npi: NPI.isdn,
    data_coding: UCS2,
    registered_delivery: index === parts.length - 1 ? RECEIPT_WANTED : 0,
    short_message: udh ? { udh, message } : message,
  }))
}
