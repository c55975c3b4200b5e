import { execFileSync } from 'node:child_process'

/** What the reader's own program makes of the pages, not ours: words with one space between. */
export const pdfText = (pdf: Buffer | Uint8Array): string =>
  execFileSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' }).replaceAll(/\s+/g, ' ')

/** Page by page. */
export const pdfPages = (pdf: Buffer | Uint8Array): string[] =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replaceAll(/\s+/g, ' '))
