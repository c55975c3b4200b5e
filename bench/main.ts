import { cpus, totalmem } from 'node:os'
import { type Figure, showFigure } from './figure.ts'

/** Each is loaded only when asked for. */
const BENCHES: Readonly<Record<string, () => Promise<{ run: () => AsyncIterable<Figure> }>>> = {
  app: () => import('./app.ts'),
  book: () => import('./book.ts'),
  declare: () => import('./declare.ts'),
  fhir: () => import('./fhir.ts'),
  'fhir-import': () => import('./fhir-import.ts'),
  link: () => import('./link.ts'),
  record: () => import('./record.ts'),
}

const [, , name = '', ...flags] = process.argv
const json = flags.includes('--json')
const bench = BENCHES[name]
if (!bench) {
  process.stderr.write(`Which bench? ${Object.keys(BENCHES).join(' | ')} [--json]\n`)
  process.exit(2)
}
const [cpu] = cpus()
const gigabytes = Math.round(totalmem() / 2 ** 30)
process.stderr.write(`on ${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${gigabytes} GB\n`)

let allOk = true
for await (const one of (await bench()).run()) {
  process.stdout.write(`${json ? JSON.stringify(one) : showFigure(one)}\n`)
  allOk &&= one.ok
}
process.exitCode = allOk ? 0 : 1
