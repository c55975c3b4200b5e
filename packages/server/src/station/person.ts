import { fullName, wardAt, wardWritten } from '@sokhoe/codes'
import { ageOn, dayInVietnam } from '@sokhoe/model/dates'
import { maskNumber } from '@sokhoe/model/mask'
import { type Book, bookNumber, personId } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'

const GROWN_UP = 18

/** Of whom it is known that she is under 18: somebody answers for her. */
export function isChild(birthDate: string, today: string): boolean {
  const age = ageOn(birthDate, today)
  return age !== null && age.max < GROWN_UP
}

/** The ward that an address of before names, and the wards of today on its ground; null where it names one of today. */
function placeOf(address: string | undefined) {
  const written = address === undefined ? undefined : wardWritten(address)
  if (!written || written.was.to === null) return null
  return { was: fullName(written.was, written.day), today: written.today.map(({ name }) => name) }
}

/** Who stands before the worker: nothing of her health, and of her numbers no more than tells two people apart. */
export function tellPerson(ctx: Context, book: Book) {
  const { demographics, patientId, home, level, status, ward, since } = book
  const { name, birthDate, sex, identifiers, ended = [], address } = demographics
  const today = dayInVietnam(ctx.now())
  return {
    person: personId(ctx, patientId),
    name,
    birthDate,
    sex,
    level,
    status,
    child: isChild(birthDate, today),
    ward: ward === null ? null : { code: ward, name: wardAt(ward, today)?.name ?? ward },
    address: address ?? null,
    place: placeOf(address),
    bookNumber: bookNumber(ctx.keys, home),
    numbers: identifiers.map(({ system, value }) => ({ system, masked: maskNumber(value) })),
    ended: ended.map(({ system, value, until }) => ({
      system,
      masked: maskNumber(value),
      until: until ?? null,
    })),
    since: since.toISOString(),
  }
}

export type Told = ReturnType<typeof tellPerson>
