import { addKey, newClient } from '../exchange/index.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { rememberSetting, settingOf } from '../platform/settings.ts'

export interface DemoClient {
  readonly id: string
  /** Code in the list of facilities. */
  readonly facility: string
  readonly scopes: string
}

const SETTING = 'demo-clients'
const ALL = 'system/*.cruds'

interface Asked extends DemoClient {
  readonly name: string
  readonly operator?: boolean
  /** Public half of a key that everybody may have. */
  readonly key?: object
}

/** The private half stands in docs/sandbox-key.json, for everybody who tries the demonstration. */
const SANDBOX_KEY = {
  kty: 'EC',
  x: '7BAU1jgaKLqBt7jjl68MecLKhTv6mtA21cupGJO7LIC4JfXCPXfPaGLO3YSLuL00',
  y: 'eSLXbR8wdYI2DcCjs_Na-NuRfvcPTdvp_A0DshR3nGQFRKTs1YhBvF95sqoVTHxk',
  crv: 'P-384',
  kid: 'sandbox-1',
}

/** Two hospitals, the operator's own program, and one for newcomers to try. */
const asked: readonly Asked[] = [
  { id: 'cho-ray', name: 'Phần mềm bệnh viện minh họa 1', facility: 'HCM-001', scopes: ALL },
  { id: 'gia-dinh', name: 'Phần mềm bệnh viện minh họa 2', facility: 'HCM-004', scopes: ALL },
  { id: 'demo', name: 'Phần mềm của người vận hành', facility: 'SYT', scopes: ALL, operator: true },
  { id: 'sandbox', name: 'Phần mềm thử', facility: 'HCM-003', scopes: ALL, key: SANDBOX_KEY },
]

/** Registers the demonstration's clients once. */
export async function openDemoClients(ctx: Context): Promise<void> {
  if ((await settingOf(ctx.pool, SETTING)) !== undefined) return
  await inTransaction(ctx, async (ctx) => {
    for (const { key, ...client } of asked) {
      await newClient(ctx, client)
      if (key) await addKey(ctx, client.id, JSON.stringify(key))
    }
    const told = asked.map(({ id, facility, scopes }) => ({ id, facility, scopes }))
    await rememberSetting(ctx.db, SETTING, JSON.stringify(told))
  })
}

export async function demoClients(ctx: Context): Promise<readonly DemoClient[]> {
  const told = await settingOf(ctx.pool, SETTING)
  return told === undefined ? [] : (JSON.parse(told) as DemoClient[])
}
