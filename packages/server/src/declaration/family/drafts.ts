import { may } from '../../access/index.ts'
import { noteRefusal } from '../../audit/index.ts'
import { firstPatientOf, homeNamed, homesNow, signedIn } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { type DraftPlace, ownDrafts } from '../draft.ts'

/**
 * Where unsent answers for a book lie: asked of the same rule as the answers themselves. Nothing of the book is opened
 * by it, so it is not written into the list of who looked; an attempt at a stranger's is.
 * @throws {Problem} access.refused
 */
export async function draftsIn(ctx: Context, whose: string): Promise<DraftPlace> {
  const resident = signedIn(ctx)
  if (whose === 'own') return ownDrafts(resident)
  const home = await homeNamed(ctx, whose)
  if (home === undefined || !may(resident, 'record.declare', { home })) {
    const whom = home === undefined ? {} : { patientId: firstPatientOf(home) }
    await noteRefusal(ctx, { action: 'record.declare', ...whom })
    throw new Problem('access.refused')
  }
  if (resident.books.includes(home)) return ownDrafts(resident)
  return { ...ownDrafts(resident), homes: await homesNow(ctx, [home]) }
}
