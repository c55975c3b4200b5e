import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'

/** `bench -- fhir [--json] [--part NAME] [--only WORDS] [--size=N]` */
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    json: { type: 'boolean' },
    part: { type: 'string' },
    only: { type: 'string' },
    size: { type: 'string' },
  },
})

/** Each is loaded only when its turn comes. */
const PARTS: Readonly<Record<string, () => Promise<AsyncIterable<Figure>>>> = {
  door: async () => (await import('./fhir-door.ts')).door(values.only),
  codes: async () => (await import('./fhir-codes.ts')).codes(),
  import: async () => (await import('./fhir-import.ts')).run(),
  validate: async () => (await import('./fhir-validate.ts')).validation(),
}

/** The exchange's door: its speed beside the raw database, its checks, its imports. */
export async function* run(): AsyncGenerator<Figure> {
  for (const [name, part] of Object.entries(PARTS))
    if (values.part === undefined || values.part === name) yield* await part()
}
