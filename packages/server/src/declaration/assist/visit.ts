import { stationOf } from '@sokhoe/codes'
import { writeJson } from '@sokhoe/fhir'
import { ageOn, asciiKey, dayInVietnam, type QuestionnaireResponse, type ResponseItem } from '@sokhoe/model'
import { z } from 'zod'
import { authorizeWork } from '../../access/index.ts'
import { staffIn } from '../../identity/index.ts'
import type { Context, Staff } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { THIS_PATIENT } from '../../record/index.ts'
import { checkedResponse, digestOf } from '../answers.ts'
import { isChild, type Telling } from '../keep.ts'

const Id = z.string().max(64)
const Words = (most: number) => z.string().trim().min(1).max(most)

/** How whoever declared without a telephone confirmed what was taken down: on paper, kept at the station. */
const Confirmation = z.object({
  kind: z.enum(['signature', 'thumb']),
  /** Number or batch of the paper. */
  paper: Words(60).optional(),
  witness: Words(120).optional(),
  /** From seven years on the child is asked too. */
  child: z.boolean().optional(),
})

const Representative = z.object({
  name: Words(120),
  relation: z.enum(['mother', 'father', 'grandparent', 'sibling', 'guardian', 'other']),
})

/** What was chosen where the visit and the book differ, or where there may be a book already. */
export const Settled = z.object({
  /** The newest of the book's answers that were looked at. */
  seen: z.iso.datetime().optional(),
  choices: z.record(Id, z.enum(['visit', 'book'])).default({}),
  /** The person whose book it is after all. */
  same: Id.optional(),
  /** Persons who were looked at and are somebody else. */
  others: z.array(Id).max(20).default([]),
})

/** A declaration that a worker took down for somebody else, at the station or at her home. */
export const Visit = z.object({
  campaign: z.string().max(12).optional(),
  /** A FHIR QuestionnaireResponse; checked by the form's own rules. */
  response: z.unknown(),
  confirmation: Confirmation,
  representative: Representative.optional(),
  /** Whose book, where she has one; a new one is made otherwise. */
  person: Id.optional(),
  /** Our time at which the worker last learned what the book says. */
  base: z.iso.datetime().optional(),
  /** When it was taken down, by the tablet's own clock. */
  takenAt: z.iso.datetime({ offset: true }).max(40),
  settled: Settled.optional(),
})
export type Visit = z.infer<typeof Visit>
export const Uuid = z.uuid().toLowerCase()

export interface Worker extends Staff {
  readonly ward: string
}

/** @throws {Problem} staff.sign-in-needed · staff.not-yours */
export async function workerIn(ctx: Context): Promise<Worker> {
  const staff = staffIn(ctx)
  await authorizeWork(ctx, 'declaration.assist', staff.ward)
  if (staff.ward === null) throw new Problem('staff.not-yours')
  return { ...staff, ward: staff.ward }
}

export interface Brought {
  readonly ctx: Context
  readonly worker: Worker
  readonly uuid: string
  readonly visit: Visit
  readonly response: QuestionnaireResponse
  /** Of all that was brought but what was chosen later: the same visit has the same. */
  readonly digest: Buffer
  /** The day on which it was taken down, in Vietnam: its form decides. */
  readonly day: string
  readonly taken: Date
  /** By how much the tablet's clock is ahead of ours, ms. */
  readonly clockOff: number
  /** The tablet that could not send it itself. */
  readonly tablet?: string
}

type Sent = Pick<Brought, 'uuid' | 'visit' | 'clockOff' | 'tablet'>

/** @param clock what the tablet's clock says now, if it says */
export const clockOffOf = (ctx: Context, clock: string | undefined): number =>
  clock === undefined ? 0 : Date.parse(clock) - ctx.now().getTime()

const LONGEST_OUT = 31 * 86_400_000

/** Our time decides: what the tablet said is put right by how wrong its clock is, and never lies ahead of now. */
function takenAt(ctx: Context, said: string, clockOff: number): Date {
  const now = ctx.now().getTime()
  const taken = Math.min(now, Date.parse(said) - clockOff)
  return new Date(now - taken > LONGEST_OUT ? now : taken)
}

