import { existsSync, readdirSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { refuse } from '../platform/keys.ts'
import { takeLock } from '../platform/lock.ts'

const SENTENCES: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'The disk quota is used up',
  EFBIG: 'The file system does not take files that large',
  EACCES: 'The folder cannot be written',
  EPERM: 'The folder cannot be written',
  EROFS: 'The disk is read-only',
  ENOTDIR: 'A part of this path is no folder',
}

/** What the file system said, in one sentence; anything else as it was. */
function asSentence(error: unknown, dir: string): unknown {
  const sentence = SENTENCES[(error as NodeJS.ErrnoException).code ?? '']
  if (!sentence) return error
  return Object.assign(refuse('backup-not-written', `${sentence}: ${dir}. No backup was made.`), {
    cause: error,
  })
}

export async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r')
  await folder.sync().finally(() => folder.close())
}

export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function prepare(partial: string): Promise<() => void> {
  await mkdir(partial, { recursive: true, mode: 0o700 })
  const unlock = takeLock(join(partial, 'lock'))
  if (!unlock) throw refuse('backup-running', `Another backup is being written to ${partial}.`)
  for (const name of await readdir(partial))
    if (!name.startsWith('lock')) await rm(join(partial, name), { recursive: true })
  return unlock
}

/**
 * Lets the work fill a folder beside, and gives it its name only when everything in it is on the disk: a folder of that
 * name is whole, and after any failure there is none.
 *
 * @throws backup-dir-not-empty, backup-running, backup-not-written
 */
export async function inNewFolder<T>(path: string, work: (partial: string) => Promise<T>): Promise<T> {
  const dir = resolve(path)
  const partial = `${dir}.partial`
  try {
    if (existsSync(dir) && readdirSync(dir).length > 0)
      throw refuse('backup-dir-not-empty', `${dir} is not empty: a backup goes into a new folder.`)
    const unlock = await prepare(partial)
    try {
      const result = await work(partial)
      unlock()
      await syncFolder(partial)
      await rename(partial, dir)
      await syncFolder(dirname(dir))
      return result
    } catch (error) {
      await rm(partial, { recursive: true, force: true })
      throw error
    }
  } catch (error) {
    throw asSentence(error, dir)
  }
}
