import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

interface Options {
  /** The app's folder; its src/sw.js has places for the version and the list of files. */
  readonly root: string
  /** Addresses kept besides the built files: the page, and what lies beside it. */
  readonly besides: readonly string[]
  /** Where the built files are served, with a slash at the end. */
  readonly base: string
  /** Which built files a device keeps for starting without network. */
  readonly keeps: (name: string) => boolean
}

/** Writes sw.js with the list of this build's files, so that the shell is replaced as one whole. */
export const serviceWorker = ({ root, besides, base, keeps }: Options): Plugin => ({
  name: 'service-worker',
  enforce: 'post',
  apply: 'build',
  generateBundle(_, bundle) {
    const built = Object.keys(bundle).filter((name) => keeps(name) && !name.endsWith('.html'))
    const shell = [...besides, ...built.map((name) => `${base}${name}`)]
    const bytes = Object.values(bundle).map((part) => (part.type === 'chunk' ? part.code : part.source))
    const hash = createHash('sha256')
    for (const part of [...shell, ...bytes]) hash.update(part)
    const source = readFileSync(join(root, 'src/sw.js'), 'utf8')
      .replace("'__SHELL__'", JSON.stringify(shell.toSorted()))
      .replace('__VERSION__', hash.digest('hex').slice(0, 16))
    this.emitFile({ type: 'asset', fileName: 'sw.js', source })
  },
})
