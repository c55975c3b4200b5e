import { once } from '../csv.ts'
import { formSystems } from './form-systems.ts'
import { icd10Systems } from './icd10-systems.ts'
import { listSystems } from './list-systems.ts'
import type { System } from './system.ts'
import { wardSystems } from './ward-systems.ts'

/** Every code system of this package, each version by itself; versions of one stand oldest first. */
export const allSystems = once((): readonly System[] => [
  ...icd10Systems(),
  ...listSystems,
  ...wardSystems(),
  ...formSystems(),
])

const byUrl = once(() => {
  const found = new Map<string, System[]>()
  for (const system of allSystems())
    for (const url of [system.url, ...(system.aliases ?? [])])
      found.set(url, [...(found.get(url) ?? []), system])
  return found
})

/** Which version of a code system is meant: by its name, or by a day (YYYY-MM-DD). */
export interface Which {
  readonly version?: string | undefined
  /** Decides where no version is named. */
  readonly day: string
}

/** All versions of a code system; none for a system that is not here. */
export const versionsOf = (url: string): readonly System[] => byUrl().get(url) ?? []

/** @returns undefined where there is no such system or no such version */
export function systemOf(url: string, { version, day }: Which): System | undefined {
  const versions = versionsOf(url)
  const [only] = versions
  if (version === undefined) return inForce(versions, day)
  // a system that others publish carries no version here: whichever is named is answered from what there is
  return versions.find((one) => one.version === version) ?? (only?.version === undefined ? only : undefined)
}

/** What stands on a day: the last that had begun; before all of them the first. */
export const inForce = <T extends { readonly from?: string }>(
  versions: readonly T[],
  day: string,
): T | undefined => versions.findLast(({ from = '' }) => from <= day) ?? versions[0]
