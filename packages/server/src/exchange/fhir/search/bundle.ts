import { addressIn, type Item } from './item.ts'

/** One resource of an answer with its final text. */
export interface Line {
  readonly item: Item
  readonly mode: 'match' | 'include'
  readonly text: Buffer | string
}

export interface Answered {
  readonly base: string
  readonly self: string
  readonly next?: string
  /** Absent: not counted. */
  readonly total?: number
  readonly lines: readonly Line[]
  /** An OperationOutcome about the search itself. */
  readonly outcome?: string
}

const linkOf = (relation: string, url: string): string =>
  `{"relation":"${relation}","url":${JSON.stringify(url)}}`

function headOf({ self, next, total }: Answered): string {
  const links = [linkOf('self', self), ...(next === undefined ? [] : [linkOf('next', next)])]
  const count = total === undefined ? '' : `,"total":${total}`
  return `{"resourceType":"Bundle","type":"searchset"${count},"link":[${links.join(',')}]`
}

/** A FHIR Bundle around texts that are final: each resource as it stands in the record, letter by letter. */
export function searchset(answered: Answered): (string | Buffer)[] {
  const { base, lines, outcome } = answered
  const pieces: (string | Buffer)[] = [headOf(answered)]
  // R4 knows no empty array: a Bundle of nothing has no entry at all
  if (lines.length === 0 && outcome === undefined) return [...pieces, '}']
  pieces.push(',"entry":[')
  for (const [i, { item, mode, text }] of lines.entries()) {
    const fullUrl = JSON.stringify(`${base}/${addressIn(item)}`)
    pieces.push(`${i === 0 ? '' : ','}{"fullUrl":${fullUrl},"search":{"mode":"${mode}"},"resource":`)
    pieces.push(text, '}')
  }
  if (outcome !== undefined)
    pieces.push(`${lines.length === 0 ? '' : ','}{"search":{"mode":"outcome"},"resource":${outcome}}`)
  pieces.push(']}')
  return pieces
}
