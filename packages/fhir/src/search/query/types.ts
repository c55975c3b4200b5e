import type { FhirResource } from '../../types.ts'
import type { SearchType } from '../parameters.ts'

/** What a search parameter is, as far as a query needs to know. */
export interface Parameter {
  readonly name: string
  readonly type: SearchType
  /** Of a reference: the types it may point at. */
  readonly target?: readonly string[]
  /** Of a composite: the kind of each part. */
  readonly components?: readonly { readonly type: SearchType }[]
}

/** An element that a parameter looks at, with its FHIR type. */
export interface Found {
  readonly value: unknown
  readonly type: string
}

/** What the official definitions say. */
export interface Definitions {
  readonly parameter: (type: string, name: string) => Parameter | undefined
  readonly values: (resource: FhirResource, name: string) => readonly Found[]
  /** Of a composite: for each element it stands on, the values of each part. */
  readonly parts: (resource: FhirResource, name: string) => readonly (readonly (readonly Found[])[])[]
}

/** What a comparison needs from outside. */
export interface Tools {
  /** Takes case, tones and marks off a text. */
  readonly fold: (text: string) => string
  /** Of UCUM units; undefined where they do not measure the same. */
  readonly convert: (value: number, from: string, to: string) => number | undefined
  /** Which codes a value set holds; undefined for one that is not known here. */
  readonly memberOf: (valueSet: string) => ((system: string | undefined, code: string) => boolean) | undefined
  /** Which codes of a system stand above one; undefined for a system that is not known here. */
  readonly ancestorsOf: (system: string) => ((code: string) => readonly string[]) | undefined
  /** Under which address this server's resources stand, without a slash at the end. */
  readonly base: string
  readonly now: Date
}

/** Whether one element is what was asked for. */
export type Matcher = (found: Found) => boolean

/** What is wrong with a query. It names parameters and rules, never values. */
export interface QueryFault {
  /** FHIR's issue-type. */
  readonly code: 'invalid' | 'not-supported' | 'too-costly' | 'too-long'
  readonly parameter: string
  /** What is wrong and what to write instead. */
  readonly text: string
}

/** Either what was read, or why not. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly text: string; readonly code?: QueryFault['code'] }

export const good = <T>(value: T): Read<T> => ({ ok: true, value })
export const bad = <T>(text: string, code?: QueryFault['code']): Read<T> =>
  code === undefined ? { ok: false, text } : { ok: false, text, code }

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
