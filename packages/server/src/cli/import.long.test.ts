import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url))
const PEOPLE = 1000
const RESULTS = 24

function filled(): { folder: string; dataDir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'sokhoe-import-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }))
  const people = Array.from({ length: PEOPLE }, (_, i) => `p${i}`)
  const folder = mkdtempSync(join(dir, 'files-'))
  const write = (name: string, lines: readonly object[]): void =>
    writeFileSync(join(folder, name), lines.map((line) => JSON.stringify(line)).join('\n'))
  write(
    'Patient.ndjson',
    people.map((id) => ({ resourceType: 'Patient', id, name: [{ text: 'Trần An' }] })),
  )
  write(
    'Observation.ndjson',
    people.flatMap((id) =>
      Array.from({ length: RESULTS }, (_, n) => ({
        resourceType: 'Observation',
        id: `${id}-${n}`,
        status: 'final',
        code: { text: 'HbA1c' },
        subject: { reference: `Patient/${id}` },
      })),
    ),
  )
  return { folder, dataDir: join(dir, 'data') }
}

function command(dataDir: string, ...args: string[]): ChildProcess {
  const env = { ...process.env, MODE: 'test', DEMO: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' }
  return spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function ended(child: ChildProcess): Promise<string> {
  let out = ''
  child.stdout?.on('data', (part: Buffer) => {
    out += part.toString()
  })
  await new Promise((resolve) => child.once('exit', resolve))
  return out
}

/** Kills without warning at the first line of progress that tells of something kept. */
async function cutOff(child: ChildProcess): Promise<number> {
  let told = 0
  child.stderr?.on('data', (part: Buffer) => {
    told = Number(/^ *(\d+) resources/m.exec(part.toString())?.[1] ?? told)
    if (told > 0) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('exit', resolve))
  return told
}

test('an import that is killed is begun anew, and keeps everything once', async () => {
  const { folder, dataDir } = filled()
  const scope = ['--facility', 'HCM-001', '--scope', 'system/*.cruds']
  await ended(command(dataDir, 'client', 'new', '--id', 'one', '--name', 'One', ...scope))
  const load = ['import', 'fhir', folder, '--client', 'one', '--json']
  const all = PEOPLE * (RESULTS + 1)
  const told = await cutOff(command(dataDir, ...load))
  expect([told > 0, told < all]).toEqual([true, true])

  const again = JSON.parse(await ended(command(dataDir, ...load)))
  expect(again).toMatchObject({ resources: all, refused: 0 })
  expect([again.known >= told, again.known < all]).toEqual([true, true])
  expect(JSON.parse(await ended(command(dataDir, ...load)))).toMatchObject({ resources: all, known: all })
}, 180_000)
