import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { weigh } from './size.ts'

/** A built app of these scripts; random letters do not compress below three quarters of their length. */
function appOf(scripts: Readonly<Record<string, string>>): string {
  const dist = mkdtempSync(join(tmpdir(), 'sokhoe-app-'))
  onTestFinished(() => rmSync(dist, { recursive: true, force: true }))
  mkdirSync(join(dist, 'assets'))
  writeFileSync(join(dist, 'index.html'), '<script type="module" src="/assets/main.js"></script>')
  for (const [name, text] of Object.entries(scripts)) writeFileSync(join(dist, 'assets', name), text)
  return dist
}

const letters = (count: number): string => `/*${randomBytes(count).toString('base64')}*/`

test('the first load is what the page names and all that it imports at once, and no lazy part', () => {
  const dist = appOf({
    'main.js': `import"./shared.js";const later=()=>import("./lazy.js");${letters(1000)}`,
    'shared.js': letters(1000),
    'lazy.js': letters(20_000),
  })

  const { scripts, first, complaints } = weigh(dist)

  expect(scripts).toBe(2)
  expect(first).toBeGreaterThan(2000)
  expect(first).toBeLessThan(4000)
  expect(complaints).toEqual([])
})

test('a heavy first load, a heavy lazy part and an app that is not there are told; the camera reader may be heavy', () => {
  const heavy = appOf({
    'main.js': letters(120_000),
    'lazy.js': letters(30_000),
    'qr-scanner-x.js': letters(50_000),
  })

  expect(weigh(heavy).complaints.map((text) => text.replaceAll(/\d+/g, 'N'))).toEqual([
    'the first load is N bytes of JavaScript after gzip, above N',
    'the lazy part lazy.js is N bytes after gzip, above N',
  ])
  expect(weigh(tmpdir()).complaints).toHaveLength(1)
})
