import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { answersOf, cityOf } from '@sokhoe/city'
import { readBase32, stepAt, totpCode } from '../packages/server/src/identity/staff/totp.ts'
import { openServer, type RunningServer } from '../tools/server.ts'
import { type Figure, figure } from './figure.ts'

const VISITS = 200
const AT_ONCE = 10
const MOST_SECONDS = 20
const DAY = '2026-11-20'
const GROWN_BEFORE = '2006'
const WARD = '26911'

interface Account {
  readonly user: string
  readonly password: string
  readonly totpSecret: string
}

const JSON_BODY = { 'content-type': 'application/json' }

async function accountAt({ env }: RunningServer): Promise<Account> {
  const cli = fileURLToPath(new URL('../packages/server/src/cli.ts', import.meta.url))
  const asked = ['staff', 'new', '--user', 'tablet', '--name', 'Tablet', '--role', 'station', '--ward', WARD]
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...asked, '--json'], { env })
  return JSON.parse(stdout) as Account
}

/** @returns the staff cookie */
async function signIn(base: string, { user, password, totpSecret }: Account): Promise<string> {
  const code = totpCode(readBase32(totpSecret), stepAt(new Date()))
  const body = JSON.stringify({ user, password, code })
  const reply = await fetch(`${base}/api/staff/sign-in`, { method: 'POST', headers: JSON_BODY, body })
  if (!reply.ok) throw new Error(`sign-in: ${reply.status}`)
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

const takenAt = new Date().toISOString()

/** So many grown-up people of the synthetic city, each with her whole first part. */
const visits = [...cityOf({ seed: 'tablet', residents: 600, until: DAY })]
  .flatMap(({ address, members }) =>
    members
      .filter(({ birthDate }) => birthDate < GROWN_BEFORE)
      .map((resident) => answersOf(resident, address, DAY)),
  )
  .slice(0, VISITS)
  .map((response) => ({
    uuid: randomUUID(),
    visit: { response, confirmation: { kind: 'thumb', paper: 'B-1' }, takenAt },
  }))

type Outcomes = Readonly<Record<string, number>>

/** As a tablet sends what waited: ten at a time, told of each, the next ten only then. */
async function sendAll(base: string, cookie: string): Promise<{ seconds: number; outcomes: Outcomes }> {
  const outcomes: Record<string, number> = {}
  const began = performance.now()
  for (let from = 0; from < visits.length; from += AT_ONCE) {
    const body = JSON.stringify({
      clock: new Date().toISOString(),
      visits: visits.slice(from, from + AT_ONCE),
    })
    const headers = { ...JSON_BODY, cookie }
    const reply = await fetch(`${base}/api/station/sync`, { method: 'POST', headers, body })
    if (!reply.ok) throw new Error(`sync: ${reply.status}`)
    const { visits: told } = (await reply.json()) as { visits: { outcome: string }[] }
    for (const { outcome } of told) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return { seconds: (performance.now() - began) / 1000, outcomes }
}

/** A day of home visits comes back: from the first journey to the last answer, over HTTP, on the embedded database. */
export async function* syncPart(): AsyncGenerator<Figure> {
  const server = await openServer({ DEMO: '0', LOG_LEVEL: 'error' })
  try {
    const cookie = await signIn(server.base, await accountAt(server))
    const first = await sendAll(server.base, cookie)
    const again = await sendAll(server.base, cookie)
    process.stderr.write(
      `  first ${JSON.stringify(first.outcomes)}, again ${JSON.stringify(again.outcomes)}\n`,
    )
    const name = `sync of ${visits.length} offline declarations, ${AT_ONCE} a journey`
    yield figure({ name, value: first.seconds, unit: 's', goal: { atMost: MOST_SECONDS } })
    // whoever lives twice in the synthetic city is asked about; nobody is lost, nobody doubled
    const { kept = 0, conflict = 0 } = first.outcomes
    const { known = 0 } = again.outcomes
    const lost = visits.length - kept - conflict
    const doubled = kept - known
    yield figure({
      name: 'declarations lost or doubled by sending twice',
      value: Math.abs(lost) + Math.abs(doubled),
      unit: '',
      goal: { atMost: 0 },
    })
  } finally {
    await server.stop()
  }
}