/** @throws {Problem} declaration.invalid with each linkId and rule */
export function bring(ctx: Context, worker: Worker, sent: Sent): Brought {
  const { visit, clockOff } = sent
  const taken = takenAt(ctx, visit.takenAt, clockOff)
  const day = dayInVietnam(taken)
  const { settled: _, base: __, ...content } = visit
  // checked first: what is no response may be nested without end
  const response = checkedResponse(visit.response, day)
  const digest = digestOf(ctx.keys, content)
  return { ...sent, ctx, worker, response, digest, day, taken }
}

const SEVEN = 7

/** @throws {Problem} declaration.representative-needed, declaration.child-not-asked (VN-30) */
function checkAge({ visit, day }: Brought, birthDate: string): void {
  if (!isChild(birthDate, day)) return
  if (!visit.representative) throw new Problem('declaration.representative-needed')
  const age = ageOn(birthDate, day)
  if (age !== null && age.max >= SEVEN && visit.confirmation.child !== true)
    throw new Problem('declaration.child-not-asked')
}

const RELATIONS = {
  mother: 'Mẹ',
  father: 'Cha',
  grandparent: 'Ông, bà',
  sibling: 'Anh, chị, em',
  guardian: 'Người giám hộ',
  other: 'Người thân khác',
} as const

function speakerOf({ visit }: Brought): Pick<Telling, 'speaker'> {
  if (!visit.representative) return {}
  const { name, relation } = visit.representative
  const resource = {
    resourceType: 'RelatedPerson',
    meta: {
      source: 'urn:sokhoe:source:self',
      tag: [{ system: 'urn:sokhoe:assurance', code: 'self-declared' }],
    },
    patient: { reference: THIS_PATIENT },
    relationship: [{ text: RELATIONS[relation] }],
    name: [{ text: name.normalize('NFC') }],
  }
  const sourceKey = `representative/${relation}/${asciiKey(name)}`
  return { speaker: { resource, sourceKey, urn: 'urn:sokhoe:representative' } }
}

const textOf = (url: string, valueString: string | undefined) =>
  valueString === undefined ? [] : [{ url, valueString }]

/** Who took it down, how it was confirmed, and what the tablet's clock said; as said, with how wrong it was. */
function assistance({ visit, worker, clockOff, tablet }: Brought): object {
  const { kind, paper, witness, child } = visit.confirmation
  return {
    url: 'urn:sokhoe:ext:assisted',
    extension: [
      { url: 'confirmation', valueCode: kind },
      ...textOf('paper', paper),
      ...textOf('witness', witness),
      ...(child === undefined ? [] : [{ url: 'child-agrees', valueBoolean: child }]),
      { url: 'taken-at', valueString: visit.takenAt },
      { url: 'clock-ahead-seconds', valueInteger: Math.round(clockOff / 1000) },
      { url: 'worker', valueString: String(worker.id) },
      ...textOf('tablet', tablet),
    ],
  }
}

/** @param givenUp answers of the visit for which the book's were taken */
export function tellingOf(
  brought: Brought,
  ward: string,
  taken: { readonly response: QuestionnaireResponse; readonly givenUp: readonly ResponseItem[] },
): Telling {
  const { ctx, worker, visit, day } = brought
  return {
    ctx,
    response: taken.response,
    day,
    opening: { ward, campaign: visit.campaign ?? null, channel: 'assisted' },
    consentChannel: 'assisted',
    checkAge: (birthDate) => checkAge(brought, birthDate),
    frame: {
      authored: brought.taken.toISOString(),
      author: {
        type: 'Organization',
        identifier: { system: 'urn:sokhoe:facility', value: worker.facility },
        display: stationOf(worker.ward)?.name ?? worker.facility,
      },
      extension: [
        assistance(brought),
        ...(taken.givenUp.length > 0
          ? [{ url: 'urn:sokhoe:ext:given-up', valueString: writeJson(taken.givenUp) }]
          : []),
      ],
    },
    ...speakerOf(brought),
  }
}
