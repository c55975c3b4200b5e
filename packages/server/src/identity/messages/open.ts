import type { Config } from '../../platform/config.ts'
import { openHttpProvider } from './http.ts'
import { openOutbox, type Provider } from './provider.ts'
import { openSmppProvider } from './smpp.ts'

/** The carrier of the settings; nothing but the outbox outside production, which the settings themselves refuse. */
export function openProvider(config: Config): Provider {
  const { SMS_PROVIDER, SMS_URL: url, SMS_TOKEN: token, SMS_FROM: from } = config
  if (SMS_PROVIDER === 'http' && url) return openHttpProvider({ url, token, from })
  if (SMS_PROVIDER === 'smpp' && url)
    return openSmppProvider({ url, user: config.SMS_USER, password: config.SMS_PASSWORD, from })
  return openOutbox()
}
