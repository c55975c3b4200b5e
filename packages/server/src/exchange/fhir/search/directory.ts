import { type DirectoryVersion, findInDirectory, readInDirectory } from '../../../directory/index.ts'
import type { Context } from '../../../platform/context.ts'
import { tooCostly } from './costly.ts'
import type { Item } from './item.ts'
import type { Narrowed } from './narrow.ts'
import { shownOfDirectory } from './scene.ts'

const AT_ONCE = 500
const MOST_SCANNED = 20_000

/** Everything of a type, or that it would be too much. */
async function scan(ctx: Context, type: string): Promise<DirectoryVersion[] | 'too-many'> {
  const found: DirectoryVersion[] = []
  let after = 0
  for (;;) {
    const some = await findInDirectory(ctx, type, { after, limit: AT_ONCE })
    found.push(...some)
    if (found.length > MOST_SCANNED) return 'too-many'
    const last = some.at(-1)
    if (some.length < AT_ONCE || !last) return found
    after = last.no
  }
}

/**
 * What of the directory may fit: by number, by identifier, else everything of the type.
 * @param narrowed undefined: nothing was named
 */
export async function ofDirectory(
  ctx: Context,
  type: string,
  narrowed: Pick<Narrowed, 'nos' | 'tokens'> | undefined,
  at: number | undefined,
): Promise<readonly Item[] | 'too-many'> {
  const found = narrowed
    ? [
        ...(await readInDirectory(ctx, narrowed.nos)),
        ...(narrowed.tokens
          ? await findInDirectory(ctx, type, { tokens: [narrowed.tokens], limit: MOST_SCANNED })
          : []),
      ]
    : await scan(ctx, type)
  if (found === 'too-many') return found
  const ofType = found.filter((version) => version.type === type)
  const once = [...new Map(ofType.map((version) => [version.no, version])).values()]
  return await shownOfDirectory(ctx, once, at)
}

/** @throws {Problem} fhir.too-costly */
export function needFew(found: readonly Item[] | 'too-many'): readonly Item[] {
  if (found === 'too-many')
    throw tooCostly('There are too many of this type to look through. Add an identifier or _id')
  return found
}
