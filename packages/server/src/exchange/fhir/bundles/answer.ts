import { STATUS_CODES } from 'node:http'
import type { Answer } from '../answer.ts'

/** What became of one entry, as text. */
export interface Told {
  readonly status: number
  readonly etag?: string | undefined
  /** 'Type/id/_history/1'. */
  readonly location?: string | undefined
  /** ISO 8601. */
  readonly lastModified?: string | undefined
  readonly resource?: Buffer | string | undefined
  /** An OperationOutcome. */
  readonly outcome?: string | undefined
}

function* entryOf({
  status,
  etag,
  location,
  lastModified,
  resource,
  outcome,
}: Told): Generator<string | Buffer> {
  const response = JSON.stringify({
    status: `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
    location,
    etag,
    lastModified,
  })
  yield '{'
  if (resource !== undefined) {
    yield '"resource":'
    yield resource
    yield ','
  }
  yield outcome === undefined
    ? `"response":${response}}`
    : `"response":${response.slice(0, -1)},"outcome":${outcome}}}`
}

/** The answers in the order in which the entries were sent. */
export function responseBundle(type: 'batch' | 'transaction', told: readonly Told[]): Answer {
  const pieces: (string | Buffer)[] = [`{"resourceType":"Bundle","type":"${type}-response"`]
  for (const [i, one] of told.entries()) pieces.push(i === 0 ? ',"entry":[' : ',', ...entryOf(one))
  pieces.push(told.length === 0 ? '}' : ']}')
  return { status: 200, body: pieces }
}
