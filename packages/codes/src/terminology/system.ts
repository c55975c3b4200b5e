/** One code of a code system, in its words. */
export interface Concept {
  readonly code: string
  /** Vietnamese, except where the system has no Vietnamese words. */
  readonly display: string
  readonly english?: string
  /** Further Vietnamese names. */
  readonly others?: readonly string[]
  /** What it stands under. */
  readonly parent?: string
  /** A heading: nothing is coded with it. */
  readonly heading?: boolean
  readonly properties?: readonly Property[]
}

export interface Property {
  readonly code: string
  readonly value: string | number | boolean
}

/** A code system of which this package has all codes or some, as it stood from one day to another. */
export interface System {
  /** Short name: letters, digits and dashes, unlike any other's. */
  readonly id: string
  readonly url: string
  /** The day from which it stands, or its publisher's name for it; absent where its codes carry no version here. */
  readonly version?: string
  /** First and last day, YYYY-MM-DD; absent: no bound. */
  readonly from?: string
  readonly to?: string
  readonly title: string
  readonly english: string
  /** 'fragment': others publish it, and only some of its codes are here. */
  readonly content: 'complete' | 'fragment'
  /** The law or list it is taken from. */
  readonly source?: string
  /** Other names by which messages call it. */
  readonly aliases?: readonly string[]
  readonly concepts: () => readonly Concept[]
}

/** A set of codes to choose from: whole systems, or some of their codes. */
export interface ValueSet {
  readonly id: string
  readonly url: string
  readonly version?: string
  readonly from?: string
  readonly to?: string
  readonly title: string
  readonly english: string
  readonly include: readonly Include[]
}

export interface Include {
  readonly system: string
  readonly version?: string
  /** Only these; absent: all that are no headings. */
  readonly codes?: readonly string[]
  /** Only what stands under this one, and it. */
  readonly under?: string
}

/** Which entries of two systems mean the same. */
export interface ConceptMap {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly english: string
  readonly from: Place
  readonly to: Place
  /** Of a code: what it is there; none for one without a counterpart. */
  readonly of: (code: string) => readonly Target[]
  readonly pairs: () => readonly (readonly [code: string, target: Target])[]
}

interface Place {
  readonly system: string
  readonly version?: string
}

export interface Target {
  readonly code: string
  readonly equivalence: 'equivalent' | 'wider' | 'narrower' | 'inexact'
}
