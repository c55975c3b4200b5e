import type { Context } from '../../../platform/context.ts'
import type { Db } from '../../../platform/database.ts'
import type { KeyAsked } from '../../../record/index.ts'
import type { Scene } from './scene.ts'

/** Opens what may be seen of these persons; of nobody as slowly as of somebody. */
export type OpenThem = (patientIds: readonly number[]) => Promise<Scene>

/** What was opened before it was known whose it would be. */
export interface OpenedAlong {
  readonly patientIds: readonly number[]
  readonly scene: Scene
}

/** Blind indexes → whom they named when they were last looked for, nobody too: what is not there takes as long. */
const remembered = new WeakMap<Db, Map<string, readonly number[]>>()
const MOST = 20_000
/** More are opened once it is known that they are meant. */
const FEW = 3

const nameOf = (keys: readonly KeyAsked[]): string =>
  keys.map(({ hash, within = '' }) => `${hash.toString('latin1')}${within}`).join(' ')

/**
 * Looks up whom numbers name, and meanwhile opens whom they named the last time: in most searches one round trip instead
 * of two. A guess decides nothing: what was opened counts only if the same persons are found now.
 * @param find asks the database whom they name now
 */
export async function findGuessing(
  { pool }: Context,
  keys: readonly KeyAsked[],
  open: OpenThem,
  find: Promise<readonly number[]>,
): Promise<{ readonly patientIds: readonly number[]; readonly opened?: OpenedAlong }> {
  const known = remembered.get(pool) ?? new Map<string, readonly number[]>()
  remembered.set(pool, known)
  const name = nameOf(keys)
  const guess = known.get(name)
  const opening = guess && open(guess).catch(() => undefined)
  const patientIds = await find
  if (known.size >= MOST) known.clear()
  if (patientIds.length <= FEW) known.set(name, patientIds)
  else known.delete(name)
  const isRight =
    guess?.length === patientIds.length && patientIds.every((patientId) => guess.includes(patientId))
  const scene = isRight ? await opening : undefined
  return { patientIds, ...(scene && { opened: { patientIds, scene } }) }
}
