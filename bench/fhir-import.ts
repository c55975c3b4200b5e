import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeFolder } from './fhir-folder.ts'
import { type Figure, figure } from './figure.ts'

const CLI = fileURLToPath(new URL('../packages/server/src/cli.ts', import.meta.url))
const MILLION = 1_000_000
const GIGABYTE_MB = 1024
/** An open server of the same standard takes some hundreds a second on two cores. */
const AT_LEAST_A_SECOND = 1000

interface Imported {
  readonly resources: number
  readonly known: number
  readonly refused: number
  readonly seconds: number
  readonly perSecond: number
  readonly peakMegabytes: number
}

/** The command as an operator runs it, in a process of its own with the embedded database. */
function command(dataDir: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, MODE: 'test', DEMO: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' }
  return spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function ended(child: ChildProcess): Promise<{ out: string; code: number | null }> {
  let out = ''
  let said = ''
  child.stdout?.on('data', (part: Buffer) => {
    out += part.toString()
  })
  child.stderr?.on('data', (part: Buffer) => {
    said = part.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0 && code !== null) throw new Error(`the command ended with ${code}: ${said}`)
  return { out, code }
}

/** Runs until so many resources are told of, then kills without warning. */
async function killAt(child: ChildProcess, resources: number): Promise<number> {
  let told = 0
  child.stderr?.on('data', (part: Buffer) => {
    told = Number(/^ *(\d+) resources/m.exec(part.toString())?.[1] ?? told)
    if (told >= resources) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('exit', resolve))
  return told
}

/**
 * Loads a folder of ndjson with `cli -- import fhir`: kills it part of the way with SIGKILL, begins anew, and measures
 * the rate of what was still to be kept and the most memory that the process ever had.
 */
async function* importFigures(size: number): AsyncGenerator<Figure> {
  const dir = mkdtempSync(join(tmpdir(), 'sokhoe-import-'))
  try {
    const [folder, dataDir] = [join(dir, 'files'), join(dir, 'data')]
    mkdirSync(folder)
    const resources = await writeFolder(folder, size)
    await ended(
      command(dataDir, [
        ...['client', 'new', '--id', 'bench', '--name', 'Bench', '--facility', 'HCM-001'],
        ...['--scope', 'system/*.cruds'],
      ]),
    )
    const load = [
      'import',
      'fhir',
      folder,
      '--client',
      'bench',
      '--json',
      '--outcomes',
      join(dir, 'outcomes'),
    ]
    const cut = await killAt(command(dataDir, load), resources / 4)
    const { out } = await ended(command(dataDir, load))
    const { resources: all, known, refused, seconds, peakMegabytes } = JSON.parse(out) as Imported
    const rate = (all - known) / seconds
    const kept = all === resources && refused === 0 && known >= cut ? 1 : 0
    const of = `${resources} resources`
    yield figure({
      name: `bulk import, ${of}`,
      value: rate,
      unit: '/s',
      goal: { atLeast: AT_LEAST_A_SECOND },
    })
    yield figure({
      name: `bulk import, ${of}: most memory`,
      value: peakMegabytes,
      unit: 'MB',
      goal: { atMost: GIGABYTE_MB },
    })
    yield figure({
      name: `bulk import killed after ${cut}, begun anew: all there, ${known} of them before`,
      value: kept,
      unit: '',
      goal: { atLeast: 1 },
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** `--size=N`; default a million. */
function sizeAsked(): number {
  const flag = process.argv.find((arg) => arg.startsWith('--size='))
  return flag === undefined ? MILLION : Number(flag.slice('--size='.length))
}

export const run = (): AsyncIterable<Figure> => importFigures(sizeAsked())
