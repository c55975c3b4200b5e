import { stationOf } from '@sokhoe/codes'
import { decimal, type FhirResource } from '@sokhoe/fhir'
import { MEAN_SOURCE, type Measured, meanPressure, type Pressure, readWritten } from '@sokhoe/model/measuring'
import type { Staff } from '../../platform/context.ts'
import { type Stated, THIS_PATIENT } from '../../record/index.ts'

const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'

/** What a quantity of each measure is: its LOINC code, its words, its unit in UCUM and as people write it. */
const CODES = {
  pulse: ['8867-4', 'Mạch', '/min', 'lần/phút'],
  weight: ['29463-7', 'Cân nặng', 'kg', 'kg'],
  height: ['8302-2', 'Chiều cao', 'cm', 'cm'],
  waist: ['8280-0', 'Vòng bụng', 'cm', 'cm'],
} as const

/** By a meter from a drop of blood, as stations do it; the unit and whether she had eaten are part of the code. */
const GLUCOSE = {
  'mg/dL fasting': ['41604-0', 'Đường huyết mao mạch lúc đói'],
  'mg/dL random': ['41653-7', 'Đường huyết mao mạch bất kỳ'],
  'mmol/L fasting': ['14770-2', 'Đường huyết mao mạch lúc đói'],
  'mmol/L random': ['14743-9', 'Đường huyết mao mạch bất kỳ'],
} as const

const PRESSURE = { panel: '85354-9', systolic: '8480-6', diastolic: '8462-4' } as const
const MEAN = { panel: '96607-7', systolic: '96608-5', diastolic: '96609-3' } as const

export interface Taking {
  readonly staff: Staff & { readonly ward: string }
  readonly at: Date
  /** Chosen by the tablet: the same again is the same. */
  readonly uuid: string
}

const concept = (code: string, text: string) => ({ coding: [{ system: LOINC, code }], text })

const quantity = (written: string, code: string, unit: string) => ({
  value: decimal(readWritten(written) ?? written),
  unit,
  system: UCUM,
  code,
})

/** The instant as the clock on the wall of the station shows it. */
const localInstant = (at: Date): string =>
  new Date(at.getTime() + 7 * 3_600_000).toISOString().replace('Z', '+07:00')

function observation(taking: Taking, category: string, content: object): FhirResource {
  const { staff, at } = taking
  return {
    resourceType: 'Observation',
    meta: { source: `urn:sokhoe:source:${staff.facility}` },
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] },
    ],
    subject: { reference: THIS_PATIENT },
    effectiveDateTime: localInstant(at),
    issued: at.toISOString(),
    performer: [
      {
        identifier: { system: 'urn:sokhoe:facility', value: staff.facility },
        display: stationOf(staff.ward)?.name ?? staff.facility,
      },
    ],
    ...content,
  }
}

interface Codes {
  readonly panel: string
  readonly systolic: string
  readonly diastolic: string
}

const pressureContent = ({ systolic, diastolic }: Pressure, codes: Codes, text: string) => ({
  code: concept(codes.panel, text),
  component: [
    {
      code: concept(codes.systolic, 'Huyết áp tâm thu'),
      valueQuantity: quantity(systolic, 'mm[Hg]', 'mmHg'),
    },
    {
      code: concept(codes.diastolic, 'Huyết áp tâm trương'),
      valueQuantity: quantity(diastolic, 'mm[Hg]', 'mmHg'),
    },
  ],
})

function pressures(taking: Taking, readings: readonly Pressure[]): Stated[] {
  const urns = readings.map((_, i) => `urn:sokhoe:reading:${taking.uuid}:${i}`)
  const each = readings.map(
    (reading, i): Stated => ({
      resource: observation(taking, 'vital-signs', pressureContent(reading, PRESSURE, 'Huyết áp')),
      sourceKey: `${taking.uuid}/pressure/${i}`,
      urn: urns[i] ?? '',
    }),
  )
  const mean = meanPressure(readings)
  if (!mean) return each
  const content = {
    ...pressureContent(mean, MEAN, 'Huyết áp trung bình'),
    derivedFrom: urns.slice(-2).map((reference) => ({ reference })),
    note: [{ text: `${MEAN_SOURCE.rule} (${MEAN_SOURCE.name})` }],
  }
  const resource = observation(taking, 'vital-signs', content)
  return [...each, { resource, sourceKey: `${taking.uuid}/pressure/mean` }]
}

/** Every number that was measured as an Observation of the station, as written; and the mean of two blood pressures. */
export function observationsOf(taking: Taking, measured: Measured): Stated[] {
  const single = (['pulse', 'weight', 'height', 'waist'] as const).flatMap((name): Stated[] => {
    const written = measured[name]
    if (written === undefined) return []
    const [code, text, ucum, unit] = CODES[name]
    const content = { code: concept(code, text), valueQuantity: quantity(written, ucum, unit) }
    return [{ resource: observation(taking, 'vital-signs', content), sourceKey: `${taking.uuid}/${name}` }]
  })
  return [...pressures(taking, measured.pressures), ...single, ...glucoseOf(taking, measured)]
}

function glucoseOf(taking: Taking, { glucose }: Measured): Stated[] {
  if (!glucose) return []
  const { value, unit, when } = glucose
  const [code, text] = GLUCOSE[`${unit} ${when}`]
  const content = { code: concept(code, text), valueQuantity: quantity(value, unit, unit) }
  return [{ resource: observation(taking, 'laboratory', content), sourceKey: `${taking.uuid}/glucose` }]
}
