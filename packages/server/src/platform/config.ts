import { join, resolve } from 'node:path'
import { z } from 'zod'
import { refuse } from './keys.ts'

const flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true')
const count = (low: number, high: number) => z.coerce.number().int().min(low).max(high)

/** Every setting, by its environment variable. The README's table is held to this by a test. */
const Settings = z.object({
  MODE: z.enum(['demo', 'test', 'production']).default('demo'),
  PORT: count(0, 65535).default(8080),
  HOST: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KEY_FILE: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  METRICS_PORT: count(0, 65535).default(0),
  TRUST_PROXY: z.string().min(1).optional(),
  DEMO: flag.default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  SMS_PROVIDER: z.enum(['outbox', 'http', 'smpp']).optional(),
  SMS_URL: z.url().optional(),
  SMS_TOKEN: z.string().optional(),
  SMS_FROM: z.string().max(20).optional(),
  SMS_USER: z.string().optional(),
  SMS_PASSWORD: z.string().optional(),
  NATIONAL_ID_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  NATIONAL_ID_CLIENT_ID: z.string().min(1).max(200).optional(),
  NATIONAL_ID_CLIENT_SECRET: z.string().min(1).max(1000).optional(),
  NATIONAL_ID_SCOPE: z.string().min(1).max(200).default('openid profile'),
  NATIONAL_ID_NUMBER_CLAIM: z.string().min(1).max(200).default('citizen_id'),
  OTP_ISSUES_PER_PHONE_HOUR: count(1, 1000).default(10),
  OTP_ISSUES_PER_ADDRESS_HOUR: count(1, 10_000_000).default(600),
  OTP_ISSUES_PER_CAMPAIGN_ADDRESS_HOUR: count(1, 10_000_000).default(3000),
  OTP_ISSUES_CITY_MINUTE: count(1, 10_000_000).default(6000),
})

export type Mode = z.infer<typeof Settings>['MODE']
export const settingNames = Object.keys(Settings.shape)

export type Config = Omit<z.infer<typeof Settings>, 'HOST' | 'DATA_DIR' | 'KEY_FILE'> & {
  readonly HOST: string
  /** Absolute. */
  readonly DATA_DIR: string
  /** Absolute; outside the database's own directory. */
  readonly KEY_FILE: string
}

/** Nothing but these reaches real telephones or real people. */
export const isMakeBelieve = (mode: Mode): boolean => mode !== 'production'

function checkProduction(config: Config): void {
  if (config.MODE !== 'production') {
    if (config.SMS_PROVIDER && config.SMS_PROVIDER !== 'outbox')
      throw refuse(
        'setting',
        `SMS_PROVIDER=${config.SMS_PROVIDER} sends real messages: only with MODE=production.`,
      )
    return
  }
  if (!config.SMS_PROVIDER || config.SMS_PROVIDER === 'outbox')
    throw refuse(
      'setting',
      'MODE=production needs SMS_PROVIDER=http or smpp: the outbox is for demonstrations.',
    )
  if (!config.SMS_URL)
    throw refuse('setting', 'MODE=production needs SMS_URL, the address of the SMS gateway.')
  if (!config.PUBLIC_URL?.startsWith('https:'))
    throw refuse('setting', 'MODE=production needs PUBLIC_URL, the https address that posters carry.')
}

/** Off without an issuer; with one it is told as whom the house comes, and asked by https alone. */
function checkNationalId(config: Config): void {
  const { MODE, NATIONAL_ID_ISSUER: issuer } = config
  if (issuer === undefined) return
  if (!config.NATIONAL_ID_CLIENT_ID || !config.NATIONAL_ID_CLIENT_SECRET)
    throw refuse(
      'setting',
      'NATIONAL_ID_ISSUER needs NATIONAL_ID_CLIENT_ID and NATIONAL_ID_CLIENT_SECRET too.',
    )
  if (MODE === 'production' && !issuer.startsWith('https:'))
    throw refuse('setting', 'MODE=production needs an https address in NATIONAL_ID_ISSUER.')
}

/**
 * Reads and checks the settings.
 * @throws with one clear sentence that names the variable and never its value
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    settingNames.map((name) => [name, env[name] === '' ? undefined : env[name]]),
  )
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refuse(
      'setting',
      `${issue?.path.join('.') ?? 'A setting'} cannot be used: ${issue?.message ?? 'invalid'}.`,
    )
  }
  const dataDir = resolve(parsed.data.DATA_DIR)
  const config: Config = {
    ...parsed.data,
    HOST: parsed.data.HOST ?? (parsed.data.MODE === 'production' ? '0.0.0.0' : '127.0.0.1'),
    DATA_DIR: dataDir,
    KEY_FILE: resolve(parsed.data.KEY_FILE ?? join(dataDir, 'keys')),
  }
  checkProduction(config)
  checkNationalId(config)
  return config
}
