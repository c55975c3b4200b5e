import { writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Child, readModels, type TypeModel } from './fhir-definitions.ts'

/**
 * Makes packages/fhir/src/path/types.generated.ts, what FHIRPath must know of the types of R4:
 * `node tools/make-path.ts`.
 */
const models = readModels()

/** What a type has of its base is not said again. */
function isInherited(child: Child, base: string): boolean {
  const above = models.get(base)
  return above !== undefined && (above.children.has(child.name) || isInherited(child, above.base))
}

const written = ({ name, choice, many, types }: Child): string =>
  `${name}${choice ? '?' : ''}${many ? '*' : ''}:${types.map((type) => type.name).join(',')}`

function line({ name, base, kind, children }: TypeModel): string {
  const own = [...children.values()].filter((child) => !isInherited(child, base))
  const parts = kind === 'primitive-type' ? [] : own.map(written)
  return [name, base, kind === 'primitive-type' ? '!' : '', ...parts].join(' ').trimEnd()
}

export const makePath = (): string => `/**
 * The types of R4 for FHIRPath. Made by tools/make-path.ts; do not edit.
 * A line each: name, base, ! for a primitive, then its own elements: ? for a choice, * for many, and their types.
 */
export const TYPES = \`${[...models.values()].map(line).join('\n')}\`
`

const OUT = new URL('../packages/fhir/src/path/types.generated.ts', import.meta.url)
if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(OUT, makePath())
