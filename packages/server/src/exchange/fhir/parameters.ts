import { parseJson, writeJson } from '@sokhoe/fhir'
import { Problem } from '../../platform/problem.ts'
import type { Answer, Ask } from './answer.ts'
import { needJson } from './media.ts'
import { issues } from './outcome.ts'

type Json = Readonly<Record<string, unknown>>

/** What an operation is given, whether it stood in the address or in a Parameters resource. */
export interface Inputs {
  /** Every value under a name, in order: texts, numbers and booleans of the address as texts. */
  readonly all: (name: string) => readonly unknown[]
  /** The first value as text; numbers and booleans too. */
  readonly text: (name: string) => string | undefined
  readonly object: (name: string) => Json | undefined
  readonly resource: (name: string) => Json | undefined
  readonly names: readonly string[]
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const malformed = (code: 'structure' | 'value' | 'required', expression: string, text: string): Problem =>
  new Problem('fhir.malformed', { more: issues([{ severity: 'error', code, expression, text }]) })

/** @throws {Problem} fhir.malformed for a parameter that is missing or of another form */
export const badInput = (name: string, text: string): Problem => malformed('value', name, text)

const LETTERS = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * The body as JSON.
 * @throws {Problem} fhir.media-type, fhir.malformed
 */
export function bodyOf({ body, header }: Ask): Json {
  needJson(header('content-type'))
  try {
    const value = parseJson(LETTERS.decode(body ?? Buffer.alloc(0)), { length: 32 * 1024 * 1024 })
    if (isObject(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  throw malformed('structure', '$this', 'The body must be one JSON object, each key once, in UTF-8')
}

const givenBy = (parameter: Json): unknown =>
  parameter['resource'] ?? Object.entries(parameter).find(([name]) => name.startsWith('value'))?.[1]

/** What a Parameters resource gives. @throws {Problem} fhir.malformed for anything else */
export function inputsIn(parameters: Json): Inputs {
  const list = parameters['parameter'] ?? []
  if (parameters['resourceType'] !== 'Parameters' || !Array.isArray(list) || !list.every(isObject))
    throw malformed('structure', '$this', 'The body must be a Parameters resource')
  return inputsFrom(list.map((each) => [String(each['name']), givenBy(each)] as const))
}

/** As they stand in an address, or name by name. */
export function inputsFrom(pairs: readonly (readonly [name: string, value: unknown])[]): Inputs {
  const all = (name: string): unknown[] => pairs.filter(([each]) => each === name).map(([, value]) => value)
  const object = (name: string): Json | undefined => all(name).find(isObject)
  return {
    all,
    object,
    names: pairs.map(([name]) => name),
    resource: (name) => {
      const found = object(name)
      return typeof found?.['resourceType'] === 'string' ? found : undefined
    },
    text: (name) => {
      const first = all(name)[0]
      return typeof first === 'string' || typeof first === 'number' || typeof first === 'boolean'
        ? String(first)
        : undefined
    },
  }
}

/** What an operation is given: the address's own parameters, and with POST those of the body behind them. */
export function inputsOf(ask: Ask): Inputs {
  if (ask.method === 'GET' || ask.body === undefined || ask.body.length === 0) return inputsFrom(ask.query)
  const body = inputsIn(bodyOf(ask))
  const address = inputsFrom(ask.query)
  const first = (name: string): Inputs => (body.all(name).length > 0 ? body : address)
  return {
    all: (name) => first(name).all(name),
    text: (name) => first(name).text(name),
    object: (name) => first(name).object(name),
    resource: (name) => first(name).resource(name),
    names: [...body.names, ...address.names],
  }
}

/** A whole number that is not negative. @throws {Problem} fhir.malformed */
export function countIn(inputs: Inputs, name: string): number | undefined {
  const text = inputs.text(name)
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw badInput(name, 'A whole number, not negative')
  return Number(text)
}

/** One line of a Parameters resource. */
export type Parameter = { readonly name: string; readonly [element: string]: unknown }

export const parametersAnswer = (parameter: readonly Parameter[]): Answer => ({
  status: 200,
  body: writeJson({ resourceType: 'Parameters', ...(parameter.length > 0 && { parameter }) }),
})
