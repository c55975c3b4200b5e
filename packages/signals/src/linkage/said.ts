/** Which number: 'id' is one of an unknown kind, such as another country's. */
export type NumberSystem = 'cccd' | 'cmnd' | 'passport' | 'bhxh' | 'bhyt' | 'id'

export interface Number {
  readonly system: NumberSystem
  readonly value: string
  /** A station saw the document, or the State's own service vouches for it. */
  readonly verified?: boolean
  /** Cancelled or replaced: it still tells who she was, and contradicts nothing. */
  readonly ended?: boolean
}

/** What one source says of who somebody is. Every part may be missing; nothing is known to be true. */
export interface Said {
  /** Whole name in the order in which it was written, in any spelling and encoding. */
  readonly name?: string
  /** Parts of the name where the source keeps them apart. */
  readonly familyName?: string
  readonly middleName?: string
  readonly givenName?: string
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly birthDate?: string
  readonly sex?: 'male' | 'female'
  /** National or international, as written. */
  readonly phones?: readonly string[]
  readonly numbers?: readonly Number[]
  /** Codes of the wards of today in which the ground of the ward that was named lies; several where it was split. */
  readonly wards?: readonly string[]
  /** Street and house as one text. */
  readonly address?: string
  readonly city?: string
  readonly postcode?: string
  readonly email?: string
  readonly occupation?: string
  /** Born with others on the same day: a twin or triplet, where a source says so. */
  readonly multipleBirth?: boolean
}

export type Verdict = 'same' | 'review' | 'different'

/** What is compared. */
export type FieldName =
  | 'name'
  | 'birthDate'
  | 'sex'
  | 'phone'
  | 'identity'
  | 'insurance'
  | 'place'
  | 'address'
  | 'email'
  | 'occupation'

/** How one field speaks for or against; it holds no value of the field, so that it may be kept beside the pair. */
export interface Reason {
  readonly field: FieldName
  /** Name of the level of agreement: 'exact', 'toneless', 'day-month-swapped', 'one-typo', …; 'unknown' weighs 0. */
  readonly level: string
  /** Base 2 logarithm of how many times likelier this is of one person than of two; frequency of the value included. */
  readonly weight: number
}

export interface Decision {
  readonly verdict: Verdict
  /** Base 2 logarithm of the odds that both are one person, before any rule. */
  readonly score: number
  /** Likeliest first by size of the weight. */
  readonly reasons: readonly Reason[]
  /** Name of the hard rule that decided whatever the score says: 'two-verified-numbers', 'nothing-else-to-tell', … */
  readonly rule?: string
}

/** Two records that were judged to be one person. */
export interface Edge {
  readonly a: string
  readonly b: string
  readonly score: number
}

/** What a human being decided of two records; it stands above every score. */
export interface Ruling {
  readonly a: string
  readonly b: string
  readonly same: boolean
}
