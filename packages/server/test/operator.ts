import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { migrate } from '../src/platform/database.ts'
import { openTestDatabase } from './database.ts'

/** Whoever types commands, beside a database of his own and with a folder for the keys. */
export async function openOperator(more: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-demo-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const url = await openTestDatabase(async (empty) => void (await migrate(empty)))
  const [out, err]: [string[], string[]] = [[], []]
  const env = { MODE: 'test', DATA_DIR: folder, DATABASE_URL: url, ...more }
  return {
    out,
    err,
    url,
    io: { env, out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) },
  }
}
