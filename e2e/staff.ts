import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
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
async function freshCode(page: Page, { user, totpSecret }: DemoStaff): Promise<string> {
  const now = (): number => Math.floor(Date.now() / 1000 / STEP_SECONDS)
  const step = Math.max(now(), (used.get(user) ?? 0) + 1)
  used.set(user, step)
  while (step > now() + 1) await page.waitForTimeout(500)
  return codeAt(totpSecret, step)
}

/** @param user `lead.bq`, `station.bq` (Bình Quới), `department`, … */
export async function demoAccount(house: House, user: string): Promise<DemoStaff> {
  const { staff } = JSON.parse(await house.cli('demo', '--json')) as { staff: readonly DemoStaff[] }
  const account = staff.find((each) => each.user === user)
  if (!account) throw new Error(`no demonstration account ${user}`)
  return account
}

/** Types user, password and code into the sign-in screen that stands open. */
export async function giveProof(page: Page, account: DemoStaff): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(account.user)
  await page.getByLabel('Mật khẩu').fill(account.password)
  await page.getByLabel('Mã xác thực').fill(await freshCode(page, account))
  await page.getByRole('button', { name: 'Bắt đầu ca' }).click()
}

/** Signs in and opens a screen of staff. */
export async function signInAs(page: Page, house: House, user: string, path: string): Promise<void> {
  await page.goto(path)
  await giveProof(page, await demoAccount(house, user))
  await expect(page.getByRole('navigation')).toBeVisible()
}

/** What one account proves itself with, for tests that speak to the server without a screen. */
export async function proofOf(
  page: Page,
  house: House,
  user: string,
): Promise<{ user: string; password: string; code: string }> {
  const account = await demoAccount(house, user)
  return { user, password: account.password, code: await freshCode(page, account) }
}
