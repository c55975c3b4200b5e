import type { FhirResource, WrittenNumber } from '@sokhoe/fhir'
import { concept, hl7 } from './said.ts'

const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'

type Value = number | WrittenNumber

export interface PressureReading {
  readonly kind: 'blood-pressure'
  readonly systolic: number
  readonly diastolic: number
  readonly pulse?: number | undefined
  readonly arm?: 'left' | 'right' | undefined
  readonly posture?: 'sitting' | 'lying' | 'standing' | undefined
}

export interface GlucoseReading {
  readonly kind: 'glucose'
  /** As it was written. */
  readonly value: Value
  readonly unit: 'mmol/L' | 'mg/dL'
  readonly meal: 'fasting' | 'after-meal' | 'other'
}

export type Reading = PressureReading | GlucoseReading

const coded = (text: string, code: string) => concept(text, { system: LOINC, code })
const quantity = (value: Value, unit: string, code = unit) => ({ value, unit, system: UCUM, code })

const ARMS = { left: 'Tay trái', right: 'Tay phải' } as const
const POSTURES = { sitting: 'Ngồi', lying: 'Nằm', standing: 'Đứng' } as const
const MEALS = { fasting: 'Lúc đói', 'after-meal': 'Sau ăn', other: 'Lúc khác' } as const

const pressure = ({ systolic, diastolic, pulse, arm, posture }: PressureReading): object => ({
  code: coded('Huyết áp', '85354-9'),
  ...(arm && { bodySite: concept(ARMS[arm], { system: 'urn:sokhoe:code:arm', code: arm }) }),
  component: [
    { code: coded('Huyết áp tâm thu', '8480-6'), valueQuantity: quantity(systolic, 'mmHg', 'mm[Hg]') },
    { code: coded('Huyết áp tâm trương', '8462-4'), valueQuantity: quantity(diastolic, 'mmHg', 'mm[Hg]') },
    ...(pulse === undefined
      ? []
      : [{ code: coded('Mạch', '8867-4'), valueQuantity: quantity(pulse, 'lần/phút', '/min') }]),
    ...(posture
      ? [
          {
            code: coded('Tư thế', '8361-8'),
            valueCodeableConcept: concept(POSTURES[posture], {
              system: 'urn:sokhoe:code:posture',
              code: posture,
            }),
          },
        ]
      : []),
  ],
})

/** By a meter from a fingertip: one code for each unit, since the value is never converted here. */
const GLUCOSE = { 'mmol/L': '14743-9', 'mg/dL': '41653-7' } as const

const glucose = ({ value, unit, meal }: GlucoseReading): object => ({
  code: coded('Glucose mao mạch', GLUCOSE[unit]),
  valueQuantity: quantity(value, unit),
  component: [
    {
      code: concept('Thời điểm đo', { system: 'urn:sokhoe:code:glucose', code: 'meal' }),
      valueCodeableConcept: concept(MEALS[meal], { system: 'urn:sokhoe:code:meal', code: meal }),
    },
  ],
})

/**
 * A reading as an Observation, whoever took it: its mark of origin and who performed it are the caller's to add.
 * @param when instant as told, with its offset; `at` server time
 */
export const readingOf = (
  reading: Reading,
  { when, at, subject }: { when: string; at: string; subject: { readonly reference: string } },
): FhirResource => ({
  resourceType: 'Observation',
  status: 'final',
  category: [hl7('observation-category', reading.kind === 'glucose' ? 'laboratory' : 'vital-signs')],
  subject,
  effectiveDateTime: when,
  issued: at,
  ...(reading.kind === 'glucose' ? glucose(reading) : pressure(reading)),
})
