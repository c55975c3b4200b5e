import { closeSync, openSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Loaded, loadFolder } from '../exchange/index.ts'
import { inHouse } from './house.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = `Use: import fhir FOLDER --client ID [--outcomes FILE] [--json]
     every .ndjson and every Bundle in .json, also .gz; lines that are not taken go to FILE as OperationOutcomes`

const OPTIONS = {
  client: { type: 'string' },
  outcomes: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** At most so often a line of progress, ms. */
const EVERY = 500

function progressTo(io: Io): (loaded: Loaded) => void {
  const started = performance.now()
  let told = started
  return ({ resources }) => {
    const now = performance.now()
    if (now - told < EVERY) return
    told = now
    io.err(`  ${resources} resources, ${Math.round(resources / ((now - started) / 1000))} a second`)
  }
}

function tell({ resources, known, refused }: Loaded, seconds: number, json: boolean): string {
  const perSecond = Math.round(resources / seconds)
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  if (json)
    return JSON.stringify({
      resources,
      known,
      refused,
      seconds: Number(seconds.toFixed(2)),
      perSecond,
      peakMegabytes,
    })
  return `${resources} resources (${known} of them known, ${refused} lines refused) in ${seconds.toFixed(1)} s: ${perSecond} resources/s, ${peakMegabytes} MB at most`
}

/** `import`: a folder of FHIR files of one source, at the machine itself. */
export async function importCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const [what, folder] = positionals
    const { client, outcomes = 'import-outcomes.ndjson', json = false } = values
    if (what !== 'fhir' || folder === undefined || client === undefined) {
      io.err(USAGE)
      return 1
    }
    return await inHouse(io, 'import', async ({ config, ctx }) => {
      const started = performance.now()
      let file: number | undefined
      const loaded = await loadFolder(ctx, folder, {
        client,
        publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
        onProgress: progressTo(io),
        onRefused: (lines) => {
          file ??= openSync(outcomes, 'w', 0o600)
          for (const line of lines) writeSync(file, `${line}\n`)
        },
      })
      if (file !== undefined) {
        closeSync(file)
        io.err(`${loaded.refused} lines were refused: see ${outcomes}`)
      }
      io.out(tell(loaded, (performance.now() - started) / 1000, json))
      return loaded.refused > 0 ? 2 : 0
    })
  })
}
