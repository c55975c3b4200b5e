import { isOpenTo } from '@sokhoe/model/topics'
import { enterBook, signedIn } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { bundleOf, read } from '../../record/index.ts'

/**
 * The answers kept so far, whole, for whoever may go on with them. Somebody who does not see every part of the book gets
 * none: a whole questionnaire holds answers of all parts.
 * @throws {Problem} access.refused · book.none
 */
export async function declaredIn(ctx: Context, whose: string): Promise<Buffer> {
  const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'record.declare', what: 'declared' })
  const { acting } = signedIn(entered)
  const entries = await read(entered, [book.patientId], { restricted: true })
  const open = entries.filter(
    (entry) => entry.type === 'QuestionnaireResponse' && (!acting || isOpenTo(acting.topics, entry)),
  )
  return bundleOf(open, { type: 'searchset' })
}
