import type { KeyObject } from 'node:crypto'
import { asciiKey } from '@sokhoe/model/names'
import { blind, type Keys } from '../../platform/keys.ts'
import { sealText, unsealText } from '../../platform/seal.ts'

export const PARTS = ['name', 'birthDate', 'sex'] as const
export type Part = (typeof PARTS)[number]

/** What a source says of who somebody is; every part but the name may be unknown. */
export interface Demographics {
  readonly name: string
  readonly sex: 'male' | 'female' | 'other' | 'unknown'
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly birthDate: string
  readonly identifiers: readonly StatedIdentifier[]
  /** Numbers that were hers and that the authority has cancelled or replaced. */
  readonly ended?: readonly EndedNumber[]
  /** What a paper has put right: nobody's word changes it any more. */
  readonly confirmed?: readonly Part[]
  readonly address?: string
  /** Marks of the telephones that its source states: they tell equal from unequal and cannot be called. */
  readonly phones?: readonly string[]
  /** Whether she is a twin or triplet, where a source says it. */
  readonly multipleBirth?: boolean
}

export const NUMBER_SYSTEMS = ['cccd', 'cmnd', 'passport', 'bhxh', 'bhyt'] as const

/** System names: 'cccd' (12 digits), 'cmnd' (old 9), 'passport', 'bhxh' (10 digits), 'bhyt' (card). */
export interface StatedIdentifier {
  readonly system: (typeof NUMBER_SYSTEMS)[number]
  readonly value: string
}

export interface EndedNumber extends StatedIdentifier {
  /** The last day, YYYY-MM-DD; absent where nobody knows it. */
  readonly until?: string
}

const about = (patientId: number): string => `demographics ${patientId}`

export const sealDemographics = (key: KeyObject, patientId: number, demographics: Demographics): Buffer =>
  sealText(key, JSON.stringify(demographics), about(patientId))

export const openDemographics = (key: KeyObject, patientId: number, sealed: Buffer): Demographics =>
  JSON.parse(unsealText(key, sealed, about(patientId))) as Demographics

export const identifierHash = (keys: Keys, { system, value }: StatedIdentifier): Buffer =>
  blind(keys, system, value.toUpperCase().replaceAll(/[\s.-]/g, ''))

/** Whole folded name parts, each with the birth date: enough to find a person, too little to scan the city. */
export function nameHashes(keys: Keys, { name, birthDate }: Demographics): Buffer[] {
  const folded = asciiKey(name)
  const parts = new Set([folded, ...folded.split(' ')])
  return [...parts].filter((part) => part !== '').map((part) => blind(keys, 'name', `${part}|${birthDate}`))
}

/** Whether two statements may be of one person: the number, or two of folded name, birth date and sex. */
export function mayBeSame(keys: Keys, a: Demographics, b: Demographics): boolean {
  const numbers = new Set(a.identifiers.map((one) => identifierHash(keys, one).toString('hex')))
  if (b.identifiers.some((one) => numbers.has(identifierHash(keys, one).toString('hex')))) return true
  const agree = [asciiKey(a.name) === asciiKey(b.name), a.birthDate === b.birthDate, a.sex === b.sex]
  return agree.filter(Boolean).length >= 2 && (agree[0] === true || agree[1] === true)
}
