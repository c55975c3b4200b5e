import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { databaseOf } from '../packages/server/src/platform/postgres.ts'
import { openServer, type RunningServer } from '../tools/server.ts'
import { cpuOf, databaseCpu } from './cpu.ts'
import { type Person, personOf, resultOf, SYSTEM } from './fhir-persons.ts'
import { type Figure, figure, median } from './figure.ts'

const exec = promisify(execFile)
const say = (text: string): void => void process.stderr.write(`${text}\n`)
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Persons in the record when it is read; their shelves fit into the memory that a server has for opened ones. */
const PERSONS = 1000
const SECONDS = 3
const AT_ONCE = [1, 8, 32] as const
/** Connections of the server's pool and of the limit's. */
const POOL = 16
/** At which the multiples of the open peer are told. */
const MULTIPLES_AT = 8

export interface House {
  readonly server: RunningServer
  readonly dir: string
  readonly url: string
  readonly token: string
}

/** The real server on the embedded database, a client with a day's token, and a folder for what the processes are given. */
export async function openHouse(settings: Readonly<Record<string, string>> = {}): Promise<House> {
  const server = await openServer({ MODE: 'test', DEMO: '0', LOG_LEVEL: 'error', ...settings })
  const { env } = server
  const cli = (...args: string[]) =>
    exec(process.execPath, [path('../packages/server/src/cli.ts'), ...args], {
      env: env as NodeJS.ProcessEnv,
    })
  const scope = 'system/*.cruds'
  await cli('client', 'new', '--id', 'bench', '--name', 'Bench', '--facility', 'HCM-001', '--scope', scope)
  const { stdout } = await cli('token', '--client', 'bench')
  const url = await databaseOf(join(server.dataDir, 'postgres'))
  if (!url) throw new Error('the server’s database was not found')
  const token = stdout.trim()
  return { server, url, token, dir: mkdtempSync(join(tmpdir(), 'sokhoe-bench-')) }
}

export async function closeHouse({ server, dir }: House): Promise<void> {
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: string
  readonly type?: string
}

/** As it goes over the wire. */
function written({ server, token }: House, { method, path, body = '', type }: Asked): string {
  const { host } = new URL(server.base)
  const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  const kind = body === '' ? '' : `content-type: ${type ?? 'application/fhir+json'}\r\n`
  return `${method} /fhir/R4${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n${kind}${length}\r\n${body}`
}

interface Told {
  readonly rate: number
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly bytes: number
  readonly faults: number
  readonly fault?: string
  readonly next: number
}

const run = async <T>(script: string, ...args: readonly (string | number)[]): Promise<T> =>
  JSON.parse((await exec(process.execPath, [path(script), ...args.map(String)])).stdout) as T

interface Loading {
  readonly file: string
  readonly atOnce: number
  readonly seconds: number
  readonly first: number
}

async function load({ file, atOnce, seconds, first }: Loading): Promise<Told> {
  const told = await run<Told>('./fhir-load.ts', file, atOnce, seconds, first)
  if (told.faults > 0) throw new Error(`${told.faults} of ${told.count} failed: ${told.fault}`)
  return told
}

/** A resource as the door gave it an id. */
interface Kept {
  readonly person: Person
  readonly patient: string
  readonly observation: string
  readonly code: string
}

/** One measured way of asking, beside the statement that does the least of the same. */
interface Part {
  readonly name: string
  /** Share of the limit. */
  readonly goal: number
  /** A second at the open peer, eight at once, and how many times that is wanted. */
  readonly peer: readonly [rate: number, times: number]
  readonly status: number
  readonly requests: readonly Asked[]
  /** Each brings a Patient that nobody brought before. */
  readonly renamed?: boolean
  readonly limit: {
    readonly text: string
    readonly values: readonly (readonly (string | number)[])[]
    readonly audited: boolean
  }
}

const INSERT = 'insert into bench.bundle (body) values ($1)'
const SELECT_PERSON = 'select body from bench.person where no = $1'
const SELECT_RESOURCE = 'select body from bench.resource where no = $1'
const SELECT_FOUND = 'select patient from bench.person where identifier = $1'
const SELECT_CODED = 'select body from bench.resource where person = $1 and code = $2'

const form = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString()
const FORM = 'application/x-www-form-urlencoded'
const LOINC = 'http://loinc.org'

