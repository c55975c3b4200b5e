import type { Topic } from '@sokhoe/model/topics'
import type { Line } from './lines.ts'
import type { Column, PaperPart } from './paper.ts'
import {
  codeIn,
  codingsOf,
  componentsOf,
  dayText,
  firstOf,
  foundIn,
  isOver,
  listOf,
  objectOf,
  rangeOf,
  textOf,
  verdictOf,
  wordsOf,
} from './words.ts'

/** One table of form 831 (Decision 831/QĐ-BYT, 2017): which lines belong to it and how each reads. */
export interface Plan {
  readonly part: PaperPart
  /** A reader to whom this is not open finds no such table, rather than an empty one. */
  readonly topic: Topic
  /** Made of what may be shown only with a grant of its own. */
  readonly restricted?: true
  readonly title: string
  readonly columns: readonly Column[]
  readonly belongs: (line: Line) => boolean
  readonly cells: (line: Line) => readonly string[]
  readonly absent: string
}

const place: Column = { title: 'Nơi ghi', share: 2.6 }
const day = (title: string): Column => ({ title, share: 1.5 })
const main = (title: string, share = 3.4): Column => ({ title, share, strong: true })

const dayOf = (line: Line): string => dayText(line.date)
const isType =
  (...types: readonly string[]) =>
  ({ type }: Line): boolean =>
    types.includes(type)

/** linkIds of the form that a line answers: 'B1.4'. */
const formCodes = ({ resource }: Line): string[] =>
  [...codingsOf(resource['code']), ...codingsOf(resource['medicationCodeableConcept'])]
    .filter((coding) => textOf(coding['system']).startsWith('urn:sokhoe:form:'))
    .map((coding) => textOf(coding['code']))

const answers =
  (pattern: RegExp) =>
  (line: Line): boolean =>
    line.type === 'Observation' && formCodes(line).some((code) => pattern.test(code))

const hasCategory = ({ resource }: Line, code: string): boolean =>
  (Array.isArray(resource['category']) ? resource['category'] : []).some((category) =>
    codingsOf(category).some((coding) => coding['code'] === code),
  )

/** Parts of a question are told behind its answer: "Không hút; Trước đây có hút: không". */
function answerOf({ resource }: Line): string {
  const own = foundIn(resource)
  const parts = componentsOf(resource)
  return [own, parts]
    .map((value) => (value ? `${value.text} ${value.unit}`.trim() : ''))
    .filter(Boolean)
    .join('; ')
}

const QUESTION: readonly Column[] = [
  main('Câu hỏi', 4),
  { title: 'Trả lời', share: 4 },
  day('Ngày ghi'),
  place,
]
const questionCells = (line: Line): string[] => [
  wordsOf(line.resource['code']),
  answerOf(line),
  dayOf(line),
  line.place,
]
const question = (title: string, pattern: RegExp, topic: Topic = 'basics'): Plan => ({
  part: 'basics',
  topic,
  title,
  columns: QUESTION,
  belongs: answers(pattern),
  cells: questionCells,
  absent: 'Chưa khai phần này.',
})

const of =
  (scope: string) =>
  (line: Line): boolean =>
    line.key.startsWith(`${scope}/`)
const isDisability = of('disability')
const isOfWomb = of('reproductive-disease')
const isAtBirth = of('birth-defect')
/** "Nobody knows of any" is a statement, and no warning. */
export const isNoAllergy = ({ code, key }: Line): boolean => /^no-/.test(code) || key === 'allergy/none'

export function reactionOf({ resource }: Line): string {
  const told = listOf(resource['reaction']).map((reaction) => {
    const [first] = Array.isArray(reaction['manifestation']) ? reaction['manifestation'] : []
    return firstOf(textOf(reaction['description']), wordsOf(first))
  })
  return told.filter(Boolean).join(', ')
}

export const sinceOf = ({ resource }: Line): string =>
  firstOf(dayText(resource['onsetDateTime']), textOf(resource['onsetString']))

const conditionCells = (line: Line): string[] => [
  `${wordsOf(line.resource['code'])}${isOver(line.resource) ? ' (đã khỏi)' : ''}`,
  codeIn(line.resource['code'], 'icd-10'),
  sinceOf(line),
  dayText(line.resource['recordedDate']),
  line.place,
]
export const CONDITION: readonly Column[] = [
  main('Bệnh'),
  { title: 'ICD-10', share: 1 },
  { title: 'Có từ', share: 1.3 },
  day('Ghi gần nhất'),
  place,
]

