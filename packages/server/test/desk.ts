import type { InjectOptions } from 'fastify'
import { onTestFinished } from 'vitest'
import type { Desk } from '../src/identity/codes/desk.ts'
import { codesRoutes } from '../src/identity/codes/routes.ts'
import { whoIs } from '../src/identity/index.ts'
import type { Mode } from '../src/platform/config.ts'
import type { Context } from '../src/platform/context.ts'
import { openHttp } from '../src/platform/http.ts'
import { openTestContext } from './house.ts'

export const LIMITS = { phoneHour: 50, addressHour: 600, campaignAddressHour: 3000, cityMinute: 6000 }

/** One server process with the sign-in routes alone; what the signed-in see is their session itself. */
export async function openDeskApp(
  ctx: Context,
  {
    mode = 'test' as Mode,
    limits = LIMITS,
    secure = false,
    trustProxy = undefined as string | undefined,
  } = {},
) {
  const desk: Desk = {
    host: 'sokhoe.test',
    secure,
    makeBelieve: mode !== 'production',
    limits,
    wake: () => {},
  }
  const me = async ({ actor }: Context) =>
    actor.kind === 'resident'
      ? { account: actor.account, opened: actor.opened, locked: actor.locked.length }
      : {}
  const app = await openHttp({
    base: ctx,
    mode,
    trustProxy,
    whoIs,
    rooms: [
      codesRoutes(desk, me),
      async (room) => {
        room.get('/who', async (request) => ({ kind: request.ctx.actor.kind, ...(await me(request.ctx)) }))
      },
    ],
  })
  onTestFinished(() => app.close())
  return { app, desk }
}

export type DeskApp = Awaited<ReturnType<typeof openDeskApp>>['app']

/** A browser, a telephone and a hand that types: everything a resident does at the sign-in desk. */
export function personAt(app: DeskApp, phone: string, { at }: { at?: string } = {}) {
  const cookies: Record<string, string> = {}
  let clock = at
  async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, more: InjectOptions = {}) {
    const headers = { ...(clock && { 'x-test-clock': clock }), ...more.headers }
    const reply = await app.inject({ ...more, method, url, cookies: { ...cookies }, headers })
    for (const { name, value } of reply.cookies) {
      if (value === '') delete cookies[name]
      else cookies[name] = value
    }
    return reply
  }
  const start = () => ask('POST', '/api/sign-in/start', { payload: { phone } })
  const challenge = async (): Promise<string> => (await start()).json().challenge
  const answer = (id: string, code: string) =>
    ask('POST', `/api/challenges/${id}/answer`, { payload: { code } })
  const codes = async (): Promise<string[]> => {
    const reply = await ask('GET', `/dev/messages?phone=${encodeURIComponent(phone)}`)
    return reply.json().map(({ text }: { text: string }) => text.match(/\d{6}/)?.[0] ?? '')
  }
  const lastCode = async (): Promise<string> => (await codes()).at(-1) ?? ''
  return {
    cookies,
    ask,
    start,
    challenge,
    answer,
    codes,
    lastCode,
    /** Sets this person's clock from now on. */
    setClock: (instant: string) => {
      clock = instant
    },
    signIn: async () => {
      const id = await challenge()
      return await answer(id, await lastCode())
    },
  }
}

/** Any code but this one. */
export const notThis = (code: string, step = 1): string =>
  String((Number(code) + step) % 1_000_000).padStart(6, '0')

export const openDeskHouse = async (options: Parameters<typeof openDeskApp>[1] = {}) => {
  const house = await openTestContext({ actor: { kind: 'nobody' } })
  return { ...house, ...(await openDeskApp(house.ctx, options)) }
}
