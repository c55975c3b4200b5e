import { type CardReading, readCard } from '@sokhoe/model/card'
import { ageOn } from '@sokhoe/model/dates'
import {
  type Answer,
  answersOf,
  type Questionnaire,
  type QuestionnaireResponse,
} from '@sokhoe/model/questionnaire'

type Card = Extract<CardReading, { ok: true }>['card']
type Given = readonly [linkId: string, answer: Answer]

const SEX = { male: '1', female: '2' } as const

const optionOf = (form: Questionnaire, code: string): Answer => {
  const sex = form.item[0]?.item?.find((item) => item.linkId === 'A.02')
  const coding = sex?.answerOption?.find((option) => option.valueCoding.code === code)?.valueCoding
  return { valueCoding: coding ?? { code } }
}

const text = (linkId: string, valueString: string | null): Given[] =>
  valueString ? [[linkId, { valueString }]] : []

/** What a card answers in the form. What it does not say stays as it was. */
function answersOfCard(form: Questionnaire, card: Card): Given[] {
  const shared: Given[] = [
    ['A.01', { valueString: card.name }],
    ['A.02', optionOf(form, SEX[card.sex])],
    ['A.05', { valueDate: card.birthDate }],
    ...text('A.18.1', card.address),
  ]
  if (card.kind === 'bhyt') return [...shared, ...text('A.14', card.cardNumber)]
  const issued: Given[] = card.issuedOn ? [['A.12', { valueDate: card.issuedOn }]] : []
  return [...shared, ...text('A.11', card.idNumber), ...text('A.11.old', card.oldIdNumber), ...issued]
}

export type ScannedCard = { ok: true; given: Given[]; warned: boolean; kind: Card['kind'] } | { ok: false }

export function readScanned(form: Questionnaire, scanned: string, today: string): ScannedCard {
  const reading = readCard(scanned, { today })
  if (!reading.ok) return { ok: false }
  const { card } = reading
  const warned = card.warnings.some((warning) => warning !== 'extra-fields')
  return { ok: true, given: answersOfCard(form, card), warned, kind: card.kind }
}

/** Certainly under 18 on that day: whoever may be 18 goes on, and the server has the last word. */
export function isUnder18(response: QuestionnaireResponse, today: string): boolean {
  const birth = answersOf(response, 'A.05')[0]?.valueDate
  const age = birth ? ageOn(birth, today) : null
  return age !== null && age.max < 18
}
