import fhirpath from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4'
import { searchParametersOf, searchValues } from '../src/search/index.ts'
import { exampleNames, readExample } from './invariants.ts'

/** Holds what our parameters select against their expressions, as another implementation reads them. */

interface Definition {
  readonly url: string
  readonly expression?: string
}

const definitions = (): ReadonlyMap<string, string> =>
  new Map(
    exampleNames()
      .filter((name) => name.startsWith('SearchParameter-'))
      .map((name) => readExample(name) as Definition)
      .map(({ url, expression = '' }) => [url, expression]),
  )

/** The other takes one value with `as`, where the definitions mean all of that type; it resolves nothing. */
const readable = (expression: string): string =>
  expression
    .replaceAll(/([\w.]+) as (\w+)/g, '$1.ofType($2)')
    .replaceAll('.as(', '.ofType(')
    .replaceAll(/\bResource\./g, '')

type Select = (resource: unknown) => unknown[]

const selects = new Map<string, Select>()

/** Each alternative apart: the other cannot unite quantities of more or less than something. */
function selectOf(expression: string): Select {
  const known = selects.get(expression)
  if (known) return known
  const parts = readable(expression)
    .split(' | ')
    .map((part) => fhirpath.compile(part, r4, { async: false }) as Select)
  const made: Select = (resource) => parts.flatMap((part) => part(resource))
  selects.set(expression, made)
  return made
}

const sorted = (values: readonly unknown[]): string[] =>
  [...new Set(values.map((value) => JSON.stringify(value)))].sort()

export interface Comparison {
  asked: number
  found: number
  readonly differences: string[]
}

/** Asks every parameter of each example; those that ask of what a reference points at are left out. */
export function compareParameters(names: readonly string[]): Comparison {
  const expressions = definitions()
  const comparison: Comparison = { asked: 0, found: 0, differences: [] }
  for (const name of names) {
    const resource = readExample(name) as { readonly resourceType: string }
    for (const { name: parameter, url } of searchParametersOf(resource.resourceType).values()) {
      const expression = expressions.get(url) ?? ''
      if (expression.includes('resolve()')) continue
      const ours = sorted(searchValues(resource, parameter).map(({ value }) => value))
      const theirs = sorted(selectOf(expression)(resource))
      comparison.asked += 1
      comparison.found += ours.length
      if (ours.join('\n') !== theirs.join('\n')) comparison.differences.push(`${name} ${parameter}`)
    }
  }
  return comparison
}
