import type { InjectOptions } from 'fastify'
import { type Credentials, newStaff } from '../src/identity/staff/accounts.ts'
import type { Role } from '../src/identity/staff/tables.ts'
import { readBase32, stepAt, totpCode } from '../src/identity/staff/totp.ts'
import type { Context } from '../src/platform/context.ts'
import type { DeskApp } from './desk.ts'
import { NOON } from './house.ts'

const codeAt = ({ totpSecret }: Credentials, at: Date): string => totpCode(readBase32(totpSecret), stepAt(at))

/** Somebody at work: a browser with the staff cookie, at a time of the day. */
export function workerAt({ app }: { app: DeskApp }, at = NOON) {
  let cookie = ''
  /** She goes by the clock of the house, once it ticks, or by her own. */
  const clock = { at, ofHouse: false }
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object | string) => {
    const headers = {
      cookie,
      ...(!clock.ofHouse && { 'x-test-clock': clock.at.toISOString() }),
      ...(typeof payload === 'string' && { 'content-type': 'application/json' }),
    }
    const options: InjectOptions = { method, url, headers, ...(payload && { payload }) }
    const reply = await app.inject(options)
    const set = reply.cookies.find(({ name }) => name === 'sk_staff')
    if (set) cookie = `sk_staff=${set.value}`
    return reply
  }
  const signIn = (credentials: Credentials, code = codeAt(credentials, clock.at)) =>
    ask('POST', '/api/staff/sign-in', { user: credentials.user, password: credentials.password, code })
  return { ask, signIn, clock, token: () => cookie.replace('sk_staff=', '') }
}

export type WorkerAt = ReturnType<typeof workerAt>

/** A worker with a new account, signed in. */
export async function signedInWorker(
  house: { app: DeskApp; system: Context },
  { user = 'lan.bq', role = 'station' as Role, ward = '26911' as string | null, at = NOON } = {},
): Promise<WorkerAt> {
  const worker = workerAt(house, at)
  const account = { user, name: 'Lê Thị Lan', role, ward, facility: null }
  await worker.signIn(await newStaff(house.system, account))
  return worker
}
