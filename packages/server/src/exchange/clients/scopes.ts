import type { Scope } from '../../platform/context.ts'

/** A scope in the form of SMART App Launch 2: context, type, and some of c, r, u, d, s in this order. */
const V2 = /^(system|patient)\/(\*|[A-Z][A-Za-z]{1,63})\.(c?r?u?d?s?)$/
/** The form before it, which programs still ask for. */
const V1 = /^(system|patient)\/(\*|[A-Z][A-Za-z]{1,63})\.(read|write|\*)$/
const V1_MEANS: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

/** @returns undefined for anything else, finer scopes with a query too */
export function readScope(text: string): Scope | undefined {
  const old = V1.exec(text)
  const [, context, type, letters] = old ?? V2.exec(text) ?? []
  const may = old ? V1_MEANS[letters ?? ''] : letters
  if (context === undefined || type === undefined || !may) return undefined
  return { context: context === 'system' ? 'system' : 'patient', type, may }
}

/** As a token's answer tells it, in the newer form. */
export const writeScope = ({ context, type, may }: Scope): string => `${context}/${type}.${may}`

/** Several with blanks between; @returns undefined where one of them is none, and where there is none at all */
export function readScopes(text: string): readonly Scope[] | undefined {
  const scopes = [...new Set(text.split(' ').filter((part) => part !== ''))].map(readScope)
  const known = scopes.filter((scope) => scope !== undefined)
  return known.length === scopes.length && known.length > 0 ? known : undefined
}

/** Whether everything that this scope opens is opened by those; whoever has one type has not all. */
export function isWithin(scope: Scope, granted: readonly Scope[]): boolean {
  const fitting = granted.filter(
    ({ context, type }) => context === scope.context && (type === '*' || type === scope.type),
  )
  return [...scope.may].every((letter) => fitting.some(({ may }) => may.includes(letter)))
}
