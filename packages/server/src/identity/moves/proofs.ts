import { readCard } from '@sokhoe/model/card'
import { dayInVietnam, readDate } from '@sokhoe/model/dates'
import { readInsuranceNumber } from '@sokhoe/model/identifiers'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { booksAt } from '../people/books.ts'
import type { StatedIdentifier } from '../people/demographics.ts'
import type { Proofs } from './tables.ts'

const CardText = z.object({ card: z.string().max(4096) })
const Typed = z.object({ number: z.string().max(40), birthDate: z.string().max(40) })

/** A card as its code was read, or its number typed together with the birth date. */
export const PaperBody = z.union([CardText, Typed])
type Paper = z.infer<typeof PaperBody>

interface Shown {
  readonly numbers: readonly string[]
  readonly birthDate: string
}

const PAPERS = {
  'id-card': { systems: ['cccd', 'cmnd', 'passport'], card: 'cccd' },
  insurance: { systems: ['bhxh', 'bhyt'], card: 'bhyt' },
} as const
export type PaperKind = keyof typeof PAPERS

const present = (numbers: readonly (string | null)[]): string[] => numbers.filter((one) => one !== null)

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s.-]/g, '')
    .toUpperCase()

/** The ten digits of an insurance number are the person's, whatever card they stand on. */
function insured(number: string): string[] {
  const read = readInsuranceNumber(number)
  return read.ok ? present([read.number, read.socialInsuranceNumber]) : [number]
}

/** @throws {Problem} identity.card-unreadable, also for the other kind of card */
function shownByCard(ctx: Context, kind: PaperKind, text: string): Shown {
  const reading = readCard(text, { today: dayInVietnam(ctx.now()) })
  if (!reading.ok) throw new Problem('identity.card-unreadable', { at: [reading.reason] })
  const { card } = reading
  if (card.kind !== PAPERS[kind].card) throw new Problem('identity.card-unreadable', { at: ['other-card'] })
  const numbers =
    card.kind === 'cccd'
      ? present([card.idNumber, card.oldIdNumber])
      : [...insured(card.cardNumber), ...present([card.socialInsuranceNumber])]
  return { numbers, birthDate: card.birthDate }
}

/** @throws {Problem} request.invalid */
function shownByTyping(kind: PaperKind, { number, birthDate }: z.infer<typeof Typed>): Shown {
  const date = readDate(birthDate)
  if (!date.ok) throw new Problem('request.invalid', { at: [`/${kind}/birthDate`] })
  return { numbers: kind === 'insurance' ? insured(bare(number)) : [bare(number)], birthDate: date.date }
}

function stands(kind: PaperKind, { system, value }: StatedIdentifier, { numbers }: Shown): boolean {
  const systems: readonly string[] = PAPERS[kind].systems
  const known = kind === 'insurance' ? insured(bare(value)) : [bare(value)]
  return systems.includes(system) && known.some((one) => numbers.includes(one))
}

/**
 * Which of these books each paper fits. A number of one kind of paper proves nothing as the other kind.
 * @throws {Problem} identity.card-unreadable · request.invalid, whatever books there are
 */
export async function weighPapers(
  ctx: Context,
  candidates: readonly number[],
  papers: Partial<Record<PaperKind, Paper | undefined>>,
): Promise<Proofs> {
  const shown = (['id-card', 'insurance'] as const).flatMap((kind) => {
    const paper = papers[kind]
    if (!paper) return []
    return [
      [kind, 'card' in paper ? shownByCard(ctx, kind, paper.card) : shownByTyping(kind, paper)] as const,
    ]
  })
  const books = await booksAt(ctx, candidates)
  return Object.fromEntries(
    shown.map(([kind, paper]) => [
      kind,
      books
        .filter(
          ({ demographics: { birthDate, identifiers } }) =>
            paper.birthDate.startsWith(birthDate) && identifiers.some((one) => stands(kind, one, paper)),
        )
        .map(({ home }) => home),
    ]),
  )
}

/** The book that two different proofs fit; undefined while fewer do. */
export function provenHome(proofs: Proofs): number | undefined {
  const fitting = Object.values(proofs).flatMap((homes) => [...new Set(homes)])
  return [...Map.groupBy(fitting, (home) => home)].find(([, of]) => of.length >= 2)?.[0]
}
