import { renderUnicodeCompact } from 'uqr'
import { demoCity } from './city/index.ts'
import { campaigns } from './declaration/index.ts'
import { readConfig } from './platform/config.ts'
import { openHouse } from './start/house.ts'
import type { Stage } from './start/readiness.ts'

// whoever reads may go away: what is said is lost, the house stays open (EPIPE)
process.stderr.on('error', () => {})

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const STAGES: Readonly<Record<Stage, string>> = {
  opening: 'Opening the database',
  migrating: 'Bringing the tables up to date',
  filling: 'Filling a demonstration city (once)',
  ready: 'Ready',
  ending: 'Finishing what is under way',
}

function progress(done: number, total: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r  ${done} of ${total} residents${done === total ? '\n' : ''}`)
  else if (done === total || done % 1000 === 0) say(`  ${done} of ${total} residents`)
}

async function open(): Promise<void> {
  const config = readConfig(process.env)
  const house = await openHouse(config, {
    onStage: (stage) => say(STAGES[stage]),
    onAdvice: say,
    onProgress: progress,
  })
  let ending: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      // A terminal sends Ctrl-C to us and to npm, which passes it on: the echo is no second wish.
      if (ending !== undefined && performance.now() - ending < 2000) return
      if (ending !== undefined) process.exit(1)
      ending = performance.now()
      house.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  const [campaign] = await campaigns(house.ctx)
  const publicUrl = config.PUBLIC_URL ?? house.base
  say(`\n  Sổ Khỏe    ${publicUrl}\n  metrics    http://127.0.0.1:${house.metricsPort}/metrics`)
  if (campaign) say(`  campaign   ${publicUrl}/q/${campaign.code}   (${campaign.title})`)
  const demo = await demoCity(house.ctx)
  for (const { phone, name, level } of demo?.residents.slice(0, 3) ?? [])
    say(`  sign in    ${phone}   ${name} (${level})`)
  if (demo) say(`  messages   ${publicUrl}/dev/messages?phone=${demo.residents[0]?.phone ?? ''}`)
  if (campaign) say(`\n${renderUnicodeCompact(`${publicUrl}/q/${campaign.code}`)}\n`)
}

open().catch((error: Error) => {
  say(error.message)
  process.exit(1)
})
