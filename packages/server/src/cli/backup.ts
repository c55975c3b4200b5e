import { resolve } from 'node:path'
import { backup } from '../backup/backup.ts'
import { readConfig } from '../platform/config.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = 'Usage: npm run cli -- backup DIR'

const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** `backup DIR`: writes the record and the wrapped keys apart into a new folder, beside a running server or without one. */
export async function backupCommand(args: readonly string[], io: Io): Promise<number> {
  const [dir, ...more] = args
  if (!dir || dir.startsWith('-') || more.length > 0) {
    io.err(USAGE)
    return 1
  }
  return await orSentence(io, async () => {
    const config = readConfig(io.env)
    const { at, parts, seconds } = await backup(config, resolve(dir), io.err)
    for (const part of parts)
      io.out(`${part.part}/  ${part.tables} tables, ${part.rows} rows, ${size(part.bytes)}`)
    io.out(`Backed up to ${resolve(dir)} as of ${at}, in ${seconds.toFixed(1)} s.`)
    io.out(
      'keys/ belongs in another place, kept for a short time only: whoever is erased stays in old copies of it.',
    )
    io.out(
      `The key file (${config.KEY_FILE}) is not in this backup, and without it nothing opens: keep a copy apart.`,
    )
    io.out(`Prove it: npm run cli -- restore ${dir} --prove`)
    return 0
  })
}
