import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { dayInVietnam } from '@sokhoe/model'
import { askAboutLookAlikes, type Loaded, loadCity, withClient } from '../city/index.ts'
import { isMakeBelieve } from '../platform/config.ts'
import { inTransaction } from '../platform/context.ts'
import { refuse } from '../platform/keys.ts'
import { inHouse } from './house.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = 'Use: simulate --residents N --seed TEXT [--wards CODE,CODE] [--json]'

const OPTIONS = {
  residents: { type: 'string' },
  seed: { type: 'string' },
  wards: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** At most so often a line of progress, ms. */
const EVERY = 2000

function progressTo(io: Io): (done: number, total: number) => void {
  const started = performance.now()
  let told = started
  return (done, total) => {
    const now = performance.now()
    if (now - told < EVERY && done < total) return
    told = now
    io.err(`  ${done} of ${total} residents, ${Math.round(done / ((now - started) / 1000))} a second`)
  }
}

const machine = (): string => `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`

function tell({ residents, books }: Loaded, seconds: number, json: boolean): string {
  const perSecond = Math.round(residents / seconds)
  if (json)
    return JSON.stringify({ residents, books, seconds: Number(seconds.toFixed(2)), perSecond, on: machine() })
  return `${residents} residents (${books} with a book) in ${seconds.toFixed(1)} s: ${perSecond} residents/s on ${machine()}`
}

/** `simulate`: adds a synthetic city of any size to the database, the same for the same seed. */
export async function simulateCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const { values } = parseArgs({ args: [...args], options: OPTIONS })
    const { residents, seed, wards, json = false } = values
    if (!/^[1-9]\d{0,7}$/.test(residents ?? '') || seed === undefined) {
      io.err(USAGE)
      return 1
    }
    const chosen = wards === undefined ? {} : { wards: wards.split(',') }
    return await inHouse(io, 'simulate', async ({ config, ctx, url }) => {
      if (!isMakeBelieve(config.MODE))
        throw refuse('kind', 'simulate invents people: never in the database of real ones (MODE=production).')
      const plan = { residents: Number(residents), seed, until: dayInVietnam(ctx.now()), ...chosen }
      const started = performance.now()
      const loaded = await withClient(url, (client) =>
        loadCity(ctx, client, plan, progressTo(io), async (send) => {
          await client.query('begin')
          await send()
          await client.query('commit')
        }),
      )
      await inTransaction(ctx, (inner) => askAboutLookAlikes(inner, plan, loaded.lookAlikes))
      io.out(tell(loaded, (performance.now() - started) / 1000, json))
      return 0
    })
  })
}