function familyCells(line: Line): string[] {
  const illnesses = listOf(line.resource['condition']).map(({ code }) => wordsOf(code))
  return [
    illnesses.filter(Boolean).join(', '),
    wordsOf(line.resource['relationship']),
    dayOf(line),
    line.place,
  ]
}

const doseOf = ({ resource }: Line): string => {
  const dose = listOf(resource['protocolApplied'])[0]?.['doseNumberPositiveInt']
  return typeof dose === 'number' ? String(dose) : ''
}

const vaccineCells = (line: Line): string[] => {
  const { resource } = line
  const given = firstOf(dayText(resource['occurrenceDateTime']), textOf(resource['occurrenceString']))
  return [
    wordsOf(resource['vaccineCode']),
    doseOf(line),
    resource['status'] === 'not-done' ? 'chưa tiêm' : given,
    line.place,
  ]
}

const usageOf = ({ resource }: Line): string => {
  if (resource['status'] === 'not-taken') return 'không dùng'
  const dosage = [...listOf(resource['dosage']), ...listOf(resource['dosageInstruction'])]
  return dosage
    .map(({ text }) => textOf(text))
    .filter(Boolean)
    .join('; ')
}

const medicine = (part: PaperPart, topic: Topic, title: string, type: string, when: string): Plan => ({
  part,
  topic,
  title,
  columns: [main('Thuốc'), { title: 'Cách dùng', share: 3.2 }, day(when), { ...place, title: 'Nơi ghi, kê' }],
  belongs: isType(type),
  cells: (line) => [
    wordsOf(line.resource['medicationCodeableConcept']),
    usageOf(line),
    dayOf(line),
    line.place,
  ],
  absent: 'Chưa ghi nhận thuốc nào.',
})

function visitCells(line: Line): string[] {
  const reasons = Array.isArray(line.resource['reasonCode']) ? line.resource['reasonCode'] : []
  return [dayOf(line), line.place, reasons.map(wordsOf).filter(Boolean).join('; ')]
}

const isOfForm = (line: Line): boolean => formCodes(line).some((code) => /^(?:A|B|C)[.\d]|^risk\./.test(code))

const RESULT: readonly Column[] = [
  main('Tên', 3),
  { title: 'Kết quả', share: 1.6, align: 'right', strong: true },
  { title: 'Đơn vị', share: 1.4 },
  { title: 'Tham chiếu', share: 1.4 },
  day('Ngày'),
  { title: 'Nơi làm', share: 2.6 },
]
function resultCells(line: Line): string[] {
  const { resource } = line
  const value = foundIn(resource) ?? componentsOf(resource)
  const text = firstOf(value?.text ?? '', textOf(resource['conclusion']), 'không ghi kết quả')
  return [
    wordsOf(resource['code']),
    `${text}${verdictOf(resource)}`,
    value?.unit ?? '',
    rangeOf(resource),
    dayOf(line),
    line.place,
  ]
}

const documentCells = (line: Line): string[] => {
  const { resource } = line
  const [content] = listOf(resource['content'])
  const attached = objectOf(content?.['attachment'])
  const name = firstOf(
    textOf(resource['description']),
    textOf(attached['title']),
    wordsOf(resource['type']),
    'Giấy tờ',
  )
  return [name, dayOf(line), line.place]
}

const REST: Readonly<Record<string, string>> = {
  DiagnosticReport: 'Phiếu kết quả',
  ImagingStudy: 'Hình ảnh',
  ServiceRequest: 'Chỉ định',
  CarePlan: 'Kế hoạch chăm sóc',
  Appointment: 'Lịch hẹn',
}

