import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readConfig } from '../platform/config.ts'
import { rewrapDataKeys } from '../platform/datakeys.ts'
import { keyMark, makeKeys, readKeys, rotateKek } from '../platform/keys.ts'
import { inHouse } from './house.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = `Usage: npm run cli -- keys new     makes a key file at KEY_FILE
       npm run cli -- keys check   tells whether the key file at KEY_FILE can be used
       npm run cli -- keys rotate  adds a new key-encryption key; then restart the servers
       npm run cli -- keys rewrap  wraps every data key under the newest key-encryption key`

async function make(path: string, io: Io): Promise<number> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await makeKeys(path)
  io.out(`Made ${path}, readable by you only.`)
  io.out('Keep a copy apart from the backups, under two people: without it no record and no backup opens.')
  io.out('Its id key never changes. Escrow it by itself: every card, link and public id depends on it.')
  return 0
}

async function check(path: string, io: Io): Promise<number> {
  const keys = await readKeys(path)
  io.out(`${path} can be used: key-encryption key ${keys.kek.current}, index key ${keys.index.current}.`)
  io.out(`Its mark is ${keyMark(keys)}; databases and backups name the mark of their key file.`)
  return 0
}

async function rotate(path: string, io: Io): Promise<number> {
  const version = await rotateKek(path)
  io.out(
    `Key-encryption key ${version} is current from now on. Restart every server, then run "keys rewrap".`,
  )
  return 0
}

/** Safe to stop and to repeat: what is wrapped anew stays so. */
async function rewrap(io: Io): Promise<number> {
  return await inHouse(io, 'keys', async ({ ctx }) => {
    let [done, step] = [0, 0]
    do {
      step = await rewrapDataKeys(ctx)
      done += step
    } while (step > 0)
    io.out(`${done} data keys were wrapped anew; all are under key-encryption key ${ctx.keys.kek.current}.`)
    return 0
  })
}

const WORKS: Readonly<Record<string, (path: string, io: Io) => Promise<number>>> = {
  new: make,
  check,
  rotate,
  rewrap: (_path, io) => rewrap(io),
}

/** `keys new`, `check`, `rotate`, `rewrap`. An existing key file is never overwritten, and no key is ever printed. */
export async function keysCommand(args: readonly string[], io: Io): Promise<number> {
  const [what] = args
  const work = args.length === 1 && Object.hasOwn(WORKS, what ?? '') ? WORKS[what ?? ''] : undefined
  if (!work) {
    io.err(USAGE)
    return 1
  }
  return await orSentence(io, async () => {
    // settings of the mode are not needed to make keys for it
    const { KEY_FILE } = readConfig({ DATA_DIR: io.env['DATA_DIR'], KEY_FILE: io.env['KEY_FILE'] })
    return await work(KEY_FILE, io)
  })
}
