import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareMonths } from '../packages/server/src/audit/index.ts'
import type { Context } from '../packages/server/src/platform/context.ts'
import { migrate, openDb } from '../packages/server/src/platform/database.ts'
import { makeKeys, readKeys } from '../packages/server/src/platform/keys.ts'
import { openLog } from '../packages/server/src/platform/log.ts'
import { openPostgres } from '../packages/server/src/platform/postgres.ts'

export interface Bench {
  readonly ctx: Context
  readonly url: string
  /** For what runs in a process of its own. */
  readonly keyFile: string
  readonly close: () => Promise<void>
}

/** The embedded database as the house runs it: durable, on the disk of the temporary folder. */
export async function openBench(max: number): Promise<Bench> {
  const dir = mkdtempSync(join(tmpdir(), 'sokhoe-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'db'), throwaway: true })
  await migrate(postgres.url)
  await makeKeys(join(dir, 'keys'))
  const db = openDb(postgres.url, { max })
  await prepareMonths(db, new Date())
  const ctx: Context = {
    db,
    pool: db,
    keys: await readKeys(join(dir, 'keys')),
    now: () => new Date(),
    actor: { kind: 'system', name: 'bench' },
    log: openLog('silent'),
  }
  const close = async () => {
    await db.destroy()
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  return { ctx, url: postgres.url, keyFile: join(dir, 'keys'), close }
}
