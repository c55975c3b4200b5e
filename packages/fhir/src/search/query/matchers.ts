import type { FhirResource } from '../../types.ts'
import type { SearchType } from '../parameters.ts'
import { dateMatcher } from './dates.ts'
import { numberMatcher, quantityMatcher } from './figures.ts'
import { referenceMatcher } from './references.ts'
import { stringMatcher } from './strings.ts'
import { tokenMatcher } from './tokens.ts'
import { bad, type Definitions, good, type Matcher, type Parameter, type Read, type Tools } from './types.ts'
import { uriMatcher } from './uris.ts'
import { cut } from './written.ts'

/** Which modifiers change what a parameter of a type means; a type's name is one too, for references. */
export const MODIFIERS: Readonly<Record<SearchType, readonly string[]>> = {
  string: ['exact', 'contains', 'missing'],
  token: ['text', 'not', 'in', 'not-in', 'of-type', 'above', 'below', 'missing'],
  reference: ['identifier', 'missing'],
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  uri: ['above', 'below', 'missing'],
  composite: ['missing'],
  special: [],
}

/** What one person's references are alike. */
export interface Alike {
  readonly alike: (reference: string) => ReadonlySet<string> | undefined
}

export type Given = Tools & Alike

type Make = (written: string, modifier: string | undefined, given: Given) => Read<Matcher>

const MAKE: Readonly<Record<Exclude<SearchType, 'composite' | 'special'>, Make>> = {
  string: stringMatcher,
  token: tokenMatcher,
  reference: (written, modifier, given) => referenceMatcher(written, modifier, given, given.alike),
  date: (written, _modifier, given) => dateMatcher(written, given),
  number: numberMatcher,
  quantity: (written, _modifier, given) => quantityMatcher(written, given),
  uri: uriMatcher,
}

/** What a whole resource must be. */
export type Test = (resource: FhirResource) => boolean

function simpleTest(
  parameter: Parameter,
  written: string,
  modifier: string | undefined,
  { definitions, given }: Means,
): Read<Test> {
  const { type, name } = parameter
  if (type === 'composite') return compositeTest(parameter, written, { definitions, given })
  if (type === 'special') return bad('is not searched here', 'not-supported')
  const matcher = MAKE[type](written, modifier, given)
  if (!matcher.ok) return matcher
  return good((resource) => definitions.values(resource, name).some(matcher.value))
}

export interface Means {
  readonly definitions: Definitions
  readonly given: Given
}

/** All parts must fit in one and the same element. */
function compositeTest(
  { name, components = [] }: Parameter,
  written: string,
  { definitions, given }: Means,
): Read<Test> {
  const parts = cut(written, '$')
  if (parts.length !== components.length) return bad(`has ${components.length} parts: join them with $`)
  const matchers: Matcher[] = []
  for (const [i, { type }] of components.entries()) {
    if (type === 'composite' || type === 'special') return bad('is not searched here', 'not-supported')
    const matcher = MAKE[type](parts[i] ?? '', undefined, given)
    if (!matcher.ok) return matcher
    matchers.push(matcher.value)
  }
  return good((resource) =>
    definitions
      .parts(resource, name)
      .some((element) => matchers.every((fits, i) => element[i]?.some(fits) ?? false)),
  )
}

function missingTest({ name }: Parameter, written: string, { definitions }: Means): Read<Test> {
  if (written !== 'true' && written !== 'false') return bad('asks what is missing: write true or false')
  const wanted = written === 'true'
  return good((resource) => (definitions.values(resource, name).length === 0) === wanted)
}

/** @returns what one of the alternatives must be */
export function testOf(
  parameter: Parameter,
  alternatives: readonly string[],
  modifier: string | undefined,
  means: Means,
): Read<Test> {
  if (modifier === 'missing')
    return alternatives.length === 1
      ? missingTest(parameter, alternatives[0] ?? '', means)
      : bad('asks what is missing: write true or false')
  const tests: Test[] = []
  for (const written of alternatives) {
    const test = simpleTest(parameter, written, modifier, means)
    if (!test.ok) return test
    tests.push(test.value)
  }
  const [only] = tests
  const any: Test = only && tests.length === 1 ? only : (resource) => tests.some((test) => test(resource))
  return good(modifier === 'not' || modifier === 'not-in' ? (resource) => !any(resource) : any)
}
