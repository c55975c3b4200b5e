import {
  type Concept,
  childrenOf,
  conceptOf,
  properCode,
  type System,
  subsumption,
  systemOf,
  versionsOf,
} from '@sokhoe/codes/terminology'
import { asciiKey } from '@sokhoe/model/names'
import type { Answer, Ask } from '../answer.ts'
import { badInput, type Inputs, inputsOf, type Parameter, parametersAnswer } from '../parameters.ts'
import {
  type Coding,
  codingAsked,
  codingsAsked,
  dayAsked,
  designationsOf,
  LONGEST_NAME,
  languageAsked,
  NO_SYSTEM,
  NO_VERSION,
  needSystem,
  refused,
  wordsOf,
} from './asked.ts'
import { ownSystem } from './own.ts'

/** The version named, by the operation's own parameter or by the instance it is called on. */
function systemAsked(ask: Ask, coding: Coding, day: string): System {
  const instance = ownSystem(ask.params['id'])
  if (instance) return instance
  if (coding.system === undefined) throw badInput('system', 'Give the code system')
  return needSystem(coding.system, { version: coding.version, day })
}

const VALUE = { string: 'valueString', boolean: 'valueBoolean', number: 'valueInteger' } as const

const propertyLine = (code: string, value: string | number | boolean, isCode = false): Parameter => ({
  name: 'property',
  part: [
    { name: 'code', valueCode: code },
    { name: 'value', [isCode ? 'valueCode' : VALUE[typeof value as keyof typeof VALUE]]: value },
  ],
})

function propertyLines(system: System, concept: Concept, wanted: ReadonlySet<string>): Parameter[] {
  const wants = (code: string): boolean => wanted.size === 0 || wanted.has(code) || wanted.has('*')
  const parent = concept.parent !== undefined && wants('parent') ? [concept.parent] : []
  const children = wants('child') ? childrenOf(system, concept.code) : []
  return [
    ...parent.map((code) => propertyLine('parent', code, true)),
    ...children.map((code) => propertyLine('child', code, true)),
    ...(concept.heading && wants('notSelectable') ? [propertyLine('notSelectable', true)] : []),
    ...(concept.properties ?? []).flatMap(({ code, value }) =>
      wants(code) ? [propertyLine(code, value)] : [],
    ),
  ]
}

const textsIn = (values: readonly unknown[]): string[] => values.filter((value) => typeof value === 'string')

/** Where else a code is that is not in this version: said, so that nobody takes an ended code for a typing error. */
function elsewhere(url: string, code: string): string {
  const versions = versionsOf(url).filter((one) => conceptOf(one, code) !== undefined)
  const names = versions.map(({ version }) => version).join(', ')
  return names === '' ? 'There is no such code' : `There is no such code in this version; it is in ${names}`
}

/** @see https://hl7.org/fhir/R4/codesystem-operation-lookup.html */
export async function lookup(ask: Ask): Promise<Answer> {
  const inputs = inputsOf(ask)
  const day = dayAsked(ask, inputs)
  const coding = codingAsked(inputs)
  const system = systemAsked(ask, coding, day)
  const concept = conceptOf(system, coding.code)
  if (!concept) throw refused('fhir.not-found', 'not-found', elsewhere(system.url, coding.code))
  return parametersAnswer([
    { name: 'name', valueString: system.english },
    ...(system.version === undefined ? [] : [{ name: 'version', valueString: system.version }]),
    { name: 'display', valueString: wordsOf(concept, languageAsked(ask, inputs)) },
    ...designationsOf(concept).map(({ language, value }) => ({
      name: 'designation',
      part: [
        { name: 'language', valueCode: language },
        { name: 'value', valueString: value },
      ],
    })),
    ...propertyLines(system, concept, new Set(textsIn(inputs.all('property')))),
  ])
}

/** What $validate-code answers. */
export interface Verdict {
  readonly result: boolean
  readonly message?: string
  readonly display?: string
  readonly system?: System
  readonly code?: string
}

export const verdictAnswer = ({ result, message, display, system, code }: Verdict): Answer =>
  parametersAnswer([
    { name: 'result', valueBoolean: result },
    ...(message === undefined ? [] : [{ name: 'message', valueString: message }]),
    ...(display === undefined ? [] : [{ name: 'display', valueString: display }]),
    ...(result && code !== undefined ? [{ name: 'code', valueCode: code }] : []),
    ...(result && system ? [{ name: 'system', valueUri: system.url }] : []),
    ...(result && system?.version ? [{ name: 'version', valueString: system.version }] : []),
  ])