/** Every write is another one: none is known from before, and every transaction brings somebody else. */
function writing(kept: readonly Kept[]): Part[] {
  const news = Array.from({ length: 400 }, (_, i) => personOf(1_000_000 + i))
  const creates = news.flatMap((person, i) => {
    const { patient } = kept[i % kept.length] ?? { patient: '' }
    return [resultOf(person, `Patient/${patient}`)]
  })
  const post = (path: string, body: string): Asked => ({ method: 'POST', path, body })
  const insert = (bodies: readonly string[]) => ({
    text: INSERT,
    values: bodies.map((body) => [body]),
    audited: false,
  })
  const bundles = news.map(({ bundle }) => bundle)
  return [
    {
      name: 'create',
      goal: 0.3,
      peer: [97, 10],
      status: 201,
      requests: creates.map((body) => post('/Observation', body)),
      limit: insert(creates),
    },
    {
      name: 'transaction of 31',
      goal: 0.5,
      peer: [4.2, 50],
      status: 200,
      requests: bundles.map((body) => post('/', body)),
      renamed: true,
      limit: insert(bundles),
    },
  ]
}

function reading(kept: readonly Kept[]): Part[] {
  const select = (text: string, values: (one: Kept, i: number) => (string | number)[]) => ({
    text,
    values: kept.map(values),
    audited: true,
  })
  const get = (path: (one: Kept) => string): Asked[] =>
    kept.map((one) => ({ method: 'GET', path: path(one) }))
  const search = (path: string, fields: (one: Kept) => Record<string, string>): Asked[] =>
    kept.map((one) => ({ method: 'POST', path, body: form(fields(one)), type: FORM }))
  const of = { status: 200 } as const
  return [
    {
      ...of,
      name: 'read',
      goal: 0.3,
      peer: [559, 4],
      requests: get(({ observation }) => `/Observation/${observation}`),
      limit: select(SELECT_RESOURCE, (_, i) => [i]),
    },
    {
      ...of,
      name: '$everything',
      goal: 0.4,
      peer: [19, 80],
      requests: get(({ patient }) => `/Patient/${patient}/$everything`),
      limit: select(SELECT_PERSON, (_, i) => [i]),
    },
    {
      ...of,
      name: 'search by identifier',
      goal: 0.3,
      peer: [306, 5],
      requests: search('/Patient/_search', ({ person }) => ({
        identifier: `${SYSTEM}|${person.identifier}`,
      })),
      limit: select(SELECT_FOUND, ({ person }) => [person.identifier]),
    },
    {
      ...of,
      name: 'Observation by patient and code',
      goal: 0.3,
      peer: [230, 8],
      requests: search('/Observation/_search', ({ patient, code }) => ({
        patient,
        code: `${LOINC}|${code}`,
      })),
      limit: select(SELECT_CODED, ({ code }, i) => [i, code]),
    },
    {
      ...of,
      name: '$summary',
      goal: 0.25,
      peer: [10, 80],
      requests: get(({ patient }) => `/Patient/${patient}/$summary`),
      limit: select(SELECT_PERSON, (_, i) => [i]),
    },
  ]
}

async function post(house: House, body: string): Promise<{ entry: { response: { location: string } }[] }> {
  const reply = await fetch(`${house.server.base}/fhir/R4/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.token}`, 'content-type': 'application/fhir+json' },
    body,
  })
  const text = await reply.text()
  if (reply.status !== 200) throw new Error(`${reply.status} ${text.slice(0, 500)}`)
  return JSON.parse(text)
}

const idIn = (location: string | undefined): string => location?.split('/').at(-3) ?? ''
const CODE = /"system":"http:\/\/loinc.org","code":"([\d-]+)"/

const TABLES = `create schema bench;
  create table bench.bundle (no bigint generated always as identity primary key, body json not null);
  create table bench.person (no int primary key, identifier text not null, body json not null,
    patient json not null);
  create index on bench.person (identifier);
  create table bench.resource (no int, person int not null, code text not null, body json not null);
  create index on bench.resource (no); create index on bench.resource (person, code);
  create table bench.audit (home bigint, patient_id bigint, seq bigint generated always as identity, at timestamptz,
    actor text, actor_id bigint, facility text, action text, purpose text, what text, refused boolean,
    primary key (home, patient_id, seq, at))`
const KEEP_PERSON = 'insert into bench.person values ($1, $2, $3, $4)'
const KEEP_RESOURCE = 'insert into bench.resource values ($1, $2, $3, $4)'

const codeIn = (text: string): string => CODE.exec(text)?.[1] ?? ''

