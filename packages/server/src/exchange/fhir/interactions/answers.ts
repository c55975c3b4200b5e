import type { Answer, Ask } from '../answer.ts'
import { outcome } from '../outcome.ts'
import type { Done } from '../write/index.ts'
import type { Found, Version } from './find.ts'

export const etagOf = (version: number): string => `W/"${version}"`

/** To whole seconds, as HTTP writes times. */
const httpDate = (at: Date): string => at.toUTCString()

export const headersOf = ({
  version,
  at,
}: Pick<Version, 'version' | 'at'>): Readonly<Record<string, string>> => ({
  etag: etagOf(version),
  'last-modified': httpDate(at),
})

const locationOf = (base: string, { type, id, version }: Pick<Done, 'type' | 'id' | 'version'>): string =>
  `${base}/${type}/${id}/_history/${version}`

const RETURN = /(?:^|[;,\s])return=(minimal|representation|OperationOutcome)/

/** What the sender wants back: everything unless it says otherwise. */
function bodyFor({ header }: Ask, bytes: Buffer): { body?: string | Buffer } {
  const wanted = RETURN.exec(header('prefer') ?? '')?.[1]
  if (wanted === 'minimal') return {}
  if (wanted !== 'OperationOutcome') return { body: bytes }
  return { body: outcome([{ severity: 'information', code: 'informational', text: 'Kept' }]) }
}

/** How a resource that was created or changed is told of. */
export const writtenAnswer = (ask: Ask, done: Done, status: 200 | 201): Answer => ({
  status,
  headers: {
    ...headersOf({ version: done.version, at: new Date(done.lastUpdated) }),
    location: locationOf(ask.base, done),
  },
  ...bodyFor(ask, done.bytes),
})

/** The same where nothing was written, since what was asked for was there. */
export const knownAnswer = (ask: Ask, { type, id, versions: [standing] }: Found): Answer => ({
  status: 200,
  headers: {
    ...headersOf(standing),
    location: locationOf(ask.base, { type, id, version: standing.version }),
  },
  ...bodyFor(ask, standing.bytes()),
})

/** It was deleted; the version that says so is named. */
export const goneAnswer = (version: Version): Answer => ({
  status: 410,
  headers: headersOf(version),
  body: outcome([
    { severity: 'error', code: 'deleted', text: 'The resource was deleted; its history is still there' },
  ]),
})
