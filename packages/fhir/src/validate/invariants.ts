import { compilePath } from '../path/index.ts'
import { type Ask, BY_HAND } from './byhand.ts'
import { invariantOf } from './definitions.ts'
import { type Run, tell } from './run.ts'

/** One rule of the definitions, asked of a value that has its form; it tells where it is broken. */
export type Invariant = (value: unknown, run: Run) => void

/** Told where an object with an id alone, or a nested contained resource, is met. */
const TOLD_ELSEWHERE = new Set(['ele-1', 'dom-2'])

/** Types that only narrow another, to which their elements belong. */
const NARROWED: ReadonlyMap<string, string> = new Map([
  ['SimpleQuantity', 'Quantity'],
  ['MoneyQuantity', 'Quantity'],
])

/**
 * A rule is broken only where its answer is false: many official ones have none where the element that they speak of
 * is not there, such as `fullUrl.contains('/_history/').not()`.
 */
function compiled(expression: string, type: string): Ask {
  const path = compilePath(expression, NARROWED.get(type) ?? type)
  return (value, run) => path.holds(value, run) !== false
}

function makeInvariant(name: string, type: string): Invariant {
  const { severity, sentence, expression } = invariantOf(name)
  const text = `Keep the rule ${name.replace(/@.*/, '')}: ${sentence}`
  let ask = BY_HAND[name]
  return (value, run) => {
    ask ??= compiled(expression, type)
    if (!ask(value, run)) tell(run, severity, 'invariant', '', text)
  }
}

const made = new Map<string, Invariant>()

/** @param type whose values are asked: a type, or the path of a part */
export function invariantsOf(names: readonly string[], type: string): readonly Invariant[] {
  const asked = names.filter((name) => !TOLD_ELSEWHERE.has(name))
  return asked.map((name) => {
    const key = `${name} ${type}`
    const known = made.get(key) ?? makeInvariant(name, type)
    made.set(key, known)
    return known
  })
}
