import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'

/** `bench -- link [--json] [--part NAME] [--seed N] [--size N]` */
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    json: { type: 'boolean' },
    part: { type: 'string' },
    seed: { type: 'string' },
    size: { type: 'string' },
  },
})

/** Records of the city in which one arrives, and which is compared anew. */
const size = Number(values.size ?? 1_000_000)

/** Each is loaded only when its turn comes. */
const PARTS: Readonly<Record<string, () => Promise<AsyncIterable<Figure>>>> = {
  arrival: async () => (await import('./link-arrival.ts')).arrival(size),
  relink: async () => (await import('./link-relink.ts')).relink(size),
  files: async () => (await import('./link-files.ts')).files(Number(values.seed ?? 1)),
}

/** One person, one book: how rightly and how fast records that speak of one human being are found. */
export async function* run(): AsyncGenerator<Figure> {
  for (const [name, part] of Object.entries(PARTS))
    if (values.part === undefined || values.part === name) yield* await part()
}
