import { allergenOf, formOf, icd10Name } from '@sokhoe/codes'
import {
  type Answer,
  type Coding,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
  type ResponseItem,
} from '@sokhoe/model/questionnaire'
import type { Address, ConditionFact, ConditionKind, Health, Resident } from './resident.ts'

/** The form's options for what the city knows; what has none is told as another disease. */
const DISEASE: Readonly<Record<ConditionKind, string>> = {
  hypertension: '2',
  diabetes: '3',
  dyslipidaemia: 'lipid',
  copd: '5',
  asthma: '6',
  ckd: 'kidney',
  hbsag_positive: '8',
  cancer: '13',
}

const MEDICINE: Partial<Record<ConditionKind, string>> = {
  hypertension: 'blood-pressure',
  diabetes: 'diabetes',
  dyslipidaemia: 'lipid',
  copd: 'inhaler',
  asthma: 'inhaler',
}

const SMOKING = { never: '0', former: '0', sometimes: '1', daily: '2' } as const
const DRINKING = { none: '0', sometimes: '1', often: '2' } as const
const MOVING = { none: '0', little: '1', enough: '2' } as const

type Codings = ReadonlyMap<string, Coding>

const codings = new WeakMap<Questionnaire, Codings>()

/** Every option of a form by question and code, worked out once for each form. */
function codingsOf(form: Questionnaire): Codings {
  const known = codings.get(form)
  if (known) return known
  const all = [...placesOf(form).values()].flatMap(({ item }) =>
    (item.answerOption ?? []).map(
      ({ valueCoding: { system = '', code = '', display = '' } }): [string, Coding] => [
        `${item.linkId} ${code}`,
        { system, code, display },
      ],
    ),
  )
  const made = new Map(all)
  codings.set(form, made)
  return made
}

/** Spells chosen codes out with the system and words of the form's option, as the app does. */
function spelled(options: Codings, { linkId, answer, item }: ResponseItem): ResponseItem {
  const full = answer?.map((one): Answer => {
    const coding = options.get(`${linkId} ${one.valueCoding?.code}`)
    return coding ? { valueCoding: coding } : one
  })
  return {
    linkId,
    ...(full && { answer: full }),
    ...(item && { item: item.map((below) => spelled(options, below)) }),
  }
}

const option = (code: string): Answer => ({ valueCoding: { code } })

const answered = (linkId: string, ...answer: readonly Answer[]): ResponseItem[] =>
  answer.length > 0 ? [{ linkId, answer }] : []

const chosen = (linkId: string, ...codes: readonly string[]): ResponseItem[] =>
  answered(linkId, ...codes.map(option))

const text = (linkId: string, value: string | null): ResponseItem[] =>
  value === null ? [] : answered(linkId, { valueString: value })

const group = (linkId: string, items: readonly ResponseItem[]): ResponseItem[] =>
  items.length > 0 ? [{ linkId, item: items }] : []

/** Several options in the order given, each once; "none" where there is nothing. */
const severalOrNone = (linkId: string, codes: readonly string[]): ResponseItem[] =>
  chosen(linkId, ...(codes.length > 0 ? new Set(codes) : ['none']))

/** Who somebody is. Papers are given by those who showed a card. */
function identity(
  { name, sex, birthDate, level, idNumber, insurance }: Resident,
  address: Address,
): ResponseItem[] {
  const shows = level !== 'phone'
  return [
    ...text('A.01', name),
    ...chosen('A.02', sex === 'male' ? '1' : '2'),
    ...answered('A.05', { valueDate: birthDate }),
    ...text('A.11', shows ? idNumber : null),
    ...text('A.14', shows && insurance ? insurance.card : null),
    ...group('A.18', [
      ...text('A.18.1', `${address.house} ${address.street}`),
      ...answered('A.18.2', {
        valueCoding: { system: 'urn:sokhoe:codes:wards', code: address.ward, display: address.wardName },
      }),
    ]),
  ]
}

const yesNo = (yes: boolean): string => (yes ? 'yes' : 'no')

/** What the form asks beside a disease: medicine and year, or which one it is. */
const FOLLOW_UPS: Partial<Record<ConditionKind, (fact: ConditionFact) => ResponseItem[]>> = {
  hypertension: (fact) => [
    ...chosen('medicine.2', yesNo(fact.treated)),
    ...answered('B3.2.3.2', { valueInteger: fact.since }),
  ],
  diabetes: (fact) => [
    ...chosen('medicine.3', yesNo(fact.treated)),
    ...answered('B3.2.3.3', { valueInteger: fact.since }),
  ],
  hbsag_positive: () => [...text('B3.2.3.8', 'Viêm gan B'), ...chosen('B3.2.2.8', '1')],
  cancer: (fact) => [...text('B3.2.3.13', icd10Name(fact.icd10) ?? null), ...chosen('B3.2.2.13', '1')],
}

