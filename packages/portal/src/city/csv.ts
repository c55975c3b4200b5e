import type { Coverage } from '@sokhoe/model/coverage'

const HEAD = [
  'code',
  'name',
  'as_of',
  'age',
  'level',
  'population_estimated',
  'registered',
  'verified',
  'counted',
  'share',
  'missing_to_target',
  'over_100_percent',
  'wards_whole',
  'wards_split',
] as const

const field = (value: string | number | boolean | null): string => {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The table as RFC 4180 with a byte-order mark, so that spreadsheets read its Vietnamese; hidden cells say 'few'. */
export function csvOf({ rows, asOf, band, level }: Coverage): string {
  const lines = rows.map((row) => [
    row.code,
    row.name,
    asOf,
    band ?? 'all',
    level,
    row.estimated,
    row.registered,
    row.verified,
    row.counted,
    row.share,
    row.missing,
    row.over,
    row.wards.join(' '),
    row.split.map(({ code }) => code).join(' '),
  ])
  return `\ufeff${[HEAD, ...lines].map((line) => line.map(field).join(',')).join('\r\n')}\r\n`
}

/** Hands a text to the browser as a file. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
