import { writeFileSync } from 'node:fs'
import { readDefinitions } from './fhir-definitions.ts'

/** Makes packages/fhir/src/search/query/elements.generated.ts: `node tools/make-summaries.ts`. */

interface Element {
  readonly path: string
  readonly min: number
  readonly isSummary?: boolean
}

interface Definition {
  readonly type: string
  readonly kind: string
  readonly abstract: boolean
  readonly derivation?: string
  readonly snapshot: { readonly element: readonly Element[] }
}

const within = (path: string): string[] => path.split('.').slice(1)

/** Name, then what must be there, what a summary shows, and what of that it leaves out further down. */
function lineOf({ type, snapshot }: Definition): string {
  const elements = snapshot.element.filter(({ path }) => path.includes('.'))
  const top = elements.filter(({ path }) => within(path).length === 1)
  const names = (some: readonly Element[]) => some.map(({ path }) => within(path).join('.')).join(' ')
  const shown = top.filter(({ isSummary }) => isSummary)
  const shownNames = new Set(shown.map(({ path }) => within(path)[0]))
  const leftOut = elements.filter(
    ({ path, isSummary = false, min }) =>
      !isSummary &&
      min === 0 &&
      within(path).length === 2 &&
      shownNames.has(within(path)[0]) &&
      !['id', 'extension', 'modifierExtension'].includes(within(path)[1] ?? ''),
  )
  return [type, names(top.filter(({ min }) => min > 0)), names(shown), names(leftOut)].join('\t')
}

export function makeSummaries(): string {
  const lines = readDefinitions<Definition>('StructureDefinition')
    .filter(
      ({ kind, abstract, derivation }) => kind === 'resource' && !abstract && derivation === 'specialization',
    )
    .map(lineOf)
    .sort()
  return `/**
 * Of each resource type what must be there, what a summary shows, and what of that it leaves out one step down. Made by
 * tools/make-summaries.ts from the definitions of FHIR 4.0.1 (CC0); do not edit.
 */
export const ELEMENTS = \`${lines.join('\n')}\`
`
}

if (import.meta.main)
  writeFileSync(
    new URL('../packages/fhir/src/search/query/elements.generated.ts', import.meta.url),
    makeSummaries(),
  )