/** Only what a doctor has told: nobody declares what nobody knows. */
function diseases({ conditions }: Health): ResponseItem[] {
  const known = conditions.filter((condition) => condition.known)
  return group('B3.2', [
    ...severalOrNone(
      'B3.2.1',
      known.map(({ kind }) => DISEASE[kind]),
    ),
    ...known.flatMap((fact) => FOLLOW_UPS[fact.kind]?.(fact) ?? []),
  ])
}

function medicines({ medicines: taken }: Health): ResponseItem[] {
  const others = taken.filter(({ against }) => !MEDICINE[against]).map(({ name }) => ({ valueString: name }))
  return [
    ...severalOrNone(
      'medicine',
      taken.map(({ against }) => MEDICINE[against] ?? 'other'),
    ),
    ...answered('medicine.name', ...others),
  ]
}

function smoking({ smoking: habit }: Health): ResponseItem[] {
  return group('B2.1', [
    ...chosen('B2.1.a', SMOKING[habit]),
    ...(SMOKING[habit] === '0' ? answered('B2.1.b', { valueBoolean: habit === 'former' }) : []),
  ])
}

/** Those with hypertension know their pressure, and one in three of the others. */
function measures({ no, health }: Resident): ResponseItem[] {
  const { height, weight, pressure, conditions } = health
  const knows = no % 3 === 0 || conditions.some(({ kind, known }) => kind === 'hypertension' && known)
  return [
    ...answered('D2.1.6', { valueDecimal: height }),
    ...answered('D2.1.7', { valueDecimal: weight }),
    ...(knows && pressure
      ? group('D2.1', [
          ...answered('D2.1.3', { valueInteger: pressure.systolic }),
          ...answered('D2.1.4', { valueInteger: pressure.diastolic }),
        ])
      : []),
  ]
}

function family({ family: facts }: Health): ResponseItem[] {
  const codes = facts.map(({ kind }) => DISEASE[kind])
  return group('B6.2', [
    ...severalOrNone('B6.2.1', codes),
    ...(codes.includes('3') ? chosen('B6.2.3.3', 'first') : []),
  ])
}

/** Most agree to most: one in twenty, in ten, in three refuse; some say nothing of research. */
function consents(no: number): ResponseItem[] {
  return group('consent', [
    ...answered('consent.treatment', { valueBoolean: no % 20 !== 0 }),
    ...answered('consent.programme', { valueBoolean: no % 10 !== 0 }),
    ...(no % 7 === 0 ? [] : answered('consent.research', { valueBoolean: no % 3 !== 0 })),
  ])
}

/** Half of the grown-ups went on to the part on habits and risks. */
function risk({ no, health }: Resident, grown: boolean): ResponseItem[] {
  if (!grown || no % 2 === 1 || health.waist === null) return []
  const diabetic = health.conditions.some(({ kind, known }) => kind === 'diabetes' && known)
  const treated = health.conditions.some(({ kind, treated: taking }) => kind === 'hypertension' && taking)
  return [
    ...answered('D2.1.9', { valueDecimal: health.waist }),
    ...chosen('B2.4.a', MOVING[health.moving]),
    ...chosen('risk.vegetables', health.vegetablesDaily ? 'daily' : 'not-daily'),
    ...chosen('risk.bp-drugs', yesNo(treated)),
    ...chosen('risk.high-glucose', yesNo(diabetic)),
    ...group('B2.2', chosen('B2.2.a', DRINKING[health.alcohol])),
  ]
}

/**
 * What a resident declared, as the app would send it. Children are declared for by their family: no habits.
 *
 * @param day YYYY-MM-DD of the declaration; it picks the version of the form
 */
export function answersOf(resident: Resident, address: Address, day: string): QuestionnaireResponse {
  const form = formOf(day)
  const options = codingsOf(form)
  const { no, health } = resident
  const grown = health.pressure !== null
  const minute = 7 * 60 + ((no * 37) % 840)
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `${form.url}|${form.version}`,
    status: 'completed',
    authored: `${day}T${time}:00+07:00`,
    item: [
      ...group('A', identity(resident, address)),
      ...group('first', [
        ...diseases(health),
        ...severalOrNone(
          'allergy',
          health.allergies.filter((code) => allergenOf(code)),
        ),
        ...medicines(health),
        ...(grown ? smoking(health) : []),
        ...measures(resident),
        ...family(health),
        ...consents(no),
      ]),
      ...group('B2', risk(resident, grown)),
    ].map((part) => spelled(options, part)),
  }
}
