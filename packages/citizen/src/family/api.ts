import type { Topic } from '@sokhoe/model/topics'

export type Relation = 'child' | 'parent' | 'spouse' | 'sibling' | 'grandparent' | 'ward' | 'other'
type Standing = 'stands' | 'ask-again' | 'waiting' | 'of-age'

/** Somebody for whom the owner of this phone acts. */
export type Member = {
  person: string
  name: string
  birthDate: string
  verified: boolean
  relation: Relation
  standing: Standing
  topics: readonly Topic[]
  private: boolean
  confirmed: string | null
  askedUntil: string | null
  until: string | null
}

/** Somebody who may act in the open book. */
export type HeldRight = {
  id: number
  name: string
  relation: Relation
  standing: Standing
  topics: readonly Topic[]
  given: readonly Topic[]
  confirmed: string | null
  since: string
  until: string | null
  mine: boolean
}

export type Invited = { code: string; endsAt: string }

export type Preview = {
  kind: 'give' | 'ask'
  name: string
  relation: Relation
  topics: readonly Topic[]
  until: string | null
}

export type Changes = {
  mine: {
    state: 'collecting' | 'waiting' | 'moved' | 'undone'
    code: string | null
    endsAt: string
    effectiveAt: string | null
  } | null
  leaving: { person: string; since: string | null; until: string | null } | null
}
