import { decimal, type FhirResource } from '@sokhoe/fhir'
import type { Stated } from '../packages/server/src/record/index.ts'

/** A small generator of its own: the same run twice measures the same bytes. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}
type Dice = ReturnType<typeof dice>

/** LOINC, Vietnamese name, unit, low, high, decimals: what a hospital's laboratory sends most. */
const TESTS: readonly (readonly [string, string, string, number, number, number])[] = [
  ['2345-7', 'Định lượng Glucose [máu]', 'mmol/L', 3.9, 6.4, 1],
  ['4548-4', 'Định lượng HbA1c [máu]', '%', 4, 6.2, 1],
  ['2160-0', 'Định lượng Creatinin (máu)', 'umol/L', 53, 120, 0],
  ['3094-0', 'Định lượng Urê máu', 'mmol/L', 2.5, 7.5, 1],
  ['1742-6', 'Đo hoạt độ ALT (GPT) [máu]', 'U/L', 5, 40, 0],
  ['1920-8', 'Đo hoạt độ AST (GOT) [máu]', 'U/L', 5, 40, 0],
  ['2093-3', 'Định lượng Cholesterol toàn phần', 'mmol/L', 3.9, 5.2, 2],
  ['2085-9', 'Định lượng HDL-C', 'mmol/L', 0.9, 2, 2],
  ['2571-8', 'Định lượng Triglycerid', 'mmol/L', 0.46, 1.88, 2],
  ['718-7', 'Huyết sắc tố (Hb)', 'g/L', 120, 160, 0],
  ['6690-2', 'Số lượng bạch cầu', '10*9/L', 4, 10, 2],
  ['777-3', 'Số lượng tiểu cầu', '10*9/L', 150, 400, 0],
]
const DIAGNOSES = [
  ['E11.9', 'Bệnh đái tháo đường không phụ thuộc insulin, chưa có biến chứng'],
  ['I10', 'Bệnh lý tăng huyết áp'],
  ['E78.5', 'Tăng lipid máu không đặc hiệu'],
  ['K29.7', 'Viêm dạ dày, không đặc hiệu'],
  ['J06.9', 'Nhiễm trùng đường hô hấp trên cấp, không xác định'],
  ['M54.5', 'Đau cột sống thắt lưng'],
] as const
const DOCTORS = ['BS. Nguyễn Hữu Phúc', 'BS. Trần Thị Minh Châu', 'BSCKI. Lê Quốc Bảo', 'ThS.BS. Phạm Thu Hà']

const pick = <T>(from: readonly T[], roll: Dice): T => from[roll(from.length)] as T
const two = (value: number): string => String(value).padStart(2, '0')

function common(type: string, visit: string, roll: Dice, i: number): FhirResource {
  return {
    resourceType: type,
    meta: { source: 'https://his.benhvien-79001.example/fhir' },
    identifier: [
      {
        system: 'https://his.benhvien-79001.example/sid/result',
        value: `${visit}-${two(i)}-${roll(1_000_000)}`,
      },
    ],
    subject: { reference: '#patient' },
    encounter: { display: `Lượt khám ${visit}` },
  }
}

function result(visit: string, day: string, roll: Dice, i: number): FhirResource {
  const [code, text, unit, low, high, decimals] = pick(TESTS, roll)
  const value = (low + ((high - low) * roll(1400)) / 1000).toFixed(decimals)
  const measure = (written: string) => ({
    value: decimal(written),
    unit,
    system: 'http://unitsofmeasure.org',
    code: unit,
  })
  return {
    ...common('Observation', visit, roll, i),
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code }], text },
    effectiveDateTime: `${day}T${two(7 + roll(4))}:${two(roll(60))}:00+07:00`,
    issued: `${day}T${two(11 + roll(5))}:${two(roll(60))}:${two(roll(60))}+07:00`,
    performer: [{ display: pick(DOCTORS, roll) }],
    valueQuantity: measure(value),
    referenceRange: [{ low: measure(low.toFixed(decimals)), high: measure(high.toFixed(decimals)) }],
  }
}

function diagnosis(visit: string, day: string, roll: Dice, i: number): FhirResource {
  const [code, text] = pick(DIAGNOSES, roll)
  return {
    ...common('Condition', visit, roll, i),
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/condition-category',
            code: 'encounter-diagnosis',
          },
        ],
      },
    ],
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }], text },
    onsetDateTime: day,
    recordedDate: `${day}T${two(8 + roll(8))}:${two(roll(60))}:00+07:00`,
    recorder: { display: pick(DOCTORS, roll) },
    note: [{ text: `Tái khám sau ${7 + roll(30)} ngày, mang theo toa cũ và kết quả xét nghiệm ${visit}` }],
  }
}

/** What a hospital states after one visit: resources of about 1 kB, each with the hospital's own id. */
export function visitOf(seed: number, n: number): Stated[] {
  const roll = dice(seed)
  const visit = `KB${two(20 + roll(7))}-${String(roll(10_000_000)).padStart(7, '0')}`
  const day = `20${two(20 + roll(7))}-${two(1 + roll(12))}-${two(1 + roll(28))}`
  return Array.from({ length: n }, (_, i) => {
    const isDiagnosis = i % 4 === 3
    const resource = isDiagnosis ? diagnosis(visit, day, roll, i) : result(visit, day, roll, i)
    const code = isDiagnosis ? pick(DIAGNOSES, roll)[0] : ''
    return {
      resource,
      sourceKey: `${visit}-${i}`,
      ...(isDiagnosis && { cohort: [{ code, ward: '26911', day }] }),
    }
  })
}

export const patientStated = (name: string): Stated => ({
  resource: {
    resourceType: 'Patient',
    active: true,
    name: [{ use: 'official', text: name }],
    gender: 'female',
    birthDate: '1985-02-11',
  },
  no: 0,
})
