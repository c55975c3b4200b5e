import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../../../tools/scratch.ts'
import { openServer } from '../../../tools/server.ts'
import { Problem, type ProblemCode, problemCodes } from '../src/platform/problem.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const TEXT = readFileSync(join(ROOT, 'docs/exchange.md'), 'utf8')
const BASE = 'http://localhost:8080'

const blocksOf = (language: string): string[] =>
  [...TEXT.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block)

const run = promisify(execFile)

async function openDemonstration() {
  const { base, env, stop } = await openServer({}, scratchFolder('sokhoe-server-'))
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-doc-'))
  onTestFinished(async () => {
    rmSync(folder, { recursive: true, force: true })
    await stop()
  })
  return { base, env, folder, here: (text: string) => text.replaceAll(BASE, base) }
}

test('a newcomer’s page leads to an accepted resource, each example as it is written', async () => {
  const { env, folder, here } = await openDemonstration()
  const options = { cwd: ROOT, env: env as NodeJS.ProcessEnv }
  const [program = '', reading = ''] = blocksOf('ts')
  const file = join(folder, 'first.ts')
  writeFileSync(file, here(program))
  const { stdout } = await run(process.execPath, ['--no-warnings', file], options)
  expect(stdout).toMatch(/^accepted: Condition of Patient\/[0-9a-f-]{36}\n$/)

  const second = join(folder, 'second.ts')
  writeFileSync(second, here(reading))
  const last = `TOKEN=$TOKEN PATIENT=$PATIENT ${process.execPath} --no-warnings ${second}`
  const script = [...blocksOf('sh').map(here), last].join('\n')
  const told = (await run('bash', ['-euo', 'pipefail', '-c', script], options)).stdout.trim().split('\n')
  const [version, observation, value, ...rest] = told
  expect(version).toBe('4.0.1')
  expect(observation).toMatch(/^[0-9a-f-]{36}$/)
  expect(value).toBe('"value":7.80')
  expect(rest).toEqual([
    ...['0', 'true', '1', 'Bệnh viện Nhân dân Gia Định'],
    ...['3', '"title":"Kết quả xét nghiệm và chẩn đoán"', '1', '2', '1', '"Observation.status"'],
    ...['"code":"E11"', '"code":"4548-4"', 'written E11.9', 'Lê Thị Hoa'],
    ...['true', 'Patient Observation Patient Consent'],
  ])
}, 240_000)

test('every refusal at the exchange’s door is explained with its status and its words', () => {
  const codes = problemCodes.filter((code) => code.startsWith('fhir.') || code === 'request.busy')
  expect(codes.length).toBeGreaterThan(15)
  const missing = codes.filter((code) => {
    const { status, message } = new Problem(code as ProblemCode)
    return !TEXT.includes(`| ${status} | ${message} | `)
  })
  expect(missing).toEqual([])
})
