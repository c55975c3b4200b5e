import { readCard } from '@sokhoe/model/card'
import { dayInVietnam, readDate } from '@sokhoe/model/dates'
import { z } from 'zod'
import { note } from '../../audit/index.ts'
import { type Context, inTransaction, type Resident } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import {
  giveProofTryBack,
  residentOf,
  SESSION_COOKIE,
  signedIn,
  takeProofTry,
  unlockSession,
} from '../codes/sessions.ts'
import { fitsProof, type Proof, provenBooks } from './book.ts'
import { booksOf } from './books.ts'
import { raiseLevel } from './levels.ts'
import { firstPatientOf } from './rows.ts'

const CardText = z.object({ card: z.string().max(4096) })
const TypedProof = z.object({ idNumber: z.string().max(40), birthDate: z.string().max(40) })
/** For a book of phone level that knows no number of its owner. */
const NameProof = z.object({ name: z.string().max(200), birthDate: z.string().max(40) })

const present = (numbers: readonly (string | null)[]): string[] => numbers.filter((one) => one !== null)

/** @throws {Problem} identity.card-unreadable with the reason */
function proofOfCard(ctx: Context, text: string): Proof {
  const reading = readCard(text, { today: dayInVietnam(ctx.now()) })
  if (!reading.ok) throw new Problem('identity.card-unreadable', { at: [reading.reason] })
  const { card } = reading
  const numbers =
    card.kind === 'cccd'
      ? present([card.idNumber, card.oldIdNumber])
      : present([card.cardNumber, card.socialInsuranceNumber])
  return { numbers, birthDate: card.birthDate }
}

/** @throws {Problem} request.invalid */
function proofOfTyping(said: z.infer<typeof TypedProof> | z.infer<typeof NameProof>): Proof {
  const date = readDate(said.birthDate)
  if (!date.ok) throw new Problem('request.invalid', { at: ['/birthDate'] })
  if ('name' in said) return { numbers: [], birthDate: date.date, name: said.name }
  const { idNumber } = said
  return { numbers: [idNumber.replaceAll(/[\s.-]/g, '').toUpperCase()], birthDate: date.date }
}

/** Five tries, then waiting; right or wrong, the try is taken before anything is looked at. */
async function unlock(ctx: Context, resident: Resident, proof: Proof): Promise<void> {
  const left = await takeProofTry(ctx, resident)
  const homes = await provenBooks(ctx, resident.locked, proof)
  const patientIds = (homes.length > 0 ? homes : resident.locked).map(firstPatientOf)
  await inTransaction(ctx, async (ctx) => {
    const refused = homes.length === 0
    for (const patientId of patientIds)
      await note(ctx, { action: 'book.unlock', patientId, purpose: 'own', what: 'proof', refused })
    if (refused) return
    await unlockSession(ctx, resident, homes)
    await giveProofTryBack(ctx, resident)
  })
  if (homes.length === 0) throw new Problem('identity.proof-wrong', { more: { left } })
}

/** A scanned card that says what the book says makes the book surer. @throws {Problem} identity.proof-wrong */
async function scan(ctx: Context, resident: Resident, text: string): Promise<void> {
  const proof = proofOfCard(ctx, text)
  const own = (await booksOf(ctx, resident)).find(({ relation }) => relation === 'self')
  if (!own || !fitsProof(own.demographics, proof)) throw new Problem('identity.proof-wrong')
  await inTransaction(ctx, async (ctx) => {
    await raiseLevel(ctx, own.home, 'card')
    await unlockSession(ctx, resident, [own.home])
    await note(ctx, { action: 'book.raise', patientId: own.patientId, purpose: 'own', what: 'card' })
  })
}

/**
 * Who I am: my books, opening those that first need a proof, and the card that makes a book surer.
 * @param me what whoever is signed in is told of herself
 */
export const peopleRoutes =
  (me: (ctx: Context) => Promise<object>): Routes =>
  async (app) => {
    const again = async (ctx: Context, cookie: string | undefined): Promise<Context> => ({
      ...ctx,
      actor: (await residentOf(ctx, cookie)) ?? { kind: 'nobody' },
    })

    app.get('/api/me', { schema: { summary: 'My telephone and my books' } }, ({ ctx }) => me(ctx))

    app.post(
      '/api/me/unlock',
      {
        schema: { summary: 'Open books above phone level', body: z.union([CardText, TypedProof, NameProof]) },
      },
      async ({ ctx, body, cookies }) => {
        const resident = signedIn(ctx)
        await unlock(ctx, resident, 'card' in body ? proofOfCard(ctx, body.card) : proofOfTyping(body))
        return me(await again(ctx, cookies[SESSION_COOKIE]))
      },
    )

    app.put(
      '/api/me/card-scan',
      { schema: { summary: 'Make my book surer by my card', body: CardText } },
      async (request) => {
        await scan(request.ctx, signedIn(request.ctx), request.body.card)
        return me(await again(request.ctx, request.cookies[SESSION_COOKIE]))
      },
    )
  }
