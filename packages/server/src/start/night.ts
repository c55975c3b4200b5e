import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Context } from '../platform/context.ts'

const COMMANDS = fileURLToPath(new URL('../cli.ts', import.meta.url))
/** Below whoever answers people; of 19. */
const NICE = 10

/**
 * Compares the whole city in a process of its own, with this one's settings: it thinks for minutes and needs memory, and
 * here people wait for answers. Ended, it goes on another night.
 * @param until ends it
 */
export async function relinkApart(ctx: Pick<Context, 'log'>, until: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, ['--no-warnings', COMMANDS, 'relink', '--json'], {
    stdio: 'ignore',
    signal: until,
  })
  const ended = once(child, 'exit').catch(() => [null])
  if (child.pid !== undefined) setPriority(child.pid, NICE)
  const [code] = await ended
  if (code !== 0) ctx.log.warn({ fault: 'night', exit: code }, 'jobs')
}
