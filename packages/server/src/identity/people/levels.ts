import { LEVELS } from '@sokhoe/model/levels'
import { type Context, inTransaction } from '../../platform/context.ts'
import { recount } from './enrolment.ts'
import { firstPatientOf } from './rows.ts'
import type { Level } from './tables.ts'

/** How sure a book of this level is among all: the higher, the surer. */
export const rankOfLevel = (level: Level): number => LEVELS.indexOf(level)

/** As what a number counts at each level, and what it may have counted as before. */
const ASSURANCE = {
  card: { now: 'card', before: ['declared'] },
  verified: { now: 'verified', before: ['declared', 'card'] },
  national: { now: 'verified', before: ['declared', 'card'] },
} as const

/**
 * Makes a book surer, never less sure; the numbers that it states with it.
 * @param shown where only this one of her numbers was seen; null for none of them
 * @returns whether anything changed
 */
export async function raiseLevel(
  ctx: Context,
  home: number,
  level: 'card' | 'verified' | 'national',
  shown?: Buffer | null,
): Promise<boolean> {
  const below = LEVELS.slice(0, LEVELS.indexOf(level))
  return await inTransaction(ctx, async (ctx) => {
    const person = await ctx.db
      .selectFrom('identity.person')
      .select('level')
      .where('home', '=', home)
      .forUpdate()
      .executeTakeFirst()
    if (!person || !below.includes(person.level)) return false
    await recount(ctx, home, () =>
      ctx.db.updateTable('identity.person').set({ level }).where('home', '=', home).execute(),
    )
    if (shown === null) return true
    const numbers = ctx.db
      .updateTable('identity.identifier')
      .set({ assurance: ASSURANCE[level].now })
      .where('patient_id', '=', firstPatientOf(home))
      .where('assurance', 'in', ASSURANCE[level].before)
      .where('until', 'is', null)
    await (shown ? numbers.where('hash', '=', shown) : numbers).execute()
    return true
  })
}
