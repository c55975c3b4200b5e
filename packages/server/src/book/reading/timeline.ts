import type { Timeline } from '@sokhoe/model/reading'
import { readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { type Filed, sourceKindOf } from './filed.ts'
import { lineOf, type Reader } from './line.ts'

const PAGE = 50

export interface Wanted {
  /** Id of the last line of the page before. */
  readonly before?: string | undefined
  readonly kind?: string | undefined
  readonly source?: string | undefined
}

/** @throws {Problem} request.invalid for a cursor that names no line of this book */
function placeAfter(all: readonly Filed[], before: string, { ctx }: Reader): number {
  const named = readPublicId(ctx.keys.id, before)
  const place = all.findIndex(({ entry }) => entry.patientId === named?.patientId && entry.no === named.no)
  if (place < 0) throw new Problem('request.invalid', { at: ['/before'] })
  return place + 1
}

/** A page of everything, newest first. Lines that arrive meanwhile move nothing: the page begins behind a line. */
export function timelineOf(all: readonly Filed[], wanted: Wanted, reader: Reader): Timeline {
  const { before, kind, source } = wanted
  const from = before === undefined ? 0 : placeAfter(all, before, reader)
  const isWanted = (filed: Filed): boolean =>
    (kind === undefined || filed.kind === kind) &&
    (source === undefined || sourceKindOf(filed.entry.source) === source)
  const chosen = kind === undefined && source === undefined ? all : all.filter(isWanted)
  const rest = chosen === all ? all.slice(from) : all.slice(from).filter(isWanted)
  const lines = rest.slice(0, PAGE).map((filed) => lineOf(filed, reader))
  return { lines, next: rest.length > PAGE ? (lines.at(-1)?.id ?? null) : null, total: chosen.length }
}
