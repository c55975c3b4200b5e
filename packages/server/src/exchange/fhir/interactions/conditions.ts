import { Problem } from '../../../platform/problem.ts'
import type { Answer, Ask } from '../answer.ts'
import { issues } from '../outcome.ts'
import { malformed } from '../write/index.ts'
import { headersOf } from './answers.ts'
import type { Version } from './find.ts'

const ETAG = /^(?:W\/)?"(\d{1,9})"$/

/**
 * The version that must stand.
 * @throws {Problem} fhir.malformed: no version tag of this server's form
 */
export function ifMatch(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const version = ETAG.exec(text.trim())?.[1]
  if (version === undefined)
    malformed('If-Match is written W/"3", with the number of the version', 'http.if-match')
  return Number(version)
}

/** @throws {Problem} fhir.version-conflict: another version stands */
export function needVersion(wanted: number | undefined, { version }: Version): void {
  if (wanted !== undefined && wanted !== version) throw new Problem('fhir.version-conflict')
}

const namesIn = (tags: string, version: number): boolean =>
  tags.split(',').some((tag) => tag.trim() === '*' || ETAG.exec(tag.trim())?.[1] === String(version))

/**
 * Of a change: what If-None-Match names must not stand; `*`, nothing at all.
 * @throws {Problem} fhir.version-conflict
 */
export function needNoneMatch(tags: string | undefined, { version, deleted }: Version): void {
  if (tags === undefined || deleted || !namesIn(tags, version)) return
  const text = 'It is here, and If-None-Match says that it must not be'
  throw new Problem('fhir.version-conflict', {
    more: issues([{ severity: 'error', code: 'conflict', expression: 'http.if-none-match', text }]),
  })
}

/** Whether the asker has this version already; If-None-Match outranks If-Modified-Since. */
export function isKnown({ header }: Ask, { version, at }: Version): boolean {
  const [tags, since] = [header('if-none-match'), header('if-modified-since')]
  if (tags !== undefined) return namesIn(tags, version)
  if (since === undefined) return false
  const instant = Date.parse(since)
  return !Number.isNaN(instant) && Math.floor(at.getTime() / 1000) * 1000 <= instant
}

export const notModified = (version: Version): Answer => ({ status: 304, headers: headersOf(version) })
