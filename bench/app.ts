import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { CHROMIUM_FLAGS, findChromium } from '../tools/chromium.ts'
import { openServer } from '../tools/server.ts'
import { weigh } from '../tools/size.ts'
import { type Figure, figure, median } from './figure.ts'

const DIST = fileURLToPath(new URL('../packages/citizen/dist', import.meta.url))
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CAMPAIGN = 'bq27'
const TURNS = 3
const GOAL = 95
const FIRST_LOAD_KB = 110
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const

type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>

/** A page with nothing in it, served the same way: what this browser on this machine gives at best. */
const EMPTY = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang trống</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Trang trống</h1></main></body></html>`

async function openEmptyPage(): Promise<{ base: string; stop: () => void }> {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(EMPTY),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** Lighthouse's own mobile profile: slow 4G and a processor four times slower, simulated. */
async function score(url: string, executablePath: string): Promise<Scores> {
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath,
    args: [...CHROMIUM_FLAGS, `--remote-debugging-port=${port}`],
  })
  try {
    const result = await lighthouse(url, { port, onlyCategories: [...CATEGORIES], logLevel: 'error' })
    const of = (name: string): number => Math.round((result?.lhr.categories[name]?.score ?? 0) * 100)
    return {
      performance: of('performance'),
      accessibility: of('accessibility'),
      'best-practices': of('best-practices'),
    }
  } finally {
    await browser.close()
  }
}

async function medianScores(url: string, executablePath: string): Promise<Scores> {
  const turns: Scores[] = []
  for (let turn = 0; turn < TURNS; turn++) turns.push(await score(url, executablePath))
  const of = (name: keyof Scores): number => median(turns.map((each) => each[name]))
  return {
    performance: of('performance'),
    accessibility: of('accessibility'),
    'best-practices': of('best-practices'),
  }
}

/** The resident's app as a cheap phone meets it: scripts of the first load, and Lighthouse on the campaign's page. */
export async function* run(): AsyncGenerator<Figure> {
  yield figure({
    name: 'app first load, JavaScript after gzip',
    value: weigh(DIST).first / 1000,
    unit: 'kB',
    goal: { atMost: FIRST_LOAD_KB },
  })
  const path = findChromium()
  if (!path) throw new Error('There is no Chromium on this machine: Lighthouse cannot run.')
  const [server, empty] = [await openServer({ MODE: 'demo', DEMO: '0' }), await openEmptyPage()]
  try {
    // no city: tidying up after filling it would take the browser's processor
    const asked = ['packages/server/src/cli.ts', 'campaign', 'new', '--ward', '26911', '--code', CAMPAIGN]
    execFileSync(process.execPath, asked, { cwd: ROOT, env: server.env })
    const limits = await medianScores(empty.base, path)
    const scores = await medianScores(`${server.base}/q/${CAMPAIGN}`, path)
    for (const name of CATEGORIES) {
      const measured = figure({
        name: `app Lighthouse mobile ${name}`,
        value: scores[name],
        unit: 'of 100',
        goal: { atLeast: GOAL },
      })
      yield { ...measured, limit: limits[name] }
    }
  } finally {
    empty.stop()
    await server.stop()
  }
}
