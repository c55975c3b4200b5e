import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, settingNames } from './config.ts'

const PRODUCTION = {
  MODE: 'production',
  SMS_PROVIDER: 'http',
  SMS_URL: 'https://sms.example/send',
  PUBLIC_URL: 'https://sokhoe.example',
}

test('without settings the house is a demonstration on this machine alone', () => {
  const config = readConfig({})

  expect(config).toMatchObject({ MODE: 'demo', HOST: '127.0.0.1', PORT: 8080, DEMO: true })
  expect(isAbsolute(config.DATA_DIR)).toBe(true)
  expect(config.KEY_FILE).toBe(`${config.DATA_DIR}/keys`)
})

test('tests listen on this machine alone too, unless a host is named', () => {
  expect(readConfig({ MODE: 'test' }).HOST).toBe('127.0.0.1')
  expect(readConfig({ MODE: 'test', HOST: '0.0.0.0' }).HOST).toBe('0.0.0.0')
})

test.each([
  [{ PORT: 'eighty' }, /^PORT /],
  [{ PORT: '70000' }, /^PORT /],
  [{ MODE: 'prod' }, /^MODE /],
  [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL /],
  [{ DEMO: 'perhaps' }, /^DEMO /],
  [{ OTP_ISSUES_PER_PHONE_HOUR: '0' }, /^OTP_ISSUES_PER_PHONE_HOUR /],
  [{ MODE: 'demo', SMS_PROVIDER: 'http' }, /real messages/],
  [{ MODE: 'test', SMS_PROVIDER: 'smpp' }, /real messages/],
  [{ ...PRODUCTION, SMS_PROVIDER: 'outbox' }, /SMS_PROVIDER/],
  [{ ...PRODUCTION, SMS_PROVIDER: undefined }, /SMS_PROVIDER/],
  [{ ...PRODUCTION, SMS_URL: undefined }, /SMS_URL/],
  [{ ...PRODUCTION, PUBLIC_URL: 'http://sokhoe.example' }, /PUBLIC_URL/],
])(
  'a setting that cannot be used is named in one sentence, and its value is not told: %o',
  (env, sentence) => {
    expect(() => readConfig(env)).toThrow(sentence)
    for (const value of Object.values(env).filter((each) => each && each.length > 12))
      expect(() => readConfig(env)).not.toThrow(String(value))
  },
)

test('production needs its gateway and its https address, and then listens for everybody', () => {
  expect(readConfig(PRODUCTION)).toMatchObject({ MODE: 'production', HOST: '0.0.0.0' })
})

test('the README lists every setting', () => {
  const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8')
  expect(settingNames.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})