/** Names are compared without marks and case: the same word typed otherwise is no error. */
function isNameOf(concept: Concept, display: string): boolean {
  if (display.length > LONGEST_NAME) return false
  const wanted = asciiKey(display)
  return designationsOf(concept).some(({ value }) => asciiKey(value) === wanted)
}

/** What is said of a concept that was found, with the name that was sent for it. */
export function verdictOn(
  { system, concept }: { readonly system: System; readonly concept: Concept },
  { display }: Coding,
  language: 'vi' | 'en',
): Verdict {
  const right = display === undefined || display === '' || isNameOf(concept, display)
  return {
    result: right,
    display: wordsOf(concept, language),
    system,
    code: concept.code,
    ...(!right && { message: 'The code is there; the display is none of its names' }),
  }
}

/** Why a code is not found: where it stands otherwise, or how it is written. */
function whyNot(system: System, code: string): string {
  const proper = properCode(system, code)
  return proper !== undefined && proper !== code
    ? `The code is written ${proper}`
    : elsewhere(system.url, code)
}

/** What one coding is held against: a system, or why there is none. */
function against(ask: Ask, inputs: Inputs, coding: Coding): System | Verdict {
  const instance = ownSystem(ask.params['id'])
  if (instance) return instance
  const url = coding.system ?? inputs.text('url')
  if (url === undefined) throw badInput('url', 'Give the code system')
  const version = coding.version ?? inputs.text('version')
  const found = systemOf(url, { version, day: dayAsked(ask, inputs) })
  return found ?? { result: false, message: versionsOf(url).length > 0 ? NO_VERSION : NO_SYSTEM }
}

function verdict(ask: Ask, inputs: Inputs, coding: Coding): Verdict {
  const system = against(ask, inputs, coding)
  if ('result' in system) return system
  const concept = conceptOf(system, coding.code)
  if (!concept) return { result: false, message: whyNot(system, coding.code) }
  if (concept.heading && inputs.text('abstract') === 'false')
    return { result: false, message: 'The code is a heading: nothing is coded with it' }
  return verdictOn({ system, concept }, coding, languageAsked(ask, inputs))
}

/** Of several codings one that fits is enough; otherwise what is said of the first. */
export function firstRight(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts
  if (!first) throw badInput('code', 'Give code, coding or codeableConcept')
  return verdicts.find(({ result }) => result) ?? first
}

/** @see https://hl7.org/fhir/R4/codesystem-operation-validate-code.html */
export async function validateCode(ask: Ask): Promise<Answer> {
  const inputs = inputsOf(ask)
  return verdictAnswer(firstRight(codingsAsked(inputs, 'url').map((coding) => verdict(ask, inputs, coding))))
}

function codeAsked(inputs: Inputs, name: 'A' | 'B'): Coding {
  const code = inputs.text(`code${name}`)
  if (code !== undefined) return { code, system: inputs.text('system'), version: inputs.text('version') }
  const coding = inputs.object(`coding${name}`)
  if (typeof coding?.['code'] !== 'string') throw badInput(`code${name}`, 'Give codeA and codeB with system')
  const { system, version } = coding
  return {
    code: coding['code'],
    system: typeof system === 'string' ? system : inputs.text('system'),
    version: typeof version === 'string' ? version : inputs.text('version'),
  }
}

/** @see https://hl7.org/fhir/R4/codesystem-operation-subsumes.html */
export async function subsumes(ask: Ask): Promise<Answer> {
  const inputs = inputsOf(ask)
  const day = dayAsked(ask, inputs)
  const [a, b] = [codeAsked(inputs, 'A'), codeAsked(inputs, 'B')]
  const system = systemAsked(ask, a, day)
  if (b.system !== undefined && systemAsked(ask, b, day) !== system)
    throw badInput('codeB', 'Both codes must be of one version of one code system')
  for (const { code } of [a, b])
    if (!conceptOf(system, code)) throw refused('fhir.not-found', 'not-found', whyNot(system, code))
  return parametersAnswer([{ name: 'outcome', valueCode: subsumption(system, a.code, b.code) }])
}
