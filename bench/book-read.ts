import { execFile, spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { answersOf, cityOf } from '@sokhoe/city'
import { booksAt, raiseLevel, sourcePatient } from '../packages/server/src/identity/index.ts'
import { type Context, inTransaction } from '../packages/server/src/platform/context.ts'
import { openDb } from '../packages/server/src/platform/database.ts'
import { homeOf, readPublicId } from '../packages/server/src/platform/ids.ts'
import { readKeys } from '../packages/server/src/platform/keys.ts'
import { openLog } from '../packages/server/src/platform/log.ts'
import { databaseOf } from '../packages/server/src/platform/postgres.ts'
import { put, sealLong } from '../packages/server/src/record/index.ts'
import { openServer, type RunningServer } from '../tools/server.ts'
import { type Figure, figure, median } from './figure.ts'
import { patientStated, visitOf } from './resources.ts'

const BOOKS = 24
const [VISITS, A_VISIT] = [20, 20]
const AT_ONCE = 8
const [ROUNDS, SECONDS] = [3, 5]
const MOST_MS = 20
const DAY = '2026-11-20'
const GROWN_BEFORE = '2006'

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const JSON_BODY = { 'content-type': 'application/json' }

/** One person of the city for each book, with her whole first part. */
const declarations = [...cityOf({ seed: 'readers', residents: 400, until: DAY })]
  .flatMap(({ address, members }) =>
    members
      .filter(({ birthDate }) => birthDate < GROWN_BEFORE)
      .map((resident) => JSON.stringify(answersOf(resident, address, DAY))),
  )
  .slice(0, BOOKS)

const cookiesIn = (reply: Response): string =>
  reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

async function must(reply: Response): Promise<Response> {
  if (!reply.ok) throw new Error(`${reply.status} ${(await reply.text()).slice(0, 200)}`)
  return reply
}

/** A resident declares over HTTP. @returns her session, and the public id of the person she is */
async function declare(
  base: string,
  campaign: string,
  i: number,
): Promise<{ cookie: string; person: string }> {
  const phone = `0912000${String(100 + i)}`
  const post = async (address: string, body: object, cookie = '') =>
    await must(
      await fetch(`${base}${address}`, {
        method: 'POST',
        headers: { ...JSON_BODY, cookie },
        body: JSON.stringify(body),
      }),
    )
  const { challenge } = (await (await post(`/api/campaigns/${campaign}/start`, { phone })).json()) as {
    challenge: string
  }
  const messages = await (await must(await fetch(`${base}/dev/messages?phone=${phone}`))).text()
  const code = messages.match(/\d{6}(?!.*\d{6})/)?.[0] ?? ''
  const cookie = cookiesIn(await post(`/api/challenges/${challenge}/answer`, { code }))
  const uuid = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
  const sent = await fetch(`${base}/api/me/declarations/${uuid}`, {
    method: 'PUT',
    headers: { ...JSON_BODY, cookie },
    body: declarations[i] ?? '',
  })
  const { person } = (await (await must(sent)).json()) as { person: string }
  return { cookie, person }
}

/** Twenty visits to a hospital, on the hospital's own shelf in her home. */
async function addVisits(ctx: Context, person: string, i: number): Promise<void> {
  const named = readPublicId(ctx.keys.id, person)
  const home = homeOf(named?.patientId ?? 0)
  for (let visit = 0; visit < VISITS; visit += 1)
    await inTransaction(ctx, async (inner) => {
      const [book] = await booksAt(inner, [home])
      if (!book) throw new Error('no book')
      // what a hospital sent is read in a confirmed book alone
      await raiseLevel(inner, home, 'verified')
      const { patientId, newDataKey } = await sourcePatient(inner, book, 'HCM-001')
      const resources = visitOf(1 + i * VISITS + visit, A_VISIT)
      const first = newDataKey ? { newDataKey, resources: [patientStated('x'), ...resources] } : { resources }
      await put(inner, { patientId, source: 'HCM-001', kind: 'visit', ...first })
    })
}

interface Round {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  readonly bytes: number
  readonly faults: number
  readonly fault?: string
}

function readers(
  base: string,
  address: string,
  cookies: readonly string[],
  seconds = SECONDS,
): Promise<Round> {
  return new Promise((resolve, reject) => {
    const args = [path('./readers.ts'), base, address, String(AT_ONCE), String(seconds)]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString()
    })
    child.once('error', reject)
    child.once('exit', () => resolve(JSON.parse(said) as Round))
    child.stdin.end(JSON.stringify(cookies))
  })
}

async function fill({ base, env, dataDir: dir }: RunningServer): Promise<string[]> {
  const cli = [path('../packages/server/src/cli.ts'), 'campaign', 'new', '--ward', '26911', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, cli, { env })
  const { code } = JSON.parse(stdout) as { code: string }
  const db = openDb((await databaseOf(join(dir, 'postgres'))) ?? '', { max: 4 })
  const ctx: Context = {
    db,
    pool: db,
    keys: await readKeys(env['KEY_FILE'] ?? join(dir, 'keys')),
    now: () => new Date(),
    actor: { kind: 'system', name: 'bench' },
    log: openLog('silent'),
  }
  const cookies: string[] = []
  for (let i = 0; i < BOOKS; i += 1) {
    const { cookie, person } = await declare(base, code, i)
    await addVisits(ctx, person, i)
    cookies.push(cookie)
  }
  // as the nightly job leaves long shelves
  const { sealed } = await sealLong(ctx)
  say(`${sealed} shelves sealed`)
  await db.destroy()
  return cookies
}

/** All residents of the bench share one address: limits that are not what is measured. */
const LIMITS = {
  OTP_ISSUES_PER_CAMPAIGN_ADDRESS_HOUR: '100000',
  OTP_ISSUES_PER_ADDRESS_HOUR: '100000',
  OTP_ISSUES_CITY_MINUTE: '100000',
}

/** Home and timeline of books of 400 resources, eight readers at once, over HTTP on the embedded database. */
export async function* readPart(): AsyncGenerator<Figure> {
  const server = await openServer({ MODE: 'demo', DEMO: '0', LOG_LEVEL: 'error', ...LIMITS })
  try {
    const cookies = await fill(server)
    say(
      `${BOOKS} books of ${VISITS * A_VISIT} resources from visits and a declaration each, ${AT_ONCE} readers at once in a process of their own; load average ${loadavg()[0]?.toFixed(1)}`,
    )
    for (const name of ['home', 'timeline'] as const) {
      const address = `/api/books/own/${name}`
      await readers(server.base, address, cookies, 3)
      const rounds: Round[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = await readers(server.base, address, cookies)
        rounds.push(one)
        say(
          `  ${name}: ${one.rate.toFixed(0)}/s, p50 ${one.p50} ms, p99 ${one.p99} ms, ${one.bytes} bytes, ${one.faults} failed ${one.fault ?? ''}`,
        )
      }
      yield figure({
        name: `${name} of a book of ${VISITS * A_VISIT} resources, p99 at concurrency ${AT_ONCE}`,
        value: median(rounds.map(({ p99 }) => p99)),
        unit: 'ms',
        goal: { atMost: MOST_MS },
      })
      const faults = rounds.reduce((sum, one) => sum + one.faults, 0)
      yield figure({ name: `${name} that failed`, value: faults, unit: '', goal: { atMost: 0 } })
    }
  } finally {
    await server.stop()
  }
}
