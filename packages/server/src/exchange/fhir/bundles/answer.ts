import { STATUS_CODES } from 'node:http'
import { Problem } from '../../../platform/problem.ts'
import type { Answer } from '../answer.ts'
import { MOST_OF_ONE } from '../leaving.ts'
import { issuesOf, outcome } from '../outcome.ts'

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

/** When the answer has grown so long, what is left to read is not read. */
export const isLong = (length: number): boolean => length > MOST_OF_ONE / 2

export const tooMuch = (): Told => ({
  status: 413,
  outcome: outcome(issuesOf(new Problem('fhir.too-large'))),
})

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
