import { inHouse } from '../packages/server/src/cli/house.ts'
import { homeNamed, raiseLevel } from '../packages/server/src/identity/index.ts'
import type { Context } from '../packages/server/src/platform/context.ts'
import { askAbout, patientNamed, stated } from '../packages/server/test/review.ts'
import type { House } from './house.ts'

/** What the station is asked is put into the running house's own database, as an arrival would. */
export async function beside<T>(house: House, work: (ctx: Context) => Promise<T>): Promise<T> {
  const io = { env: house.env, out: () => {}, err: () => {} }
  return await inHouse(io as unknown as Parameters<typeof inHouse>[0], 'browser test', ({ ctx }) => work(ctx))
}

/** A hospital states two or three people who may be one, and the ward's station is asked. */
export async function askedTogether(
  house: House,
  people: readonly Parameters<typeof stated>[1][],
  options: { readonly birthDates?: readonly string[]; readonly asking?: Parameters<typeof askAbout>[3] } = {},
): Promise<number[]> {
  return await beside(house, async (ctx) => {
    const patients: number[] = []
    for (const [at, name] of people.entries())
      patients.push(
        await stated(ctx, name, {
          source: `7900${at + 1}`,
          ...(options.birthDates?.[at] && { birthDate: options.birthDates[at] }),
        }),
      )
    for (const [at, patient] of patients.entries()) {
      const before = patients[at - 1]
      if (before !== undefined) await askAbout(ctx, before, patient, { at: new Date(), ...options.asking })
    }
    return patients
  })
}

/** Two books that may be one person's. */
export const askedOfBooks = (house: House, one: string, two: string): Promise<void> =>
  beside(house, (ctx) => askAbout(ctx, patientNamed(ctx, one), patientNamed(ctx, two), { at: new Date() }))

/** The book has been confirmed before. */
export const confirmed = (house: House, person: string): Promise<void> =>
  beside(house, async (ctx) => {
    await raiseLevel(ctx, (await homeNamed(ctx, person)) ?? 0, 'verified', null)
  })
