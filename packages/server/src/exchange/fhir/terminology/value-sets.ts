import { randomUUID } from 'node:crypto'
import {
  type Chosen,
  chosen,
  expand,
  isCalled,
  missingSystems,
  properCode,
  systemOf,
  type ValueSet,
  valueSetOf,
} from '@sokhoe/codes/terminology'
import { writeJson } from '@sokhoe/fhir'
import type { Pair } from '@sokhoe/fhir/query'
import { type Answer, type Ask, hasScope } from '../answer.ts'
import { badInput, countIn, type Inputs, inputsOf } from '../parameters.ts'
import { find } from '../search/run.ts'
import {
  type Coding,
  codingsAsked,
  dayAsked,
  designationsOf,
  languageAsked,
  refused,
  wordsOf,
} from './asked.ts'
import { firstRight, type Verdict, verdictAnswer, verdictOn } from './code-systems.ts'
import { composed } from './compose.ts'
import { ownValueSet } from './own.ts'

/** What is chosen from: a set of this house, or one that came with the request. */
type Asked = Pick<ValueSet, 'include'> & Partial<ValueSet>

const NO_SET = 'This value set is not known here; GET ValueSet lists those that are'

/** `url|version` names both. */
function named(inputs: Inputs): { readonly url: string | undefined; readonly version: string | undefined } {
  const [url, version] = (inputs.text('url') ?? '').split('|')
  return { url: url || undefined, version: version ?? inputs.text('valueSetVersion') }
}

/** A value set that somebody sent, by its id or address; the newest where several have one address. */
async function sent({ ctx, base }: Ask, pairs: readonly Pair[]): Promise<Asked | undefined> {
  const { matches } = await find({ ctx, base, types: ['ValueSet'], pairs, strict: true })
  const resource = matches.at(-1)?.resource()
  if (!resource) return undefined
  const { url, version, title } = resource
  return {
    include: composed(resource),
    ...(typeof url === 'string' && { url }),
    ...(typeof version === 'string' && { version }),
    ...(typeof title === 'string' && { title }),
  }
}

function pairsFor(id: string | undefined, url: string | undefined, version: string | undefined): Pair[] {
  if (id !== undefined) return [['_id', id]]
  return [['url', url ?? ''], ...(version === undefined ? [] : [['version', version] as const])]
}

/** @throws {Problem} fhir.not-found, fhir.malformed, fhir.not-supported */
async function setAsked(ask: Ask, inputs: Inputs, day: string): Promise<Asked> {
  const given = inputs.resource('valueSet')
  if (given) return { include: composed(given) }
  const { id } = ask.params
  const { url, version } = named(inputs)
  if (id === undefined && url === undefined) throw badInput('url', 'Give the value set')
  const own = id === undefined ? valueSetOf(url ?? '', { version, day }) : ownValueSet(id)
  const set =
    own ?? (hasScope(ask.ctx, 'ValueSet', 's') ? await sent(ask, pairsFor(id, url, version)) : undefined)
  if (!set) throw refused('fhir.not-found', 'not-found', NO_SET)
  return set
}

const LONGEST_FILTER = 200
/** More at once would hold up others. */
const MOST_CODES = 2000

function containsOf({ system, concept }: Chosen, language: 'vi' | 'en', all: boolean) {
  const shown = wordsOf(concept, language)
  const others = designationsOf(concept).filter(({ value }) => value !== shown)
  return {
    system: system.url,
    ...(concept.heading && { abstract: true }),
    ...(system.version !== undefined && { version: system.version }),
    code: concept.code,
    display: shown,
    ...(all && others.length > 0 && { designation: others }),
  }
}

function page(
  found: readonly Chosen[],
  inputs: Inputs,
): { readonly offset: number; readonly shown: readonly Chosen[] } {
  const [offset, count] = [countIn(inputs, 'offset') ?? 0, countIn(inputs, 'count')]
  if (count === undefined && found.length - offset > MOST_CODES)
    throw refused(
      'fhir.too-costly',
      'too-costly',
      'Add filter, or count and offset: there are more than 2,000 codes',
    )
  return { offset, shown: found.slice(offset, offset + Math.min(count ?? MOST_CODES, MOST_CODES)) }
}

/** What was asked for, as the expansion repeats it; never the text that was searched for. */
const asParameters = (inputs: Inputs, day: string, offset: number) => [
  { name: 'date', valueDateTime: day },
  { name: 'offset', valueInteger: offset },
  ...(inputs.text('displayLanguage') === undefined
    ? []
    : [{ name: 'displayLanguage', valueCode: inputs.text('displayLanguage') }]),
]

/** @see https://hl7.org/fhir/R4/valueset-operation-expand.html */
export async function expandSet(ask: Ask): Promise<Answer> {
  const inputs = inputsOf(ask)
  const day = dayAsked(ask, inputs)
  const set = await setAsked(ask, inputs, day)
  if (missingSystems(set, day).length > 0)
    throw refused(
      'fhir.not-found',
      'not-found',
      'The value set draws on a code system that is not known here',
    )
  const text = inputs.text('filter') ?? ''
  if (text.length > LONGEST_FILTER) throw badInput('filter', `At most ${LONGEST_FILTER} characters`)
  const found = expand(set, { text, day })
  const { offset, shown } = page(found, inputs)
  const language = languageAsked(ask, inputs)
  const all = inputs.text('includeDesignations') === 'true'
  const { id, url, version, title } = set
  return {
    status: 200,
    body: writeJson({
      resourceType: 'ValueSet',
      ...(id !== undefined && { id }),
      ...(url !== undefined && { url }),
      ...(version !== undefined && { version }),
      ...(title !== undefined && { title }),
      status: 'active',
      expansion: {
        identifier: `urn:uuid:${randomUUID()}`,
        timestamp: ask.ctx.now().toISOString(),
        total: found.length,
        offset,
        parameter: asParameters(inputs, day, offset),
        ...(shown.length > 0 && { contains: shown.map((each) => containsOf(each, language, all)) }),
      },
    }),
  }
}

/** Why a code is not in a set, as far as the set's own systems tell. */
function whyNot(set: Asked, { system: url, code }: Coding, day: string): string {
  const systems = set.include.flatMap(({ system, version }) => systemOf(system, { version, day }) ?? [])
  const meant = systems.filter((system) => url === undefined || isCalled(system, url))
  if (meant.length === 0) return 'The value set holds no code of this code system'
  const proper = meant
    .map((system) => properCode(system, code))
    .find((each) => each !== undefined && each !== code)
  return proper === undefined ? 'The code is not in the value set' : `The code is written ${proper}`
}

function verdict(ask: Ask, inputs: Inputs, set: Asked, coding: Coding): Verdict {
  const day = dayAsked(ask, inputs)
  const found = chosen(set, { system: coding.system, code: coding.code, day })
  return found
    ? verdictOn(found, coding, languageAsked(ask, inputs))
    : { result: false, message: whyNot(set, coding, day) }
}

/** @see https://hl7.org/fhir/R4/valueset-operation-validate-code.html */
export async function validateInSet(ask: Ask): Promise<Answer> {
  const inputs = inputsOf(ask)
  const set = await setAsked(ask, inputs, dayAsked(ask, inputs))
  const codings = codingsAsked(inputs, 'system', 'systemVersion')
  return verdictAnswer(firstRight(codings.map((coding) => verdict(ask, inputs, set, coding))))
}
