import { insuranceExpired, readCard } from '@sokhoe/model/card'
import { dayInVietnam, readDate } from '@sokhoe/model/dates'
import { readIdNumber, readInsuranceNumber, readPassport } from '@sokhoe/model/identifiers'
import { normaliseName } from '@sokhoe/model/names'
import { z } from 'zod'
import type { DocumentKind, StatedIdentifier } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { type Document, documentOf } from './compare.ts'

export const CardText = z.string().max(4096)

/** What somebody reads from a document without a code, and types; whatever is left out she has looked at. */
export const Said = z.object({
  name: z.string().max(255).optional(),
  birthDate: z.string().max(40).optional(),
  sex: z.enum(['male', 'female']).optional(),
  number: z.string().max(40).optional(),
})
export type Said = z.infer<typeof Said>

export interface ReadCard {
  readonly document: Document
  readonly kind: 'cccd' | 'bhyt'
  /** What is odd about the card, by stable codes; the worker decides. */
  readonly warnings: readonly string[]
}

/** @throws {Problem} identity.card-unreadable with the reason */
export function readDocument(ctx: Context, text: string): ReadCard {
  const today = dayInVietnam(ctx.now())
  const reading = readCard(text, { today })
  if (!reading.ok) throw new Problem('identity.card-unreadable', { at: [reading.reason] })
  const { card } = reading
  const expired = card.kind === 'bhyt' && insuranceExpired(card, today)
  return {
    document: documentOf(card),
    kind: card.kind,
    warnings: [...card.warnings, ...(expired ? ['insurance-expired'] : [])],
  }
}

function numberOf(kind: DocumentKind, typed: string): StatedIdentifier | undefined {
  if (kind === 'bhyt') {
    const read = readInsuranceNumber(typed)
    return read.ok ? { system: read.form === 'short' ? 'bhxh' : 'bhyt', value: read.number } : undefined
  }
  // a birth certificate bears the twelve digits too
  const read = kind === 'passport' ? readPassport(typed) : readIdNumber(typed)
  return read.ok ? { system: kind === 'passport' ? 'passport' : 'cccd', value: read.number } : undefined
}

const filled = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text

/** @throws {Problem} request.invalid: a number that is none of its kind, a date that no calendar has */
export function typedDocument(kind: DocumentKind, said: Said): Document {
  const { sex } = said
  const [name, written, typed] = [said.name, said.birthDate, said.number].map(filled)
  const date = written === undefined ? undefined : readDate(written)
  const number = typed === undefined ? undefined : numberOf(kind, typed)
  const wrong = [
    ...(date && !date.ok ? ['/said/birthDate'] : []),
    ...(typed !== undefined && !number ? ['/said/number'] : []),
  ]
  if (wrong.length > 0) throw new Problem('request.invalid', { at: wrong })
  return {
    ...(name !== undefined && { name: normaliseName(name) }),
    ...(date?.ok && { birthDate: date.date }),
    ...(sex && { sex }),
    ...(number && { numbers: [number] }),
  }
}
