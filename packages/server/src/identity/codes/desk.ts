import { type Config, isMakeBelieve } from '../../platform/config.ts'
import type { Context } from '../../platform/context.ts'
import { openProvider } from '../messages/open.ts'
import { openSender } from '../messages/sender.ts'

export interface IssueLimits {
  readonly phoneHour: number
  readonly addressHour: number
  readonly campaignAddressHour: number
  readonly cityMinute: number
}

/** The sign-in desk of this server: where it stands, how many codes it gives out, who carries them. */
export interface Desk {
  /** Host that the message names, so that telephones fill the code in by themselves. */
  readonly host: string
  /** Cookies travel over https only; plain http is for demonstrations and tests. */
  readonly secure: boolean
  /** Numbers of the test range are telephones too, and messages may be read: never in production. */
  readonly makeBelieve: boolean
  readonly limits: IssueLimits
  /** Tells the carrier of messages that one waits. */
  readonly wake: () => void
}

/** @param base address at which people reach this server */
function deskOf(config: Config, base: string, wake: () => void): Desk {
  const makeBelieve = isMakeBelieve(config.MODE)
  const { hostname, protocol } = new URL(config.PUBLIC_URL ?? base)
  return {
    host: hostname,
    secure: !(makeBelieve && protocol === 'http:'),
    makeBelieve,
    limits: {
      phoneHour: config.OTP_ISSUES_PER_PHONE_HOUR,
      addressHour: config.OTP_ISSUES_PER_ADDRESS_HOUR,
      campaignAddressHour: config.OTP_ISSUES_PER_CAMPAIGN_ADDRESS_HOUR,
      cityMinute: config.OTP_ISSUES_CITY_MINUTE,
    },
    wake,
  }
}

/** Opens the desk of this process together with its carrier of messages. */
export function openDesk(
  ctx: Context,
  config: Config,
  base: string,
): { desk: Desk; close: () => Promise<void> } {
  const sender = openSender(ctx, openProvider(config))
  return { desk: deskOf(config, base, sender.wake), close: sender.close }
}
