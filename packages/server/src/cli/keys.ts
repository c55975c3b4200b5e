import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readConfig } from '../platform/config.ts'
import { keyMark, makeKeys, readKeys } from '../platform/keys.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = `Usage: npm run cli -- keys new     makes a key file at KEY_FILE
       npm run cli -- keys check   tells whether the key file at KEY_FILE can be used`

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

/** `keys new`, `keys check`. An existing key file is never overwritten, and no key is ever printed. */
export async function keysCommand(args: readonly string[], io: Io): Promise<number> {
  const [what] = args
  if (args.length !== 1 || (what !== 'new' && what !== 'check')) {
    io.err(USAGE)
    return 1
  }
  return await orSentence(io, async () => {
    // settings of the mode are not needed to make keys for it
    const { KEY_FILE } = readConfig({ DATA_DIR: io.env['DATA_DIR'], KEY_FILE: io.env['KEY_FILE'] })
    return what === 'new' ? await make(KEY_FILE, io) : await check(KEY_FILE, io)
  })
}
