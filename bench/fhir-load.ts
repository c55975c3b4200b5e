import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { BEFORE, bornOn, digitsOf } from './fhir-persons.ts'

/**
 * Facilities' programs that ask one thing after another over connections that stay open. Runs as a process of its own,
 * and does as little as it can: fhir-load.ts FILE AT_ONCE SECONDS FIRST. The file holds the requests, ready to be sent,
 * each after its length; they are sent in turn from number FIRST on. Says one line of JSON.
 */
const [, , file = '', atOnce = '', seconds = '', first = ''] = process.argv

interface Load {
  readonly port: number
  readonly status: number
  readonly requests: readonly string[]
  /** Each request brings somebody else: her number, name and birth date are written over those of the text. */
  readonly renamed?: boolean
}
const { port, status, requests, renamed = false } = JSON.parse(readFileSync(file, 'utf8')) as Load
const ready = requests.map((text) => Buffer.from(text))
const behind = (text: Buffer, before: string): number => text.indexOf(before) + Buffer.byteLength(before)
const places = ready.map((text) => ({
  number: behind(text, BEFORE.number),
  name: behind(text, BEFORE.name),
  birth: behind(text, BEFORE.birth),
}))

/** Above all whom the house knows from its filling. */
const STRANGERS = 10_000_000

function requestOf(no: number): Buffer {
  const text = Buffer.from(ready[no % ready.length] ?? '')
  const place = places[no % ready.length]
  if (!renamed || !place) return text
  const digits = digitsOf(STRANGERS + no)
  text.write(digits, place.number)
  text.write(digits, place.name)
  text.write(bornOn(no), place.birth)
  return text
}

const took: number[] = []
const faults: string[] = []
let bytes = 0
let next = Number(first)
const began = performance.now()
const isOver = (): boolean => performance.now() - began > Number(seconds) * 1000

const HEAD_END = Buffer.from('\r\n\r\n')
const LENGTH = /\r\ncontent-length: (\d+)/i

/** @returns how many bytes the first answer takes; undefined while some are missing */
function lengthOf(answer: Buffer): number | undefined {
  const head = answer.indexOf(HEAD_END)
  if (head === -1) return undefined
  const text = answer.toString('latin1', 0, head)
  const length = head + HEAD_END.length + Number(LENGTH.exec(text)?.[1] ?? 0)
  if (/transfer-encoding/i.test(text)) throw new Error('an answer without its length')
  return answer.length < length ? undefined : length
}

function check(answer: Buffer): void {
  const told = Number(answer.toString('latin1', 9, 12))
  if (told !== status && faults.length < 1000) faults.push(answer.toString('utf8', 9, 700))
}

/** One connection: asks, waits for the answer, asks again. */
function program(socket: Socket, done: () => void): void {
  let [pieces, at]: [Buffer[], number] = [[], 0]
  const ask = (): void => {
    if (isOver()) return void socket.end(done)
    at = performance.now()
    socket.write(requestOf(next))
    next += 1
  }
  socket.on('data', (piece) => {
    pieces.push(piece as Buffer)
    const answer = pieces.length === 1 ? (pieces[0] ?? HEAD_END) : Buffer.concat(pieces)
    pieces = [answer]
    if (lengthOf(answer) === undefined) return
    took.push(performance.now() - at)
    bytes += answer.length
    check(answer)
    pieces = []
    ask()
  })
  ask()
}

await Promise.all(
  Array.from(
    { length: Number(atOnce) },
    () =>
      new Promise<void>((done, fail) => {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true })
        socket.once('connect', () => program(socket, done)).once('error', fail)
      }),
  ),
)
const passed = (performance.now() - began) / 1000
const sorted = took.toSorted((a, b) => a - b)
const quantile = (share: number): number =>
  Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2))
const result = {
  count: took.length,
  rate: took.length / passed,
  p50: quantile(0.5),
  p99: quantile(0.99),
  bytes: bytes / Math.max(took.length, 1),
  faults: faults.length,
  fault: faults[0],
  next,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
