import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, installChromium } from './chromium.ts'
import {
  type Failures,
  type PlaywrightReport,
  playwrightFailures,
  playwrightUnsteady,
  type VitestReport,
  vitestFailures,
} from './failures.ts'
import { runGate } from './gate.ts'
import { hasProgram, installPackage } from './packages.ts'
import { type Outcome, runTool } from './run.ts'

interface Count {
  readonly passed: number
  readonly failed: number
  /** What failed, a line each, to be told again at the end of a long print. */
  readonly failures: Failures
  /** What passed at the second try alone. */
  readonly unsteady?: Failures
}

const reports = mkdtempSync(join(tmpdir(), 'sokhoe-reports-'))

function readReport<T>(name: string): T | undefined {
  const path = join(reports, name)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined
}

/** A run that ends badly although no test says so has failed once more; one that ran nothing has not passed. */
function counted(what: string, { code }: Outcome, count: Count): Count {
  const { passed, failed } = count
  if (passed + failed === 0) console.log(`No ${what} test ran.`)
  const silent = failed === 0 && (code !== 0 || passed === 0)
  if (!silent) return count
  return {
    passed,
    failed: 1,
    failures: [`the ${what} tests ended with code ${code}, though none of them failed`],
  }
}

async function gate(): Promise<Count> {
  const steps = await runGate()
  const failures = steps.filter(({ ok }) => !ok).map(({ name }) => `gate: ${name}`)
  return { passed: steps.length - failures.length, failed: failures.length, failures }
}

/** Unit and integration tests; the rooms test has run in the gate. */
async function vitest(): Promise<Count> {
  const output = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, 'vitest.json')}`,
  ]
  const outcome = await runTool('vitest/vitest.mjs', ['run', ...output], {
    aloud: true,
    env: { SOKHOE_GATE: 'done' },
  })
  const report = readReport<VitestReport>('vitest.json')
  return counted('unit', outcome, {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    failures: report ? vitestFailures(report) : [],
  })
}

async function endToEnd(): Promise<Count> {
  if (process.env['SKIP_E2E'] === '1') {
    console.log('!!! SKIP_E2E=1: THE END-TO-END TESTS DID NOT RUN.')
    return { passed: 0, failed: 0, failures: [] }
  }
  const chromium = findChromium() ?? installChromium()
  if (!chromium) {
    console.log('!!! THE END-TO-END TESTS DID NOT RUN: there is no Chromium, and it could not be installed.')
    console.log(
      '!!! Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH. This counts as failed.',
    )
    return { passed: 0, failed: 1, failures: ['there is no Chromium for the end-to-end tests'] }
  }
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'playwright.json') }
  const outcome = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    aloud: true,
    env,
  })
  const report = readReport<PlaywrightReport>('playwright.json')
  return counted('end-to-end', outcome, {
    passed: (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0),
    failed: report?.stats.unexpected ?? 0,
    failures: report ? playwrightFailures(report) : [],
    unsteady: report ? playwrightUnsteady(report) : [],
  })
}

// posters are read as a printer and a telephone read them
if (!hasProgram('pdftoppm', '-v')) installPackage('poppler-utils', 'Poppler')

const counts: Count[] = []
for (const part of [gate, vitest, endToEnd]) counts.push(await part())
rmSync(reports, { recursive: true, force: true })

const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
const failures = counts.flatMap((count) => count.failures)
if (failures.length > 0) process.stdout.write(`\nFailed:\n${failures.join('\n')}\n\n`)
const unsteady = counts.flatMap((count) => count.unsteady ?? [])
if (unsteady.length > 0) process.stdout.write(`\nPassed at the second try:\n${unsteady.join('\n')}\n\n`)
process.exitCode = failed > 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed`)
