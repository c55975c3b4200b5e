import { ageOn, dayInVietnam, readDate } from '@sokhoe/model/dates'
import { readIdNumber, readInsuranceNumber } from '@sokhoe/model/identifiers'
import { normaliseName } from '@sokhoe/model/names'
import { z } from 'zod'
import { type Added, addChild, type Book } from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { put } from '../../record/index.ts'
import { type Identity, patientOf } from '../extract.ts'
import { demographicsOf } from '../keep.ts'
import { speakerOf } from './speaker.ts'

/** Only those below 18 are added by somebody else; of the seven words for a relation these two fit. */
export const ChildBody = z.object({
  name: z.string().max(200),
  sex: z.enum(['male', 'female', 'unknown']),
  /** The whole date, as people write it: dd/MM/yyyy, …; a birth certificate has it. */
  birthDate: z.string().max(40),
  idNumber: z.string().max(40).optional(),
  insurance: z.string().max(40).optional(),
  relation: z.enum(['child', 'ward']).default('child'),
  /** From seven: she was asked here and said yes. */
  agrees: z.boolean().default(false),
})
export type ChildSaid = z.infer<typeof ChildBody>

const wrong = (at: string): Problem => new Problem('request.invalid', { at: [at] })

const LONGEST_NAME = 100

function nameIn(said: string): string {
  const name = normaliseName(said)
  if (!/\p{L}/u.test(name) || name.length > LONGEST_NAME) throw wrong('/name')
  return name
}

function birthIn(said: string, day: string): string {
  const read = readDate(said)
  if (!read.ok || read.date.length !== 10 || ageOn(read.date, day) === null) throw wrong('/birthDate')
  return read.date
}

/** A number that was left empty is none. */
const given = (said: string | undefined): string | undefined => said?.trim() || undefined

function numbersIn({ idNumber, insurance }: ChildSaid): Pick<Identity, 'idNumber' | 'insuranceNumber'> {
  const [id, card] = [given(idNumber), given(insurance)]
  const readId = id === undefined ? undefined : readIdNumber(id)
  const readCard = card === undefined ? undefined : readInsuranceNumber(card)
  if (readId?.ok === false) throw wrong('/idNumber')
  if (readCard?.ok === false) throw wrong('/insurance')
  return {
    ...(readId && { idNumber: readId.number }),
    ...(readCard && { insuranceNumber: readCard.number }),
  }
}

/**
 * Makes the book of a child and puts into it who she is, in her representative's words.
 * @throws {Problem} request.invalid with the field · family.own-book-first · family.grown-up · family.station-needed
 */
export async function keepChild(ctx: Context, said: ChildSaid): Promise<Added> {
  const day = dayInVietnam(ctx.now())
  const identity: Identity = {
    name: nameIn(said.name),
    sex: said.sex,
    birthDate: birthIn(said.birthDate, day),
    ...numbersIn(said),
  }
  const { relation, agrees } = said
  const child = { demographics: demographicsOf(identity), relation, agrees }
  return await inTransaction(ctx, (ctx) =>
    addChild(ctx, child, ({ patientId, newDataKey, speaker }) =>
      put(ctx, {
        patientId,
        newDataKey,
        source: 'self',
        kind: 'family',
        resources: first(identity, relation, speaker),
      }),
    ),
  )
}

const first = (identity: Identity, relation: string, speaker: Book) => [
  { resource: patientOf(identity), no: 0 },
  speakerOf(relation, speaker),
]
