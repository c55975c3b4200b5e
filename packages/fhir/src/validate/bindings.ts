import { type ValueSet, valueSetOf } from './definitions.ts'
import { isRecord, type Run, tell } from './run.ts'

/** Required bindings: the code must come from the value set, as far as that can be listed. */

type Check = (value: unknown, run: Run) => void

const sets = new Map<string, ValueSet | undefined>()

/** The codes of a value set by system, read once. */
function codesOf(url: string): ValueSet | undefined {
  if (!sets.has(url)) sets.set(url, valueSetOf(url))
  return sets.get(url)
}

const isListed = (codes: ValueSet, coding: unknown): boolean =>
  isRecord(coding) &&
  typeof coding['system'] === 'string' &&
  typeof coding['code'] === 'string' &&
  (codes.get(coding['system'])?.has(coding['code']) ?? false)

/** Whether the value carries a code of the set, by the type it has; undefined where that type has no codes. */
function fits(codes: ValueSet, type: string): ((value: unknown) => boolean) | undefined {
  if (type === 'code' || type === 'string' || type === 'uri') {
    const every = new Set([...codes.values()].flatMap((each) => [...each]))
    return (value) => typeof value === 'string' && every.has(value)
  }
  if (type === 'Coding' || type === 'Quantity') return (value) => isListed(codes, value)
  if (type !== 'CodeableConcept') return undefined
  return (value) => {
    const coding = isRecord(value) ? value['coding'] : undefined
    return Array.isArray(coding) && coding.some((each) => isListed(codes, each))
  }
}

/** @returns undefined where nothing can be checked: a set that cannot be listed, a type without codes */
export function bindingCheck(url: string, type: string): Check | undefined {
  const codes = codesOf(url)
  const fit = codes && fits(codes, type)
  if (fit === undefined) return undefined
  const sentence = `Send a code of the value set ${url} here`
  return (value, run) => {
    if (!fit(value)) tell(run, 'error', 'code-invalid', '', sentence)
  }
}
