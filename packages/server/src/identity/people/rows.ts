import { type KeyObject, randomBytes } from 'node:crypto'
import { formerWard } from '@sokhoe/codes'
import { openForHouse, sealForHouse } from '../../platform/houseseal.ts'
import { PATIENTS_A_HOME } from '../../platform/ids.ts'
import { fingerprint, type Keys } from '../../platform/keys.ts'
import { keyRows, readyOf } from '../linking/keys.ts'
import { besideOf } from '../linking/said.ts'
import { type Demographics, identifierHash, nameHashes, sealDemographics } from './demographics.ts'
import { householdRows } from './households.ts'
import type { Channel, Level } from './tables.ts'

export interface NewBook {
  readonly home: number
  readonly phoneHash?: Buffer
  readonly relation?: string
  /** Owner of the number, counted: {@link Resident.epoch}. */
  readonly epoch?: number
  readonly level: Level
  readonly source: string
  readonly ward: string | null
  readonly demographics: Demographics
  readonly synthetic?: boolean
  readonly campaign?: string | null
  readonly channel?: Channel
  /** The Patient's own key. */
  readonly dataKey: KeyObject
  readonly at: Date
}

const CARD = 'card token'
const ASSURANCE = { phone: 'declared', card: 'card', verified: 'verified', national: 'verified' } as const
const birthYear = (birthDate: string): number | null => Number(birthDate.slice(0, 4)) || null

/** The first Patient of a person lies in the home that names her. */
export const firstPatientOf = (home: number): number => home * PATIENTS_A_HOME

const sealCardToken = (keys: Keys, token: string): Buffer => sealForHouse(keys, CARD, token, CARD)
export const openCardToken = (keys: Keys, sealed: Buffer): string => openForHouse(keys, CARD, sealed, CARD)

export const cardTokenHash = (keys: Keys, token: string): Buffer => fingerprint(keys, CARD, token)

/** A new code for a printed card: what its QR holds, and the row that keeps it. */
export function cardRow(keys: Keys, home: number, at: Date) {
  const token = randomBytes(16).toString('base64url')
  const row = {
    token_hash: cardTokenHash(keys, token),
    home,
    token: sealCardToken(keys, token),
    created_at: at,
    revoked_at: null,
  }
  return { token, row }
}

function personRows(book: NewBook) {
  const { home, level, source, ward, demographics, synthetic = false, dataKey, at } = book
  const { campaign = null, channel = 'self' } = book
  const patient_id = firstPatientOf(home)
  const { sex, birthDate, address } = demographics
  const former = formerWard(ward, address)
  return {
    person: { home, status: 'active', level, synthetic, created_at: at, campaign, channel },
    patient: {
      home,
      patient_id,
      person: home,
      source,
      demographics: sealDemographics(dataKey, patient_id, demographics),
      ward,
      former,
      birth_year: birthYear(birthDate),
      sex,
      synthetic,
      created_at: at,
    },
    link: { home, patient_id, at, person: home, who: source, why: 'first statement', score: null },
    enrolment: {
      home,
      at,
      n: 1,
      ward,
      former,
      campaign,
      birth_year: birthYear(birthDate),
      sex,
      level,
      channel,
    } as const,
  }
}

export const identifierRows = (
  keys: Keys,
  patient_id: number,
  demographics: Demographics,
  level: Level,
  at: Date,
) =>
  demographics.identifiers.map((one) => ({
    hash: identifierHash(keys, one),
    patient_id,
    system: one.system,
    key_version: keys.index.current,
    assurance: ASSURANCE[level],
    since: at,
    until: null,
  }))

export const nameRows = (keys: Keys, patient_id: number, demographics: Demographics) =>
  nameHashes(keys, demographics).map((hash) => ({ hash, patient_id, key_version: keys.index.current }))

/** What proposes her to whoever may be the same. */
const linkKeyRows = (
  keys: Keys,
  patient_id: number,
  { demographics, ward, phoneHash }: Pick<NewBook, 'demographics' | 'ward' | 'phoneHash'>,
) => keyRows(keys, patient_id, readyOf(keys, demographics, besideOf(ward, phoneHash)).keys)

/** Every row of a new book, for one insert each or for loading thousands at once. */
export function bookRows(keys: Keys, book: NewBook) {
  const { home, demographics, level, at } = book
  const patientId = firstPatientOf(home)
  return {
    ...personRows(book),
    identifiers: identifierRows(keys, patientId, demographics, level, at),
    names: nameRows(keys, patientId, demographics),
    linkKeys: linkKeyRows(keys, patientId, book),
    households: householdRows(keys, { home, ward: book.ward, address: demographics.address }),
    keeper: book.phoneHash && {
      phone_hash: book.phoneHash,
      home,
      relation: book.relation ?? 'self',
      since: at,
      until: null,
    },
    card: cardRow(keys, home, at).row,
  }
}

type FacilityPatient = Pick<NewBook, 'home' | 'source' | 'ward' | 'demographics' | 'dataKey' | 'at'> & {
  readonly patientId: number
}

/** A Patient that a facility states of a person who is known already: one more shelf in her home. */
export function facilityPatientRow(keys: Keys, facility: FacilityPatient) {
  const { home, patientId: patient_id, source, ward, demographics, dataKey, at } = facility
  const rows = personRows({ home, level: 'phone', source, ward, demographics, synthetic: true, dataKey, at })
  return {
    patient: {
      ...rows.patient,
      patient_id,
      demographics: sealDemographics(dataKey, patient_id, demographics),
    },
    link: { ...rows.link, patient_id, why: 'recognised on arrival' },
    identifiers: identifierRows(keys, patient_id, demographics, 'verified', at),
    linkKeys: linkKeyRows(keys, patient_id, facility),
  }
}
