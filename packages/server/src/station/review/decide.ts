import { z } from 'zod'
import { judge, type Saying, undoJudgement } from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { publicId, readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Worker } from '../enter.ts'
import type { Case } from './cases.ts'
import { caseNamed, suggested, unitsOf } from './queue.ts'

const Id = z.string().max(64)
const MOST_COLUMNS = 6
const HOUR = 3600

/** What somebody says of a case, with the columns as they lay before her. */
export const Deciding = z
  .object({
    case: Id,
    columns: z.array(z.array(Id).min(1).max(400)).min(2).max(MOST_COLUMNS),
    say: z.enum(['same', 'different', 'partly', 'later']),
    /** Which columns are one person, from 0; the others are somebody else each. */
    together: z
      .array(
        z
          .int()
          .min(0)
          .max(MOST_COLUMNS - 1),
      )
      .min(2)
      .max(MOST_COLUMNS)
      .optional(),
    why: z.enum(['look', 'call']).optional(),
    /** How long it lay before her. */
    seconds: z.number().min(0).max(HOUR).optional(),
  })
  .strict()

type Deciding = z.output<typeof Deciding>

/** The groups that her word makes of the columns. @throws {Problem} request.invalid */
function partsOf({ say, together }: Deciding, units: readonly (readonly number[])[]): number[][] {
  if ((say === 'partly') !== (together !== undefined))
    throw new Problem('request.invalid', { at: ['/together'] })
  if (say === 'same') return [units.flat()]
  const chosen = new Set(together)
  if (
    together &&
    ([...chosen].some((at) => at >= units.length) || chosen.size < 2 || chosen.size === units.length)
  )
    throw new Problem('request.invalid', { at: ['/together'] })
  const joined = units.filter((_, at) => chosen.has(at)).flat()
  const apart = units.filter((_, at) => !chosen.has(at)).map((unit) => [...unit])
  return joined.length > 0 ? [joined, ...apart] : apart
}

const keyOf = (units: readonly (readonly number[])[]): string =>
  units
    .map((unit) => unit.toSorted((a, b) => a - b).join(' '))
    .toSorted()
    .join(', ')

/** What was decided is what lay before her, or nothing is decided. @throws {Problem} review.changed */
function readColumns(ctx: Context, { columns }: Deciding, one: Case): number[][] {
  const shown = columns.map((column) =>
    column.map((id) => {
      const named = readPublicId(ctx.keys.id, id)
      if (named?.no !== 0) throw new Problem('review.changed')
      return named.patientId
    }),
  )
  if (keyOf(shown) !== keyOf(one.units)) throw new Problem('review.changed')
  return shown
}

/**
 * Decides a case as it lay before the worker.
 * @throws {Problem} review.changed where somebody was faster, or a record came in between · request.invalid
 */
export async function decide(ctx: Context, worker: Worker, deciding: Deciding) {
  const { say: said, why, seconds } = deciding
  if ((said === 'later') !== (why !== undefined)) throw new Problem('request.invalid', { at: ['/why'] })
  const one = await caseNamed(ctx, worker, deciding.case)
  const shown = readColumns(ctx, deciding, one)
  const parts = partsOf(deciding, shown)
  const suggests: Saying | undefined = await suggested(ctx, one, await unitsOf(ctx, worker, one))
  const { state } = await inTransaction(ctx, (ctx) =>
    judge(ctx, worker, {
      ward: worker.ward,
      said,
      why,
      parts,
      pairs: one.pairs,
      sample: one.sample,
      linked: one.linked,
      suggested: suggests,
      seconds,
      askedAt: one.since,
    }),
  )
  return { said, state }
}

/** Takes the worker's last decision back. @throws {Problem} review.nothing-to-undo */
export async function undo(ctx: Context, worker: Worker) {
  const { said, parts } = await inTransaction(ctx, (ctx) => undoJudgement(ctx, worker))
  const id = Math.min(...parts.flat())
  return { undone: said, case: publicId(ctx.keys.id, { patientId: id, no: 0 }) }
}
