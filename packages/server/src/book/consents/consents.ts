import { formOf } from '@sokhoe/codes'
import type { FhirResource } from '@sokhoe/fhir'
import { consentVersionOf, dayInVietnam, placesOf, textOf } from '@sokhoe/model'
import { grantsOf, setGrants } from '../../access/index.ts'
import { enterBook, homesOf, notifyPerson, type Whose } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import {
  CONSENT_PURPOSES,
  type ConsentPurpose,
  consentStatement,
  history,
  statementKey,
} from '../../record/index.ts'
import { resourceOf, type Writing, writeInBook } from '../own/write.ts'

export interface Answer {
  readonly given: boolean
  /** Instant, ISO 8601. */
  readonly at: string
  readonly textVersion: string
}

export interface ConsentTold {
  readonly purpose: ConsentPurpose
  /** What is enforced now; null where she was never asked. */
  readonly given: boolean | null
  /** Of the words her last answer was given to. */
  readonly textVersion: string | null
  readonly since: string | null
  /** Her answers, the latest first. */
  readonly history: readonly Answer[]
  /** The words as they are asked today, and their version. */
  readonly text: { readonly version: string; readonly vi: string; readonly en: string }
}

/** Asked in the book alone: whoever answers says nothing of whether there is anything to keep closed. */
const RESTRICTED: ConsentTold['text'] = {
  version: '2026-11',
  vi: 'Nơi đang khám, chữa bệnh cho tôi được đọc cả phần mà luật giữ kín riêng, như xét nghiệm và điều trị HIV',
  en: 'Facilities that treat me may also read what the law keeps closed by itself, such as HIV tests and care',
}

function textToday(now: Date, purpose: ConsentPurpose): ConsentTold['text'] {
  if (purpose === 'restricted') return RESTRICTED
  const form = formOf(dayInVietnam(now))
  const item = placesOf(form).get(`consent.${purpose}`)?.item
  if (!item) throw new RangeError(`the form of today asks no consent for ${purpose}`)
  const version = consentVersionOf(item) ?? form.version
  return { version, vi: textOf(item, 'vi'), en: textOf(item, 'en') }
}

interface Consent extends FhirResource {
  readonly status?: string
  readonly dateTime?: string
  readonly policy?: readonly { readonly uri?: string }[]
  readonly provision?: { readonly type?: string }
}

function answerOf({ status, dateTime, policy, provision }: Consent): Answer {
  return {
    given: status === 'active' && provision?.type === 'permit',
    at: dateTime ?? '',
    textVersion: policy?.[0]?.uri?.split(':').at(-1) ?? '',
  }
}

async function answersOf(ctx: Context, patientIds: readonly number[]): Promise<Map<string, Answer[]>> {
  const shelves = await Promise.all(
    patientIds.map((patientId) => history(ctx, patientId, undefined, { restricted: true })),
  )
  const said = shelves
    .flat()
    .filter(({ type }) => type === 'Consent')
    .toSorted((a, b) => b.stated - a.stated || b.version - a.version)
    .map(resourceOf)
  const keyed = said.map((resource) => ({ key: statementKey(resource) ?? '', answer: answerOf(resource) }))
  return new Map(
    [...Map.groupBy(keyed, ({ key }) => key)].map(([key, all]) => [key, all.map(({ answer }) => answer)]),
  )
}

/** What a book is open for: what is enforced, the words it was said to, and every answer before. */
export async function consentsOf(ctx: Context, whose: Whose): Promise<ConsentTold[]> {
  const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'consent.read', what: 'consent' })
  const [grants, answers] = await Promise.all([
    grantsOf(entered, homesOf(book)),
    answersOf(entered, book.patientIds),
  ])
  return CONSENT_PURPOSES.map((purpose) => {
    const all = answers.get(`consent/${purpose}`) ?? []
    const grant = grants.find((one) => one.purpose === purpose)
    const [last] = all
    return {
      purpose,
      given: grant ? true : last ? false : null,
      textVersion: grant?.textVersion ?? last?.textVersion ?? null,
      since: grant?.since.toISOString() ?? last?.at ?? null,
      history: all,
      text: textToday(ctx.now(), purpose),
    }
  })
}

interface Said {
  readonly given: boolean
  /** Of the words that were shown; today's where absent. */
  readonly textVersion?: string | undefined
}

async function keepConsent(writing: Writing, purpose: ConsentPurpose, given: boolean): Promise<void> {
  const { ctx, book, standing, telling, keep } = writing
  const answer = { purpose, given, textVersion: textToday(ctx.now(), purpose).version }
  const { key, resource } = consentStatement(telling, answer)
  const before = standing
    .filter(({ type }) => type === 'Consent')
    .map((entry) => ({ entry, resource: resourceOf(entry) }))
    .findLast((one) => statementKey(one.resource) === key)
  const last = before && answerOf(before.resource)
  if (last && last.given === given && last.textVersion === answer.textVersion) return
  await keep('consent', [{ resource, ...(before && { no: before.entry.no }) }])
  await setGrants(ctx, book.home, [{ ...answer, channel: 'book' }], homesOf(book))
  if (last?.given !== given) await notifyPerson(ctx, book.home, 'consent-changed')
}

/**
 * Opens or closes a book for one purpose, at once: the grant that is enforced and the Consent that states it stand or
 * fall together. The same answer to the same words changes nothing.
 *
 * @throws {Problem} as `writeInBook`; book.text-changed where other words were shown than today's
 */
export async function setConsent(
  ctx: Context,
  whose: Whose,
  purpose: ConsentPurpose,
  { given, textVersion }: Said,
): Promise<ConsentTold | undefined> {
  if (textVersion !== undefined && textVersion !== textToday(ctx.now(), purpose).version)
    throw new Problem('book.text-changed')
  await writeInBook(ctx, whose, { action: 'consent.set', what: 'consent', whole: true }, (writing) =>
    keepConsent(writing, purpose, given),
  )
  return (await consentsOf(ctx, whose)).find((told) => told.purpose === purpose)
}
