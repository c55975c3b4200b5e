import { formOfVersion } from '@sokhoe/codes'
import {
  ADVICE_TEXTS,
  type AdviceFacts,
  adviseFrom,
  FACT_WORDS,
  factsOf,
  type QuestionnaireResponse,
  type ResponseItem,
} from '@sokhoe/model'
import type { Advised } from '@sokhoe/model/reading'
import type { Filed } from './filed.ts'
import { filled } from './home-words.ts'
import { type Reader, resourceOf } from './line.ts'
import { PRESSURE, plainNumber, pressureIn } from './results.ts'
import { joined } from './words.ts'

/** Declarations that are read for advice: each part of the form is told anew at most now and then. */
const MOST_DECLARATIONS = 8

/** Of every part of the form what was told last, as one response. */
function toldIn(all: readonly Filed[]): QuestionnaireResponse | undefined {
  const told = all.filter(({ kind }) => kind === 'declaration').slice(0, MOST_DECLARATIONS)
  const responses = told.map(({ entry }) => resourceOf(entry) as unknown as QuestionnaireResponse)
  const [newest] = responses
  if (!newest) return undefined
  const items = new Map<string, ResponseItem>()
  for (const response of responses)
    for (const item of response.item ?? []) if (!items.has(item.linkId)) items.set(item.linkId, item)
  return { ...newest, item: [...items.values()] }
}

const latest = (all: readonly Filed[], code: string): Filed | undefined =>
  all.find(({ kind, entry }) => kind === 'result' && entry.code === code)

/** The latest measures, whoever took them: they go before what was told in a form. */
function measuredFacts(all: readonly Filed[]): AdviceFacts {
  const numberOf = (code: string, unit: string): number | undefined => {
    const filed = latest(all, code)
    const plain = filed && plainNumber(resourceOf(filed.entry))
    return plain?.unit === unit ? plain.number : undefined
  }
  const filed = latest(all, PRESSURE)
  const { upper = '', lower = '' } = (filed && pressureIn(resourceOf(filed.entry))) ?? {}
  const [height, weight, waist] = [
    numberOf('8302-2', 'cm'),
    numberOf('29463-7', 'kg'),
    numberOf('8280-0', 'cm'),
  ]
  return {
    ...(height !== undefined && { height }),
    ...(weight !== undefined && { weight }),
    ...(waist !== undefined && { waist }),
    ...(upper !== '' && lower !== '' && { systolic: Number(upper), diastolic: Number(lower) }),
  }
}

const isFact = (name: string): name is keyof typeof FACT_WORDS => name in FACT_WORDS

const missingIn = (names: string) =>
  joined(
    names
      .split(' ')
      .filter(isFact)
      .map((name) => FACT_WORDS[name]),
    ', ',
  )

/** What the rules say about the latest numbers; the score of answers only where the answers may be read. */
export function adviceOf(all: readonly Filed[], { body, day }: Reader): Advised[] {
  const told = toldIn(all)
  const { age, sex } = body
  const facts: AdviceFacts = {
    ...(told && formOfVersion('2026-11') && factsOf(told, day)),
    ...measuredFacts(all),
    ...(age !== null && { age }),
    ...((sex === 'female' || sex === 'male') && { sex }),
  }
  return adviseFrom(facts)
    .filter(({ id }) => id !== 'findrisc' || told !== undefined)
    .map(({ id, tone, textKey, params, source }) => ({
      id,
      tone,
      words: filled(ADVICE_TEXTS[textKey], params),
      source: source.name,
      unverified: source.unverified,
      missing: textKey === 'findrisc.missing' ? missingIn(String(params['missing'] ?? '')) : null,
    }))
}