/** By the door, and as plain JSON in plain rows beside. */
async function arrive(house: House, client: pg.Pool, no: number): Promise<Kept> {
  const person = personOf(no)
  const { entry } = await post(house, person.bundle)
  await client.query(KEEP_PERSON, [no, person.identifier, person.bundle, person.patient])
  for (const [i, text] of person.resources.entries())
    await client.query(KEEP_RESOURCE, [i === 0 ? no : -1, no, codeIn(text), text])
  return {
    person,
    code: codeIn(person.resources[0] ?? ''),
    patient: idIn(entry[0]?.response.location),
    observation: idIn(entry[1]?.response.location),
  }
}

async function fill(house: House): Promise<Kept[]> {
  const client = new pg.Pool({ connectionString: house.url, max: 4 })
  try {
    await client.query(TABLES)
    const kept: Kept[] = []
    for (let no = 0; no < PERSONS; no += 4)
      kept.push(...(await Promise.all([0, 1, 2, 3].map((i) => arrive(house, client, no + i)))))
    await client.query('vacuum analyze')
    await client.query('checkpoint')
    return kept
  } finally {
    await client.end()
  }
}

async function limitOf(
  house: House,
  part: Part,
  atOnce: number,
  audited = part.limit.audited,
): Promise<number> {
  const file = join(house.dir, 'limit.json')
  writeFileSync(file, JSON.stringify({ url: house.url, pool: POOL, ...part.limit, audited }))
  return (await run<{ rate: number }>('./fhir-limit.ts', file, atOnce, SECONDS)).rate
}

interface Measured extends Told {
  /** ms of processor time a request. */
  readonly server: number
  readonly database: number
}

let first = 0
async function doorOf(house: House, file: string, atOnce: number, seconds = SECONDS): Promise<Measured> {
  const pid = house.server.process.pid ?? 0
  const before = { server: cpuOf(pid), database: databaseCpu() }
  const told = await load({ file, atOnce, seconds, first })
  first = told.next
  return {
    ...told,
    server: (cpuOf(pid) - before.server) / told.count,
    database: (databaseCpu() - before.database) / told.count,
  }
}

async function measureAt(house: House, part: Part, file: string, atOnce: number): Promise<[Figure, number]> {
  const rounds: { door: Measured; limit: number }[] = []
  for (let round = 0; round < 2; round += 1)
    rounds.push({ limit: await limitOf(house, part, atOnce), door: await doorOf(house, file, atOnce) })
  const [door, limit] = [
    median(rounds.map((each) => each.door.rate)),
    median(rounds.map((each) => each.limit)),
  ]
  const last = rounds.at(-1)?.door
  const bare = part.limit.audited ? await limitOf(house, part, atOnce, false) : undefined
  say(
    `  ${part.name}, ${atOnce} at once: p50 ${last?.p50} ms, p99 ${last?.p99} ms; processor a request: server ${last?.server.toFixed(2)} ms, database ${last?.database.toFixed(2)} ms; ${last?.bytes.toFixed(0)} B${bare === undefined ? '' : `; a bare select ${bare.toFixed(0)}/s, of which ${((door / bare) * 100).toFixed(0)} %`}`,
  )
  const name = `fhir ${part.name}, ${atOnce} at once`
  return [figure({ name, value: door, limit, unit: '1/s', goal: { atLeast: part.goal } }), door]
}

async function* measure(house: House, part: Part): AsyncGenerator<Figure> {
  const file = join(house.dir, 'load.json')
  const requests = part.requests.map((asked) => written(house, asked))
  const { port } = new URL(house.server.base)
  writeFileSync(
    file,
    JSON.stringify({ port: Number(port), status: part.status, requests, renamed: part.renamed }),
  )
  await doorOf(house, file, MULTIPLES_AT, 2)
  for (const atOnce of AT_ONCE) {
    const [share, rate] = await measureAt(house, part, file, atOnce)
    yield share
    if (atOnce !== MULTIPLES_AT) continue
    const [peer, times] = part.peer
    const name = `fhir ${part.name}, times the open peer`
    yield figure({ name, value: rate, limit: peer, unit: '1/s', goal: { atLeast: times } })
  }
}

/** The whole path of the exchange's door beside what PostgreSQL gives for the same JSON on plain rows, in the same run. */
export async function* door(only: string | undefined): AsyncGenerator<Figure> {
  const house = await openHouse()
  try {
    const kept = await fill(house)
    for (const part of [...writing(kept), ...reading(kept)])
      if (only === undefined || part.name.includes(only)) yield* measure(house, part)
  } finally {
    await closeHouse(house)
  }
}
