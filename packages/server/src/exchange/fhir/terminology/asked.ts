import type { Concept, System } from '@sokhoe/codes/terminology'
import { systemOf, versionsOf } from '@sokhoe/codes/terminology'
import { dayInVietnam } from '@sokhoe/model'
import { Problem, type ProblemCode } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { issues } from '../outcome.ts'
import { badInput, type Inputs, isObject } from '../parameters.ts'

/** A code as an operation is asked about it. */
export interface Coding {
  readonly system?: string | undefined
  readonly version?: string | undefined
  readonly code: string
  readonly display?: string | undefined
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function codingIn(value: unknown): Coding | undefined {
  if (typeof value === 'string') {
    const [system = '', code] = value.split('|')
    return code === undefined ? { code: system } : { system, code }
  }
  if (!isObject(value) || typeof value['code'] !== 'string') return undefined
  const { code } = value
  return {
    code,
    system: textIn(value['system']),
    version: textIn(value['version']),
    display: textIn(value['display']),
  }
}

const MOST_CODINGS = 50
/** No name in any table is longer. */
export const LONGEST_NAME = 1000

/** The codings asked about: `codeableConcept`, `coding`, or `code` with its companions. */
export function codingsAsked(inputs: Inputs, systemName = 'system', versionName = 'version'): Coding[] {
  const concept = inputs.object('codeableConcept')
  const list = concept?.['coding']
  if (Array.isArray(list) && list.length > MOST_CODINGS)
    throw badInput('codeableConcept', `At most ${MOST_CODINGS} codings`)
  if (Array.isArray(list)) return list.flatMap((each) => codingIn(each) ?? [])
  const [coding] = inputs.all('coding').map(codingIn)
  if (coding) return [coding]
  const code = inputs.text('code')
  if (code === undefined) return []
  return [
    {
      code,
      system: inputs.text(systemName),
      version: inputs.text(versionName),
      display: inputs.text('display'),
    },
  ]
}

/** @throws {Problem} fhir.malformed where no code was given */
export function codingAsked(inputs: Inputs, systemName?: string, versionName?: string): Coding {
  const [coding] = codingsAsked(inputs, systemName, versionName)
  if (!coding) throw badInput('code', 'Give code with system, or coding')
  return coding
}

const DAY = /^\d{4}-\d{2}-\d{2}/

/** The day that decides the version: `date`, else today in Vietnam. */
export function dayAsked({ ctx }: Ask, inputs: Inputs): string {
  const date = inputs.text('date')
  if (date === undefined) return dayInVietnam(ctx.now().toISOString())
  if (!DAY.test(date)) throw badInput('date', 'A day as YYYY-MM-DD')
  return date.slice(0, 10)
}

/** 'en' where English words are asked for before Vietnamese ones. */
export function languageAsked({ header }: Ask, inputs: Inputs): 'vi' | 'en' {
  const asked = inputs.text('displayLanguage') ?? header('accept-language') ?? 'vi'
  return asked.trim().toLowerCase().startsWith('en') ? 'en' : 'vi'
}

export const wordsOf = (concept: Concept, language: 'vi' | 'en'): string =>
  language === 'en' ? (concept.english ?? concept.display) : concept.display

/** Every name of a concept, with its language. */
export function designationsOf(
  concept: Concept,
): { readonly language: 'vi' | 'en'; readonly value: string }[] {
  return [
    { language: 'vi', value: concept.display },
    ...(concept.english === undefined ? [] : [{ language: 'en', value: concept.english } as const]),
    ...(concept.others ?? []).map((value) => ({ language: 'vi', value }) as const),
  ]
}

export const refused = (
  problem: ProblemCode,
  code: string,
  text: string,
  severity: 'error' | 'fatal' = 'error',
): Problem => new Problem(problem, { more: issues([{ severity, code, text }]) })

export const NO_SYSTEM = 'This code system is not known here; GET CodeSystem lists those that are'
export const NO_VERSION = 'This version of the code system is not known here'

/** @throws {Problem} fhir.not-found: no such code system, or no such version of it */
export function needSystem(url: string, which: { version?: string | undefined; day: string }): System {
  const system = systemOf(url, which)
  if (system) return system
  throw refused('fhir.not-found', 'not-found', versionsOf(url).length > 0 ? NO_VERSION : NO_SYSTEM)
}
