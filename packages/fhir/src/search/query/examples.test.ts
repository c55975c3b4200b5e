import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type FhirResource, isWrittenNumber, numberOf, parseJson } from '../../index.ts'
import { compositeValues, searchParametersOf, searchValues } from '../index.ts'
import { type Found, readQuery } from './index.ts'
import { isRecord, listOf } from './types.ts'

const EXAMPLES = new URL('../../../../../node_modules/hl7.fhir.r4.examples/', import.meta.url)
/** Definitions are tried elsewhere, and are the most by far. */
const DEFINITIONS =
  /^(?:StructureDefinition|SearchParameter|ValueSet|CodeSystem|ConceptMap|OperationDefinition)-/

const means = {
  definitions: {
    parameter: (type: string, name: string) => searchParametersOf(type).get(name),
    values: searchValues,
    parts: compositeValues,
  },
  given: {
    fold: (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').trim(),
    convert: () => undefined,
    memberOf: () => undefined,
    ancestorsOf: () => undefined,
    base: 'https://house.vn/fhir/R4',
    now: new Date('2026-11-23T05:00:00Z'),
    alike: () => undefined,
  },
}

const escaped = (text: string): string => text.replaceAll(/[\\,|$]/g, '\\$&')

const written = (value: unknown): string =>
  isWrittenNumber(value) ? value.rawJSON : String(numberOf(value) ?? '')

const textIn = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : [])

function tokensOf({ value }: Found): string[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [escaped(String(value))]
  if (!isRecord(value)) return []
  const { coding, system, code, value: number } = value
  if (coding !== undefined) return listOf(coding).flatMap((one) => tokensOf({ value: one, type: 'Coding' }))
  const [text] = textIn(code ?? number)
  if (text === undefined) return []
  return typeof system === 'string' && !['phone', 'email', 'fax', 'url'].includes(system)
    ? [escaped(text), `${escaped(system)}|${escaped(text)}`]
    : [escaped(text)]
}

/** How somebody who looks for that very element would ask. */
const ASKED: Readonly<Record<string, (found: Found) => string[]>> = {
  token: tokensOf,
  uri: ({ value }) => textIn(value).map(escaped),
  reference: ({ value }) => textIn(isRecord(value) ? value['reference'] : value).map(escaped),
  date: ({ value }) =>
    textIn(isRecord(value) ? undefined : value)
      // some examples say in words when something was
      .filter((date) => /^\d{4}/.test(date))
      .flatMap((date) => [date, `ge${date}`, `le${date}`]),
  number: ({ value }) => (numberOf(value) === undefined ? [] : [written(value)]),
  quantity: ({ value }) => {
    if (!isRecord(value) || numberOf(value['value']) === undefined || value['comparator'] !== undefined)
      return []
    const number = written(value['value'])
    const { system, code } = value
    return typeof system === 'string' && typeof code === 'string'
      ? [number, `${number}|${escaped(system)}|${escaped(code)}`, `${number}||${escaped(code)}`]
      : [number]
  },
  string: ({ value }) =>
    [value, ...(isRecord(value) ? Object.values(value).flatMap(listOf) : [])]
      .flatMap(textIn)
      .filter((text) => typeof value === 'string' || text === (value as { family?: unknown }).family)
      .map(escaped),
}

const examples = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith('.json') && /^[A-Z]/.test(name) && !DEFINITIONS.test(name))
  .map(
    (name) =>
      parseJson(readFileSync(new URL(name, EXAMPLES), 'utf8'), {
        depth: 500,
        length: 100_000_000,
      }) as FhirResource,
  )

type Asked = readonly [name: string, query: string]

/** What keeps a resource from being found by its own value; undefined where nothing does. */
function missedBy(resource: FhirResource, text: string, [name, query]: Asked): string | undefined {
  const { resourceType } = resource
  const { conditions, faults } = readQuery([resourceType], [[name, query]], means)
  const [condition] = conditions.get(resourceType) ?? []
  const told = `${resourceType}/${resource.id} ${name}=${query}`
  if (condition?.kind !== 'filter') return `${told}: ${faults[0]?.text}`
  if (!condition.test(resource)) return `${told}: does not fit`
  const mayFit = condition.needles?.some((needle) => text.includes(needle)) ?? true
  return mayFit ? undefined : `${told}: is not looked at`
}

const queriesOf = (resource: FhirResource): Asked[] =>
  [...searchParametersOf(resource.resourceType)].flatMap(([name, { type }]) => {
    const queries = searchValues(resource, name).flatMap((found) => ASKED[type]?.(found) ?? [])
    return [...new Set(queries)].map((query): Asked => [name, query])
  })

test('every official example is found by whatever its own parameters select in it', () => {
  const asked = examples.flatMap((resource) => {
    const text = JSON.stringify(resource).toLowerCase()
    return queriesOf(resource).map((query) => missedBy(resource, text, query))
  })
  expect(asked.length).toBeGreaterThan(5000)
  expect(asked.filter((missed) => missed !== undefined)).toEqual([])
})
