import data from '../../data/profiles.json' with { type: 'json' }

/** What profiles add to the definitions of R4; tools/make-profiles.ts makes the data. */

export interface ProfileType {
  /** A type; in a choice the one that its name ends with. */
  readonly code: string
  /** The value must fit one of these, as far as they are known here. */
  readonly profiles?: readonly string[]
  /** A reference must point to what fits one of these. */
  readonly targets?: readonly string[]
}

/** What is asked of one element. */
export interface ProfileNode {
  readonly min?: number
  readonly max?: number
  readonly types?: readonly ProfileType[]
  readonly fixed?: unknown
  readonly pattern?: unknown
  /** The value set of a required binding. */
  readonly binding?: string
  readonly invariants?: readonly string[]
  /** By what the slices are told apart: kind of discriminator and path. */
  readonly slicing?: readonly (readonly [kind: string, path: string])[]
  readonly slices?: Readonly<Record<string, ProfileNode>>
  /** By element name; value[x] for a choice. */
  readonly parts?: Readonly<Record<string, ProfileNode>>
}

export interface Profile {
  readonly url: string
  readonly type: string
  readonly root: ProfileNode
}

const TEXTS: Readonly<Record<string, string>> = data.profiles

/** The profiles by which validate can be asked, by their canonical address. */
export const profiles: readonly string[] = Object.keys(TEXTS)

const known = new Map<string, Profile>()

/** @returns undefined for a profile that is not carried here; a version behind the address is left aside */
export function profileOf(canonical: string): Profile | undefined {
  const url = canonical.replace(/\|.*$/, '')
  const found = known.get(url)
  const text = Object.hasOwn(TEXTS, url) ? TEXTS[url] : undefined
  if (found !== undefined || text === undefined) return found
  const space = text.indexOf(' ')
  const made = { url, type: text.slice(0, space), root: JSON.parse(text.slice(space)) as ProfileNode }
  known.set(url, made)
  return made
}
