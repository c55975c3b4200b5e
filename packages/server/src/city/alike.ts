import { type CityPlan, lookAlikesOf, type Sighting } from '@sokhoe/city'
import { lookAnew, statePatients } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { type Arrival, putAll } from '../record/index.ts'
import { patientResource } from './rows.ts'

/** What hospitals' programs would send, by the same arrival that real ones take. */
async function arrive(ctx: Context, sightings: readonly Sighting[]): Promise<void> {
  const made = await statePatients(
    ctx,
    sightings.map(({ facility: source, name, sex, birthDate, ward }) => ({
      source,
      demographics: { name, sex, birthDate, identifiers: [] },
      ...(ward !== null && { ward }),
    })),
  )
  const arrivals = sightings.flatMap(({ facility: source, day, ...of }, at): Arrival[] => {
    const { patientId, newDataKey } = made[at] ?? {}
    if (patientId === undefined || newDataKey === undefined) return []
    const resources = [{ resource: patientResource(source, of), no: 0 }]
    return [{ patientId, newDataKey, begins: true, source, kind: 'exchange', resources }]
  })
  await putAll(ctx, arrivals)
}

/**
 * Hospitals bring whoever looks like somebody of the city, and the books that do are compared as if they had come just
 * now. Whom the stations are then asked about, the comparison alone finds. In the caller's transaction, once the city
 * stands.
 * @param books first Patients of the look-alikes' books
 */
export async function askAboutLookAlikes(
  ctx: Context,
  plan: CityPlan,
  books: readonly number[],
): Promise<void> {
  await arrive(ctx, lookAlikesOf(plan).sightings)
  await lookAnew(ctx, books)
}
