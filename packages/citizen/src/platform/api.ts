import type { QuestionnaireResponse } from '@sokhoe/model/questionnaire'
import type { Station } from '@sokhoe/ui/http'

export type { Station } from '@sokhoe/ui/http'
export type Ward = { code: string; name: string }

/** “Phường Bình Quới” of “Phường Bình Quới, Thành phố Hồ Chí Minh”: the city goes without saying here. */
export const wardName = ({ name }: Ward): string => name.split(',')[0] ?? name

export type Campaign = {
  code: string
  state: 'open'
  title: string
  ward: Ward
  alley: string | null
  station: Station
  starts: string
  ends: string | null
}

export type Challenge = { challenge: string; expiresAt: string; resendAt: string }

export type Book = { person: string; name: string; relation: string; level: string; arriving: boolean }

export type Me = {
  phone: string | null
  level: string
  books: readonly Book[]
  locked: number
  campaign: string | null
  proven: boolean
  /** The house is connected to the national electronic identity. */
  eid?: boolean
}

export type Card = {
  person: string
  name: string
  birthDate: string
  sex: string
  ward: Ward | null
  number: string
  url: string | null
  level: string
}

export type ServerDraft = { uuid: string; response: QuestionnaireResponse; savedAt: string }

export type Kept = { person: string; kept: number; at: string }

export type Resource = {
  resourceType: string
  id?: string
  meta?: {
    versionId?: string
    lastUpdated?: string
    source?: string
    tag?: readonly { system?: string; code?: string }[]
  }
  [field: string]: unknown
}
export type Bundle = { entry?: readonly { resource?: Resource }[] }
