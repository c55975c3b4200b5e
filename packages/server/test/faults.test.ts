import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../../../tools/scratch.ts'
import { beginCampaign, drive, keptMore, newCrowd, proveNothingLost } from './crowd.ts'
import { postmasterOf, startServer } from './server.ts'

const MINUTES = 60_000

function dataFolder(): string {
  const dir = scratchFolder('sokhoe-test-')
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }))
  return dir
}

test(
  'server and database are killed while people declare: nothing acknowledged is lost, nothing is there by half',
  async () => {
    const dir = dataFolder()
    let server = await startServer(dir)
    onTestFinished(() => server.kill())
    await beginCampaign(dir)
    const crowd = newCrowd(6)
    const driving = drive(crowd, () => server.base)
    await keptMore(crowd, 12)

    await server.kill()
    server = await startServer(dir)
    await keptMore(crowd, 12)

    process.kill(postmasterOf(dir), 'SIGKILL')
    await keptMore(crowd, 12)
    await driving.stop()

    await proveNothingLost(dir, server.base, crowd)
    expect(server.child.exitCode).toBeNull()
  },
  3 * MINUTES,
)
