import { lookup } from 'node:dns/promises'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Mode } from './config.ts'

/** Addresses of no public place: nobody sends this server to look at its own neighbours. */
const PRIVATE = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6')

/** @param address an IP address, in whichever form */
export const isPrivateAddress = (address: string): boolean =>
  isIP(address) === 0 || PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** Why nothing was sent, or nothing that counts came back. */
export type CallFault = 'address' | 'name' | 'connection' | 'time' | 'redirect' | 'status'

export interface Call {
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
  readonly mode: Mode
}

interface Target {
  readonly url: URL
  readonly ip: string
  readonly family: number
}

/**
 * Where a call goes: resolved once, checked, and then connected to no other. In production https and public places only.
 */
async function targetOf({ address, mode }: Call): Promise<Target | CallFault> {
  const url = new URL(address)
  const isProduction = mode === 'production'
  if (url.protocol !== 'https:' && (isProduction || url.protocol !== 'http:')) return 'address'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const found = await lookup(host, { all: true, verbatim: true }).catch(() => [])
  const [first] = found
  if (!first) return 'name'
  const places = found.map((each) => MAPPED.exec(each.address)?.[1] ?? each.address)
  if (isProduction && places.some(isPrivateAddress)) return 'address'
  return { url, ip: first.address, family: first.family }
}

const pinned =
  ({ ip, family }: Target): LookupFunction =>
  (_host, options, tell) =>
    options.all ? tell(null, [{ address: ip, family }]) : tell(null, ip, family)

function faultOfStatus(status: number): CallFault | undefined {
  if (status >= 200 && status < 300) return undefined
  return status >= 300 && status < 400 ? 'redirect' : 'status'
}

/**
 * Calls an address outside with POST. A redirect is not followed, of the answer nothing but its status is read, and all
 * of it is given up when its time is over.
 * @returns undefined where it was taken
 */
export async function callOut(call: Call): Promise<CallFault | undefined> {
  const target = await targetOf(call)
  if (typeof target === 'string') return target
  const { url } = target
  const send = url.protocol === 'https:' ? secureRequest : plainRequest
  const signal = AbortSignal.timeout(call.timeoutMs)
  return await new Promise((resolve) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: { ...call.headers, 'content-length': String(Buffer.byteLength(call.body)) },
        lookup: pinned(target),
        agent: false,
        signal,
        maxHeaderSize: 16_384,
      },
      (response) => {
        resolve(faultOfStatus(response.statusCode ?? 0))
        // whatever it says is of no interest, however long it is
        response.on('error', () => undefined)
        request.destroy()
      },
    )
    request.on('error', () => resolve(signal.aborted ? 'time' : 'connection'))
    request.end(call.body)
  })
}
