import { readPhone } from '@sokhoe/model/phone'
import { blind, derivedKey, type Keys } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import { sealText, unsealText } from '../../platform/seal.ts'

/** A telephone as this room knows it: how it is dialled, and the blind index that stands for it everywhere else. */
export interface Phone {
  /** '+84…' */
  readonly e164: string
  /** '0xxxxxxxxx' */
  readonly national: string
  readonly hash: Buffer
}

export interface SealedPhone {
  readonly phone: Buffer
  readonly phone_key_version: number
}

export const phoneHashOf = (keys: Keys, e164: string): Buffer => blind(keys, 'phone', e164)

/**
 * @param synthetic whether numbers of the test range 0500xxxxxx are telephones too
 * @throws {Problem} identity.phone-invalid, with the reason
 */
export function phoneOf(keys: Keys, typed: string, synthetic: boolean): Phone {
  const read = readPhone(typed, { synthetic })
  if (!read.ok) throw new Problem('identity.phone-invalid', { more: { reason: read.reason } })
  return { e164: read.e164, national: read.national, hash: phoneHashOf(keys, read.e164) }
}

export const nationalOf = (e164: string): string => `0${e164.slice('+84'.length)}`

const about = (phoneHash: Buffer): string => `phone ${phoneHash.toString('hex')}`

/** @param row blind index of the row that keeps it: sealed bytes do not open in another row */
export function sealPhone(keys: Keys, e164: string, row: Buffer): SealedPhone {
  const version = keys.kek.current
  return {
    phone: sealText(derivedKey(keys, 'phone', version), e164, about(row)),
    phone_key_version: version,
  }
}

/** @returns E.164 */
export const unsealPhone = (keys: Keys, { phone, phone_key_version }: SealedPhone, row: Buffer): string =>
  unsealText(derivedKey(keys, 'phone', phone_key_version), phone, about(row))
