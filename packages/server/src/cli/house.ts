import { type Config, readConfig } from '../platform/config.ts'
import { asSystem, type Context } from '../platform/context.ts'
import { openLog } from '../platform/log.ts'
import { joinDatabase, openRecordDatabase } from '../start/database.ts'
import type { Io } from './io.ts'

export interface Joined {
  readonly config: Config
  readonly ctx: Context
  readonly url: string
}

/** The house for the length of a command: beside a running server with its database, otherwise by itself. */
export async function inHouse<T>(io: Io, name: string, work: (house: Joined) => Promise<T>): Promise<T> {
  const config = readConfig(io.env)
  const database = await joinDatabase(config)
  try {
    const { db, keys } = await openRecordDatabase(config, database.url, 4)
    const base: Context = {
      db,
      pool: db,
      keys,
      now: () => new Date(),
      actor: { kind: 'nobody' },
      log: openLog(config.LOG_LEVEL),
    }
    return await work({ config, ctx: asSystem(base, name), url: database.url }).finally(() => db.destroy())
  } finally {
    await database.stop()
  }
}
