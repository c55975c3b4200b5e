import { encode } from 'uqr'
import { printable } from '../../platform/ink.ts'
import {
  CONVERTED,
  MARKS,
  type Mark,
  NO_DIAGNOSIS,
  type Paper,
  type Row,
  type Section,
  SYSTEM,
} from './paper.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Whatever somebody wrote stays words. */
const say = (text: string): string => printable(text).replaceAll(/[&<>"']/g, (one) => ESCAPES[one] ?? one)

/** Nothing runs and nothing is fetched, even where somebody's words were taken for markup. */
export const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

const STYLE = `
:root { color-scheme: light }
body { overflow-wrap: anywhere; margin: 0 auto; padding: 16px; max-width: 60rem; background: #fff; color: #0e1b1d;
  font: 1.0625rem/1.5 'Be Vietnam Pro', system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 8px 0 } h2 { font-size: 1.25rem; line-height: 1.3; margin: 28px 0 4px }
header { border-bottom: 2px solid #0e1b1d; padding-bottom: 12px } header svg { width: 132px; height: 132px }
.brand { color: #00474e; font-weight: 600 } .soft { color: #3a4a4d } p { margin: 4px 0 }
.warning { border: 2px solid #b0211a; color: #b0211a; font-weight: 600; padding: 12px; margin: 16px 0 }
.wide { overflow-x: auto } .wide:focus-visible { outline: 3px solid #0e1b1d }
table { border-collapse: collapse; width: 100% } caption { text-align: left }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid #b9c6c9; overflow-wrap: break-word; min-width: 6.5em }
thead th { font-size: 0.9375rem; color: #3a4a4d } tbody th { font-weight: 600 } .right { text-align: right }
.note { font-size: 0.9375rem; color: #3a4a4d } .src { font-size: 0.9375rem; white-space: nowrap; min-width: 8em }
.src svg { width: 0.8em; height: 0.8em; margin-right: 0.4em } footer { border-top: 1px solid #0e1b1d; margin-top: 32px; padding-top: 8px }
@media print { body { font-size: 10pt; padding: 0; max-width: none } .wide { overflow: visible } tr { break-inside: avoid } thead { display: table-header-group } h2 { break-after: avoid } @page { size: A4; margin: 13mm } }`

const SHAPES: Readonly<Record<Mark, string>> = {
  self: '<circle cx="7" cy="7" r="4.8" fill="none" stroke="currentColor" stroke-width="2.2"/>',
  station: '<circle cx="7" cy="7" r="5.8" fill="currentColor"/>',
  hospital: '<rect x="1.8" y="1.8" width="10.4" height="10.4" fill="currentColor"/>',
  import: '<path d="M7 1.5 12.5 7 7 12.5 1.5 7z" fill="none" stroke="currentColor" stroke-width="2.2"/>',
}

const sourceOf = (mark: Mark | undefined): string =>
  mark ? `<svg viewBox="0 0 14 14" aria-hidden="true">${SHAPES[mark]}</svg>${MARKS[mark]}` : ''

function qrOf(url: string): string {
  const { data, size } = encode(url, { ecc: 'M', border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return `<svg role="img" aria-label="Mã QR kiểm tra bản này" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${dark.join('')}"/></svg>`
}

function rowOf({ mark, cells, note }: Row, columns: Section['columns'], sourced: boolean): string {
  const side = (i: number): string => (columns[i]?.align ? ' class="right"' : '')
  const [first = '', ...others] = cells
  const rest = others.map((cell, i) => `<td${side(i + 1)}>${say(cell)}</td>`).join('')
  const more = note ? `<p class="note">${say(note)}</p>` : ''
  return `<tr><th scope="row">${say(first)}${more}</th>${rest}${sourced ? `<td class="src">${sourceOf(mark)}</td>` : ''}</tr>`
}

function sectionOf({ title, columns, rows, absent }: Section, i: number): string {
  const head = `<section><h2 id="s${i}">${say(title)}</h2>`
  if (rows.length === 0) return `${head}<p>${say(absent)}</p></section>`
  const titles = columns
    .map((column) => `<th scope="col"${column.align ? ' class="right"' : ''}>${say(column.title)}</th>`)
    .join('')
  const sourced = rows.some(({ mark }) => mark !== undefined)
  const source = sourced ? '<th scope="col">Nguồn</th>' : ''
  const table = `<table aria-labelledby="s${i}"><thead><tr>${titles}${source}</tr></thead><tbody>`
  const body = rows.map((row) => rowOf(row, columns, sourced)).join('')
  // a wide table is moved by keyboard too
  return `${head}<div class="wide" role="region" aria-labelledby="s${i}" tabindex="0">${table}${body}</tbody></table></div></section>`
}

/**
 * The same paper as one page for a browser: no script, nothing fetched, readable without a network for as long as
 * browsers read HTML, and printable.
 */
export function htmlOf(paper: Paper): string {
  const lines = paper.ownerLines.map((line) => `<p class="soft">${say(line)}</p>`).join('')
  const warning = paper.warning === null ? '' : `<p class="warning">${say(paper.warning)}</p>`
  const leftOut = paper.leftOut === null ? '' : `<p>${say(paper.leftOut)}</p>`
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${say(paper.title)}</title><style>${STYLE}</style></head><body>
<header><p class="brand">Sổ Khỏe TP. Hồ Chí Minh</p><h1>${say(paper.owner)}</h1>${lines}<p><b>${say(paper.title)}</b></p>${qrOf(paper.codeUrl)}</header>
<main>${warning}${leftOut}${paper.sections.map(sectionOf).join('\n')}</main>
<footer><p>${CONVERTED.replace('Bản giấy', 'Bản')}. ${SYSTEM}.</p><p>Lấy lúc ${say(paper.printed)} ${say(paper.printedFor)}. Mã kiểm tra <b>${say(paper.code)}</b>, kiểm tra tại ${say(paper.codeUrl)}</p><p>${NO_DIAGNOSIS}</p></footer>
</body></html>
`
}
