import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoCity, demoClients, demoStaff, openCity, openDemoClients, openDemoStaff } from '../city/index.ts'
import { campaigns } from '../declaration/index.ts'
import { type Config, isMakeBelieve } from '../platform/config.ts'
import { refuse } from '../platform/keys.ts'
import { inHouse, type Joined } from './house.ts'
import { type Io, orSentence } from './io.ts'

/** A server that was killed leaves its note behind. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Where the running server answers, or would answer if it were started with these settings. */
export async function baseOf(config: Config): Promise<string> {
  const running = await readFile(join(config.DATA_DIR, 'run.json'), 'utf8')
    .then((text) => JSON.parse(text) as { pid: number; base: string })
    .catch(() => undefined)
  if (running && isAlive(running.pid)) return running.base
  return config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`
}

async function tell({ config, ctx, url }: Joined, io: Io) {
  if (!isMakeBelieve(config.MODE)) throw refuse('demo', 'There are no demonstration accounts in production.')
  if (config.DEMO) {
    await openCity(ctx, url, (done, total) => io.err(`${done} of ${total} residents`))
    await openDemoStaff(ctx)
    await openDemoClients(ctx)
  }
  const base = await baseOf(config)
  return {
    base,
    campaigns: (await campaigns(ctx)).map(({ code, ward }) => ({ code, url: `${base}/q/${code}`, ward })),
    residents: (await demoCity(ctx))?.residents ?? [],
    staff: await demoStaff(ctx),
    clients: await demoClients(ctx),
  }
}

/**
 * `demo --json`: what other programs need to try the demonstration: addresses, campaigns, residents with their
 * telephones in the test range. Fills the city where a start has not done it yet.
 */
export async function demoCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const told = await inHouse(io, 'demo', (house) => tell(house, io))
    if (args.includes('--json')) {
      io.out(JSON.stringify(told))
      return 0
    }
    for (const each of told.campaigns) io.out(`campaign  ${each.url}  ward ${each.ward}`)
    for (const { phone, name, level } of told.residents) io.out(`resident  ${phone}  ${name} (${level})`)
    for (const { id, facility, scopes } of told.clients) io.out(`client    ${id}  of ${facility}, ${scopes}`)
    return 0
  })
}
