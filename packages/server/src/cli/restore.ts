import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type RestoreReport, restore } from '../backup/restore.ts'
import { readConfig } from '../platform/config.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = `Usage: npm run cli -- restore DIR --prove [--keep]   restores beside, checks everything, drops it again
       npm run cli -- restore DIR                   restores into the empty database of DATABASE_URL or DATA_DIR`

interface Asked {
  readonly dir: string
  readonly prove: boolean
  readonly keep: boolean
}

function ask(args: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { prove: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [dir, ...more] = positionals
    if (!dir || more.length > 0 || (values.keep && !values.prove)) return undefined
    return { dir, prove: values.prove, keep: values.keep }
  } catch {
    return undefined
  }
}

function tell(io: Io, { prove }: Asked, { ok, kept, at, proven, seconds }: RestoreReport): void {
  for (const one of proven) io.out(`${one.ok ? 'ok ' : 'BAD'}  ${one.what}  (${one.seconds.toFixed(1)} s)`)
  const where = kept
    ? `It stands in ${kept}.`
    : prove
      ? 'What was restored is dropped again.'
      : 'Nothing was left behind.'
  const verdict = ok ? (prove ? 'Proved: this backup restores whole' : 'Restored whole') : 'NOT PROVED'
  io.out(`${verdict}, as of ${at}, in ${seconds.toFixed(1)} s. ${where}`)
}

/** `restore DIR [--prove [--keep]]`: exit status 0 only when every seal and chain was proved. */
export async function restoreCommand(args: readonly string[], io: Io): Promise<number> {
  const asked = ask(args)
  if (!asked) {
    io.err(USAGE)
    return 1
  }
  return await orSentence(io, async () => {
    const { dir, prove, keep } = asked
    const report = await restore(readConfig(io.env), resolve(dir), { prove, keep, say: io.err })
    tell(io, asked, report)
    return report.ok ? 0 : 1
  })
}
