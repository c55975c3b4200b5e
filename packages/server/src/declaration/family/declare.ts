import { dayInVietnam, type QuestionnaireResponse } from '@sokhoe/model'
import { isOpenTo } from '@sokhoe/model/topics'
import { holdProxy, may } from '../../access/index.ts'
import {
  booksAt,
  enterBook,
  homeNamed,
  homesOf,
  type KeptBook,
  lockTelephone,
  signedIn,
} from '../../identity/index.ts'
import { type Context, type HeldProxy, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { checkedResponse, digestOf, readJson } from '../answers.ts'
import { authoredAt, type Declared, decidesSharing, declare, keptAlready, markKept } from '../declare.ts'
import { nextDeclaration, type Telling } from '../keep.ts'
import { inTurn } from '../turns.ts'
import { speakerOf } from './speaker.ts'

interface Sent {
  readonly ctx: Context
  readonly acting: HeldProxy
  readonly book: KeptBook
  readonly response: QuestionnaireResponse
  readonly day: string
}

/** A representative tells it: her name stands by every line, and she sees and ends nothing that is hidden from her. */
async function tellingOf({ ctx, acting, book, response, day }: Sent): Promise<Telling> {
  const [holder] = await booksAt(ctx, [acting.holder])
  if (!holder) throw new Problem('access.refused')
  const { birthDate: kept } = book.demographics
  return {
    ctx,
    response,
    day,
    opening: { ward: book.ward, campaign: null, channel: 'family' },
    consentChannel: 'representative',
    checkAge: (birthDate) => {
      if (!birthDate.startsWith(kept)) throw new Problem('family.birth-date-kept')
    },
    frame: { authored: authoredAt(response.authored, ctx.now()) },
    speaker: speakerOf(book.relation, holder),
    sees: (entry) => isOpenTo(acting.topics, entry),
  }
}

/** Asked before the transaction: within it the refusal would wait for the transaction's own lines. */
async function refuseSharing(ctx: Context, whose: string, response: QuestionnaireResponse): Promise<void> {
  const home = decidesSharing(response) ? await homeNamed(ctx, whose) : undefined
  if (home === undefined || may(ctx.actor, 'consent.set', { home })) return
  await enterBook(ctx, whose, { action: 'consent.set', what: 'consent' })
}

async function keepFor(
  ctx: Context,
  whose: string,
  sent: { uuid: string; response: QuestionnaireResponse; day: string },
) {
  const { uuid, response, day } = sent
  const resident = signedIn(ctx)
  await lockTelephone(ctx, resident)
  const { ctx: entered, book } = await enterBook(ctx, whose, {
    action: 'record.declare',
    what: 'declaration',
  })
  const { acting } = signedIn(entered)
  // ended while she was writing: nothing is kept
  if (!acting || !(await holdProxy(ctx, acting))) throw new Problem('access.refused')
  const digest = digestOf(ctx.keys, response)
  const known = await keptAlready(ctx, resident.phoneHash, { uuid, digest, homes: homesOf(book) })
  if (known) return known
  const telling = await tellingOf({ ctx: entered, acting, book, response, day })
  return await markKept(
    ctx,
    { ...resident, homes: homesOf(book) },
    { uuid, digest },
    await nextDeclaration(telling, book),
  )
}

/**
 * Keeps a declaration for a book: her own, or one in which she may write for somebody.
 * @throws {Problem} access.refused, the same where the proxy ended while she was writing; family.birth-date-kept and
 *   whatever `declare` refuses
 */
export async function declareIn(ctx: Context, whose: string, uuid: string, text: string): Promise<Declared> {
  const resident = signedIn(ctx)
  if (whose === 'own') return await declare(ctx, resident, uuid, text)
  const day = dayInVietnam(ctx.now())
  const response = checkedResponse(readJson(text), day)
  await refuseSharing(ctx, whose, response)
  return await inTurn(resident.phoneHash.toString('base64'), () =>
    inTransaction(ctx, (ctx) => keepFor(ctx, whose, { uuid, response, day })),
  )
}
