import { Problem } from '../../../platform/problem.ts'
import type { Answer, Ask } from '../answer.ts'
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

/** Whether the asker has this version already; If-None-Match outranks If-Modified-Since. */
export function isKnown({ header }: Ask, { version, at }: Version): boolean {
  const [tags, since] = [header('if-none-match'), header('if-modified-since')]
  if (tags !== undefined)
    return tags.split(',').some((tag) => tag.trim() === '*' || ETAG.exec(tag.trim())?.[1] === String(version))
  if (since === undefined) return false
  const instant = Date.parse(since)
  return !Number.isNaN(instant) && Math.floor(at.getTime() / 1000) * 1000 <= instant
}

export const notModified = (version: Version): Answer => ({ status: 304, headers: headersOf(version) })
