import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type APIRequestContext, type Page, request } from '@playwright/test'
import { expect, type House } from './house.ts'

/** One demonstration account, as the demo command tells it. */
interface DemoStaff {
  readonly user: string
  readonly password: string
  readonly totpSecret: string
}

const STEP_SECONDS = 30
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app shows at a moment (RFC 6238). */
function codeAt(secret: string, step: number): string {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = mac.readUInt8(mac.length - 1) & 0xf
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** A code serves once: the next sign-in of the same account takes the next step, which the server accepts early. */
const used = new Map<string, number>()
async function freshCode({ user, totpSecret }: DemoStaff): Promise<string> {
  const now = (): number => Math.floor(Date.now() / 1000 / STEP_SECONDS)
  const step = Math.max(now(), (used.get(user) ?? 0) + 1)
  used.set(user, step)
  while (step > now() + 1) await pause(500)
  return codeAt(totpSecret, step)
}

/** What the demo command tells of each house, asked once: the accounts stay as they are. */
const staffOf = new WeakMap<House, Promise<readonly DemoStaff[]>>()

const askedStaff = async (house: House): Promise<readonly DemoStaff[]> =>
  (JSON.parse(await house.cli('demo', '--json')) as { staff: readonly DemoStaff[] }).staff

/** @param user `lead.bq`, `station.bq` (Bình Quới), `department`, … */
export async function demoAccount(house: House, user: string): Promise<DemoStaff> {
  const asked = staffOf.get(house) ?? askedStaff(house)
  staffOf.set(house, asked)
  const account = (await asked).find((each) => each.user === user)
  if (!account) throw new Error(`no demonstration account ${user}`)
  return account
}

/** Types user, password and code into the sign-in screen that stands open. */
export async function giveProof(page: Page, account: DemoStaff): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(account.user)
  await page.getByLabel('Mật khẩu').fill(account.password)
  await page.getByLabel('Mã xác thực').fill(await freshCode(account))
  await page.getByRole('button', { name: 'Bắt đầu ca' }).click()
}

type Shift = Awaited<ReturnType<APIRequestContext['storageState']>>

/** One shift of each account in each house, for as long as it lasts: a code serves once, and the next one takes time. */
const shifts = new WeakMap<House, Map<string, Shift>>()

/** Somebody at work who speaks to the server without a screen. */
export async function workerOf(house: House, user: string): Promise<APIRequestContext> {
  const known = shifts.get(house) ?? new Map<string, Shift>()
  shifts.set(house, known)
  const storageState = known.get(user)
  const at = await request.newContext({ baseURL: house.base, ...(storageState && { storageState }) })
  if (storageState && (await at.get('/api/staff/me')).ok()) return at
  const account = await demoAccount(house, user)
  const proof = { user, password: account.password, code: await freshCode(account) }
  expect((await at.post('/api/staff/sign-in', { data: proof })).ok()).toBe(true)
  known.set(user, await at.storageState())
  return at
}

/** Opens a screen of staff as somebody who is at work. */
export async function signInAs(page: Page, house: House, user: string, path: string): Promise<void> {
  const at = await workerOf(house, user)
  await page.context().addCookies((await at.storageState()).cookies)
  await at.dispose()
  await page.goto(path)
  await expect(page.getByRole('navigation')).toBeVisible()
}
