import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { type Bench, openBench } from './house.ts'

const FILL = fileURLToPath(new URL('link-fill.ts', import.meta.url))
/** As many as there are cores in the smallest house. */
const MAKERS = 2

async function fill({ url, keyFile }: Bench, size: number, seed: number): Promise<void> {
  const args = ['--no-warnings', FILL, url, keyFile, String(size), String(seed)]
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')
  if (code !== 0) throw new Error('the city was not filled')
}

/** A city of so many records, each still a person by itself, in a database of its own. */
export async function openCity(size: number): Promise<Bench> {
  const bench = await openBench(6)
  const started = performance.now()
  await Promise.all(Array.from({ length: MAKERS }, (_, n) => fill(bench, Math.ceil(size / MAKERS), n + 1)))
  await sql`analyze`.execute(bench.ctx.db)
  const seconds = Math.round((performance.now() - started) / 1000)
  process.stderr.write(`a city of ${size} records was made in ${seconds} s\n`)
  return bench
}
