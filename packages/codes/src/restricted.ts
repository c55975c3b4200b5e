import { once, readTable, textOrNull } from './csv.ts'
import { icd10Code } from './icd10.ts'

/** A code whose mere presence tells what the law lets only listed persons know. */
export interface RestrictedCode {
  readonly system: 'icd10' | 'loinc' | 'atc' | 'allergen' | 'snomed'
  readonly code: string
  /** 'below': the finer codes under it too. */
  readonly covers: 'exact' | 'below'
  /** First and last day of the rule, YYYY-MM-DD; null: always. */
  readonly from: string | null
  readonly to: string | null
  readonly topic: string
  readonly source: string
}

const SYSTEMS = ['icd10', 'loinc', 'atc', 'allergen', 'snomed'] as const
const isSystem = (text: string): text is RestrictedCode['system'] => SYSTEMS.some((system) => system === text)

const rules = once((): RestrictedCode[] =>
  readTable('restricted.csv', ['system', 'code', 'covers', 'from', 'to', 'topic', 'source']).map((row) => {
    if (!isSystem(row.system)) throw new SyntaxError(`restricted.csv: system of ${row.code}`)
    return {
      system: row.system,
      code: row.code,
      covers: row.covers === 'below' ? 'below' : 'exact',
      from: textOrNull(row.from),
      to: textOrNull(row.to),
      topic: row.topic,
      source: row.source,
    }
  }),
)

const inForce = (rule: RestrictedCode, day: string): boolean =>
  (rule.from === null || rule.from <= day) && (rule.to === null || day <= rule.to)

/** The codes restricted on a day (YYYY-MM-DD), with the law each stands on. */
export function restrictedCodes(day: string): RestrictedCode[] {
  return rules().filter((rule) => inForce(rule, day))
}

const covered = (rule: RestrictedCode, code: string): boolean =>
  rule.covers === 'below' ? code.startsWith(rule.code) : code === rule.code

/**
 * Says whether a code must carry the restricted label and stay out of every ordinary answer, count and event.
 *
 * @param code a diagnosis (ICD-10, with or without dot), laboratory test (LOINC), medicine (ATC), allergen or SNOMED CT code;
 * these never look alike, so that the code alone is enough
 * @param day YYYY-MM-DD on which somebody would read it: the rule of that day decides, however old the fact
 *
 * @see Law 71/2020/QH14 on HIV, article 30; its forerunner 64/2006/QH11, article 30. The codes that tell the
 * status were chosen for this product; medicines also used against hepatitis B alone are not among them.
 */
export function isRestricted(code: string, day: string): boolean {
  const plain = code.trim().toUpperCase()
  const dotted = icd10Code(plain)
  return rules().some((rule) => (covered(rule, plain) || covered(rule, dotted)) && inForce(rule, day))
}
