import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../../../tools/scratch.ts'
import { beginCampaign, drive, keptBy, keptMore, lookInside, newCrowd, proveNothingLost } from './crowd.ts'
import { postmasterOf, type Server, startServer } from './server.ts'

const MINUTES = 60_000

function dataFolder(): string {
  const dir = scratchFolder('sokhoe-test-')
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }))
  return dir
}

/** A server that may be replaced; whichever runs at the end is ended. */
async function openOn(dir: string) {
  const now: { server: Server } = { server: await startServer(dir) }
  onTestFinished(() => now.server.kill())
  await beginCampaign(dir)
  return { now, base: () => now.server.base }
}

test(
  'the server is killed again and again while twelve people declare',
  async () => {
    const dir = dataFolder()
    const { now, base } = await openOn(dir)
    const crowd = newCrowd(12)
    const driving = drive(crowd, base)
    for (let turn = 0; turn < 6; turn += 1) {
      await keptMore(crowd, 15 + turn)
      await now.server.kill()
      now.server = await startServer(dir)
    }
    await keptMore(crowd, 12)
    await driving.stop()
    await proveNothingLost(dir, base(), crowd)
  },
  5 * MINUTES,
)

test(
  'the database is killed again and again, and the same server goes on',
  async () => {
    const dir = dataFolder()
    const { now, base } = await openOn(dir)
    const crowd = newCrowd(12)
    const driving = drive(crowd, base)
    for (let turn = 0; turn < 5; turn += 1) {
      await keptMore(crowd, 20)
      process.kill(postmasterOf(dir), 'SIGKILL')
      await pause(300)
    }
    await keptMore(crowd, 12)
    await driving.stop()
    expect(now.server.child.exitCode).toBeNull()
    await proveNothingLost(dir, base(), crowd)
  },
  5 * MINUTES,
)

test(
  'connections to the database are cut at random',
  async () => {
    const dir = dataFolder()
    const { base } = await openOn(dir)
    const crowd = newCrowd(12)
    const driving = drive(crowd, base)
    await lookInside(dir, async (ctx) => {
      const goal = keptBy(crowd) + 120
      while (keptBy(crowd) < goal) {
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'sokhoe' and pid <> pg_backend_pid() and random() < 0.2`.execute(ctx.db)
        await pause(150)
      }
    })
    await driving.stop()
    await proveNothingLost(dir, base(), crowd)
  },
  5 * MINUTES,
)

/** A disk of its own, small enough to be filled; undefined where this account may not mount one. */
function smallDisk(): string | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'sokhoe-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=0755', 'tmpfs', dir], { stdio: 'ignore' })
  } catch {
    rmSync(dir, { recursive: true })
    return undefined
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', dir])
    rmSync(dir, { recursive: true, force: true })
  })
  return dir
}

test(
  'the disk is full for a while: "not now" is all that anybody hears, and afterwards everything goes on',
  async ({ skip }) => {
    const disk = smallDisk()
    if (!disk) {
      process.stderr.write('SKIPPED: no small disk can be mounted here, so a full one was not tried\n')
      return skip('no small disk can be mounted here')
    }
    const dir = join(disk, 'data')
    mkdirSync(dir, { mode: 0o755 })
    const { now, base } = await openOn(dir)
    const crowd = newCrowd(8)
    const driving = drive(crowd, base)
    await keptMore(crowd, 16)

    const ballast = join(disk, 'ballast')
    try {
      execFileSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=1M'], { stdio: 'ignore' })
    } catch {
      // dd ends with the last free byte: that is what is wanted
    }
    await pause(8000)
    const whileFull = keptBy(crowd)
    await pause(4000)
    rmSync(ballast)

    await keptMore(crowd, 24)
    await driving.stop()
    expect(now.server.child.exitCode).toBeNull()
    expect(keptBy(crowd)).toBeGreaterThan(whileFull)
    await proveNothingLost(dir, base(), crowd)
  },
  5 * MINUTES,
)

test(
  'clocks jump hours ahead and back between declarations, and each is kept in its turn',
  async () => {
    const dir = dataFolder()
    const { base } = await openOn(dir)
    const crowd = newCrowd(8)
    const jump = () => ({
      'x-test-clock': new Date(Date.now() + Math.round((Math.random() - 0.5) * 40 * 3_600_000)).toISOString(),
    })
    const driving = drive(crowd, base, jump)
    await keptMore(crowd, 80)
    await driving.stop()
    await proveNothingLost(dir, base(), crowd)
  },
  5 * MINUTES,
)

test(
  'ten write to one book at once, each sending everything two or three times and in any order',
  async () => {
    const dir = dataFolder()
    const { base } = await openOn(dir)
    const crowd = newCrowd(1)
    const [one] = crowd
    if (!one) throw new Error('nobody came')
    const signingIn = drive(crowd, base)
    await keptMore(crowd, 1)
    await signingIn.stop()
    const alone = (one: (typeof crowd)[number]) => ({
      ...one,
      kept: new Map(),
      unsure: new Map(),
      weights: [] as string[],
    })
    const writers = Array.from({ length: 10 }, (_, i) => {
      const writer = alone(one)
      for (let n = 0; n < (i + 1) * 100; n += 1) writer.weights.push('')
      return writer
    })
    const driving = drive(writers, base)
    await keptMore(writers, 60)
    await driving.stop()
    for (const writer of writers) {
      for (const [uuid, kept] of writer.kept) one.kept.set(uuid, kept)
      for (const [uuid, body] of writer.unsure) one.unsure.set(uuid, body)
      one.weights.push(...writer.weights.filter((weight) => weight !== ''))
    }
    const uuids = [...one.kept]
    const again = uuids.flatMap((each) => [each, each, each]).toSorted(() => Math.random() - 0.5)
    await Promise.all(
      again.map(async ([uuid, { body }]) => {
        const reply = await fetch(`${base()}/api/me/declarations/${uuid}`, {
          method: 'PUT',
          body,
          headers: { cookie: one.cookie, 'content-type': 'application/json' },
        })
        expect(reply.status).toBe(200)
      }),
    )
    await proveNothingLost(dir, base(), crowd)
  },
  5 * MINUTES,
)