/** In the order in which they are printed. */
export const PLANS: readonly Plan[] = [
  {
    part: 'basics',
    topic: 'basics',
    title: 'B3. Dị ứng',
    columns: [main('Dị ứng'), { title: 'Phản ứng', share: 2.6 }, day('Ngày ghi'), place],
    belongs: isType('AllergyIntolerance'),
    cells: (line) => [
      wordsOf(line.resource['code']),
      reactionOf(line),
      dayText(line.resource['recordedDate']),
      line.place,
    ],
    absent: 'Chưa hỏi dị ứng.',
  },
  {
    part: 'basics',
    topic: 'basics',
    title: 'B3. Bệnh tật',
    columns: CONDITION,
    belongs: (line) =>
      line.type === 'Condition' && !isDisability(line) && !isOfWomb(line) && !isAtBirth(line),
    cells: conditionCells,
    absent: 'Chưa ghi nhận bệnh nào.',
  },
  medicine('basics', 'basics', 'Thuốc đang dùng', 'MedicationStatement', 'Ngày ghi'),
  question('Nhóm máu', /^A\.0[34]$/),
  question('B1. Tình trạng lúc sinh', /^B1\./),
  question('B2. Yếu tố nguy cơ đối với sức khỏe', /^B2\.|^risk\./),
  {
    part: 'basics',
    topic: 'basics',
    title: 'B4. Khuyết tật',
    columns: CONDITION,
    belongs: (line) => line.type === 'Condition' && isDisability(line),
    cells: conditionCells,
    absent: 'Chưa ghi nhận khuyết tật nào.',
  },
  {
    part: 'basics',
    topic: 'basics',
    title: 'B5. Phẫu thuật, thủ thuật',
    columns: [main('Phẫu thuật'), day('Năm'), place],
    belongs: isType('Procedure'),
    cells: (line) => [
      wordsOf(line.resource['code']),
      firstOf(dayText(line.resource['performedDateTime']), textOf(line.resource['performedString'])),
      line.place,
    ],
    absent: 'Chưa ghi nhận phẫu thuật nào.',
  },
  {
    part: 'family',
    topic: 'basics',
    title: 'B6. Tiền sử gia đình',
    columns: [main('Bệnh, dị ứng'), { title: 'Ai', share: 3 }, day('Ngày ghi'), place],
    belongs: isType('FamilyMemberHistory'),
    cells: familyCells,
    absent: 'Chưa khai tiền sử gia đình.',
  },
  { ...question('B7. Sức khỏe sinh sản', /^B7\./, 'reproductive'), restricted: true },
  question('B8. Vấn đề khác', /^B8\.|^C\.4$/),
  {
    part: 'immunisation',
    topic: 'immunisation',
    title: 'C. Tiêm chủng',
    columns: [
      main('Vắc xin', 4),
      { title: 'Mũi', share: 0.8 },
      day('Ngày tiêm'),
      { ...place, title: 'Nơi tiêm, ghi' },
    ],
    belongs: isType('Immunization'),
    cells: vaccineCells,
    absent: 'Chưa ghi nhận mũi tiêm nào.',
  },
  {
    part: 'visits',
    topic: 'visits',
    title: 'D. Lần khám, chữa bệnh',
    columns: [
      day('Ngày'),
      { title: 'Nơi khám', share: 3.4, strong: true },
      { title: 'Chẩn đoán, lý do', share: 4 },
    ],
    belongs: isType('Encounter'),
    cells: visitCells,
    absent: 'Chưa ghi nhận lần khám nào.',
  },
  medicine('visits', 'basics', 'D. Thuốc được kê', 'MedicationRequest', 'Ngày kê'),
  {
    part: 'results',
    topic: 'results',
    title: 'D2. Dấu hiệu sinh tồn, chỉ số nhân trắc',
    columns: RESULT,
    belongs: (line) => line.type === 'Observation' && hasCategory(line, 'vital-signs') && !isOfForm(line),
    cells: resultCells,
    absent: 'Chưa có số đo nào.',
  },
  {
    part: 'results',
    topic: 'results',
    title: 'D3. Kết quả cận lâm sàng',
    columns: RESULT,
    belongs: (line) => line.type === 'Observation' && !hasCategory(line, 'vital-signs') && !isOfForm(line),
    cells: resultCells,
    absent: 'Chưa có kết quả nào.',
  },
  {
    part: 'documents',
    topic: 'documents',
    title: 'Giấy tờ',
    columns: [main('Giấy tờ', 5), day('Ngày'), place],
    belongs: isType('DocumentReference'),
    cells: documentCells,
    absent: 'Chưa có giấy tờ nào.',
  },
  {
    part: 'visits',
    topic: 'visits',
    title: 'D. Chỉ định, phiếu, lịch hẹn',
    columns: [main('Loại', 2), { title: 'Nội dung', share: 4 }, day('Ngày'), place],
    belongs: ({ type }) => type in REST,
    cells: (line) => [
      REST[line.type] ?? line.type,
      firstOf(
        wordsOf(line.resource['code']),
        textOf(line.resource['description']),
        textOf(line.resource['title']),
      ),
      dayOf(line),
      line.place,
    ],
    absent: 'Chưa ghi nhận.',
  },
]
