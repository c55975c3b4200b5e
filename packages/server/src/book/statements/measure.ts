import { decimal } from '@sokhoe/fhir'
import { type HomeMeasure, isPressureOrder, plausibleAtHome } from '@sokhoe/model'
import { z } from 'zod'
import type { Whose } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { type Reading, readingOf, stated } from '../../record/index.ts'
import { writeInBook } from '../own/write.ts'
import { type Done, doOnce } from './statements.ts'

const Instant = z.iso.datetime({ offset: true }).max(40)
const Written = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/)

const Common = { uuid: z.uuid().toLowerCase(), at: Instant, confirmed: z.boolean().optional() }
export const Measured = z.discriminatedUnion('kind', [
  z.strictObject({
    ...Common,
    kind: z.literal('blood-pressure'),
    systolic: z.int(),
    diastolic: z.int(),
    pulse: z.int().optional(),
    arm: z.enum(['left', 'right']).optional(),
    posture: z.enum(['sitting', 'lying', 'standing']).optional(),
  }),
  z.strictObject({
    ...Common,
    kind: z.literal('glucose'),
    /** As the meter shows it, with a decimal point. */
    value: Written,
    unit: z.enum(['mmol/L', 'mg/dL']),
    meal: z.enum(['fasting', 'after-meal', 'other']),
  }),
])
export type Measured = z.infer<typeof Measured>

function valuesOf(measured: Measured): readonly (readonly [at: string, HomeMeasure, number])[] {
  if (measured.kind === 'glucose') {
    const measure = measured.unit === 'mg/dL' ? 'glucose-mg' : 'glucose-mmol'
    return [['/value', measure, Number(measured.value)]]
  }
  const { systolic, diastolic, pulse } = measured
  return [
    ['/systolic', 'systolic', systolic],
    ['/diastolic', 'diastolic', diastolic],
    ...(pulse === undefined ? [] : [['/pulse', 'pulse', pulse] as const]),
  ]
}

/** @throws {Problem} book.impossible · book.unlikely, unless it was confirmed: where, never the value */
function checkPlausible(measured: Measured): void {
  const judged = valuesOf(measured).map(([at, measure, value]) => ({
    at,
    is: plausibleAtHome(measure, value),
  }))
  const where = (is: string) => judged.filter((one) => one.is === is).map(({ at }) => at)
  if (where('impossible').length > 0) throw new Problem('book.impossible', { at: where('impossible') })
  if (measured.kind === 'blood-pressure' && !isPressureOrder(measured.systolic, measured.diastolic))
    throw new Problem('book.impossible', { at: ['/diastolic'] })
  if (where('unlikely').length > 0 && !measured.confirmed)
    throw new Problem('book.unlikely', { at: where('unlikely') })
}

const toReading = (measured: Measured): Reading =>
  measured.kind === 'glucose' ? { ...measured, value: decimal(measured.value) } : measured

/** A telephone's clock may be ahead of ours: nothing was measured later than now. */
const whenOf = (said: string, now: Date): string =>
  Date.parse(said) > now.getTime() ? now.toISOString() : said

/**
 * Keeps what a person measured at home, as her own word.
 * @throws {Problem} as `writeInBook` and `once`; book.impossible · book.unlikely
 */
export async function keepMeasured(ctx: Context, whose: Whose, measured: Measured): Promise<Done> {
  checkPlausible(measured)
  const { uuid, confirmed: _, ...content } = measured
  return await writeInBook(ctx, whose, { action: 'record.state', what: 'measurement' }, (writing) =>
    doOnce(writing, { uuid, content }, async () => {
      const { telling, keep } = writing
      const about = { when: whenOf(measured.at, ctx.now()), at: telling.at, subject: telling.subject }
      const observation = { ...readingOf(toReading(measured), about), performer: [telling.author] }
      const { resource } = stated(`own/${measured.kind}/${uuid}`, observation)
      const { resources } = await keep('measurement', [{ resource }])
      return resources[0]?.no ?? 0
    }),
  )
}
