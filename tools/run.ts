import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

export interface Outcome {
  readonly code: number
  /** Standard output and standard error, as they came. */
  readonly text: string
}

export interface RunOptions {
  /** Shown as it comes, not only kept. */
  readonly aloud?: boolean
  readonly env?: Readonly<Record<string, string>>
}

const PAINT = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

/** Runs a program in the root of the checkout and waits for it; one that cannot be started counts as failed. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const env = { ...process.env, ...options.env }
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const [stream, out] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const)
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (options.aloud) out.write(chunk)
    })
  return new Promise((done) => {
    child.once('error', (error) => done({ code: 127, text: `${program}: ${error.message}` }))
    child.once('close', (code) => done({ code: code ?? 1, text: text.replaceAll(PAINT, '') }))
  })
}

/** Runs a JavaScript tool of node_modules on this very Node. */
export const runTool = (path: string, args: readonly string[], options?: RunOptions): Promise<Outcome> =>
  run(process.execPath, [`${ROOT}node_modules/${path}`, ...args], options)
