import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { linkCommand } from './link.ts'

const ROWS = 50_000

/** Every second row repeats the one before it with a slip in the name. */
function file(): string {
  const part = (of: string, n: number): string => of.charAt(n % of.length)
  const word = (n: number): string =>
    part('bcdfghlmnprst', n) +
    part('aeiou', n >> 2) +
    part('lmnrst', n >> 4) +
    part('aeiou', n >> 6) +
    part('bdkmnrt', n >> 8)
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const n = Math.imul(row >> 1, 2654435761) >>> 0
    const family = row % 2 === 0 ? word(n) : `${word(n).slice(0, 3)}x${word(n).slice(4)}`
    const day = `${1920 + (n % 90)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`
    return `${row},${word(n >>> 7)},${family},${day},${1 + (n % 300)} ${word(n >>> 11)} street,${1000 + (n % 9000)}`
  })
  return ['id,given_name,surname,dob,address_1,postcode', ...lines, ''].join('\n')
}

test('fifty thousand rows are linked within three minutes and two gigabytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-link-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [input, output] = [join(folder, 'in.csv'), join(folder, 'out.csv')]
  writeFileSync(input, file())
  const started = performance.now()
  expect(await linkCommand([input, output], { env: {}, out: () => {}, err: () => {} })).toBe(0)
  expect(performance.now() - started).toBeLessThan(180_000)
  expect(process.resourceUsage().maxRSS).toBeLessThan(2 * 1024 * 1024)
  const pairs = new Set(
    readFileSync(output, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').slice(0, 2).join()),
  )
  const found = Array.from({ length: ROWS / 2 }, (_, n) => pairs.has(`${2 * n},${2 * n + 1}`)).filter(Boolean)
  expect(found.length / (ROWS / 2)).toBeGreaterThan(0.95)
}, 400_000)
