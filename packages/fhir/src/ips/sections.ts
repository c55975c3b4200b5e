/** The sections of an International Patient Summary, in the order in which a doctor reads them. */
export interface Section {
  readonly id: SectionId
  readonly loinc: string
  /** LOINC's own words. */
  readonly display: string
  /** What people here call it. */
  readonly title: string
  /** It stands in every summary, with a reason where nothing is known. */
  readonly required?: true
  /** Said where nothing is known. */
  readonly nothing: string
}

export type SectionId =
  | 'allergies'
  | 'problems'
  | 'medications'
  | 'alerts'
  | 'immunizations'
  | 'results'
  | 'vitals'
  | 'procedures'
  | 'devices'
  | 'past'
  | 'function'
  | 'social'
  | 'pregnancy'
  | 'plan'
  | 'directives'

/** @see http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips version 2.0.0 */
export const SECTIONS: readonly Section[] = [
  {
    id: 'allergies',
    loinc: '48765-2',
    display: 'Allergies and adverse reactions Document',
    title: 'Dị ứng và không dung nạp',
    required: true,
    nothing: 'Chưa có thông tin về dị ứng.',
  },
  {
    id: 'problems',
    loinc: '11450-4',
    display: 'Problem list - Reported',
    title: 'Bệnh và vấn đề sức khỏe hiện tại',
    required: true,
    nothing: 'Chưa có thông tin về bệnh hiện tại.',
  },
  {
    id: 'medications',
    loinc: '10160-0',
    display: 'History of Medication use Narrative',
    title: 'Thuốc đang dùng',
    required: true,
    nothing: 'Chưa có thông tin về thuốc đang dùng.',
  },
  { id: 'alerts', loinc: '104605-1', display: 'Alert', title: 'Cảnh báo', nothing: '' },
  {
    id: 'immunizations',
    loinc: '11369-6',
    display: 'History of Immunization Narrative',
    title: 'Tiêm chủng',
    nothing: '',
  },
  {
    id: 'results',
    loinc: '30954-2',
    display: 'Relevant diagnostic tests/laboratory data Narrative',
    title: 'Kết quả xét nghiệm và chẩn đoán',
    nothing: '',
  },
  { id: 'vitals', loinc: '8716-3', display: 'Vital signs', title: 'Dấu hiệu sinh tồn', nothing: '' },
  {
    id: 'procedures',
    loinc: '47519-4',
    display: 'History of Procedures Document',
    title: 'Phẫu thuật và thủ thuật',
    nothing: '',
  },
  {
    id: 'devices',
    loinc: '46264-8',
    display: 'History of medical device use',
    title: 'Thiết bị y tế',
    nothing: '',
  },
  {
    id: 'past',
    loinc: '11348-0',
    display: 'History of Past illness Narrative',
    title: 'Bệnh đã qua',
    nothing: '',
  },
  {
    id: 'function',
    loinc: '47420-5',
    display: 'Functional status assessment note',
    title: 'Tình trạng chức năng',
    nothing: '',
  },
  {
    id: 'social',
    loinc: '29762-2',
    display: 'Social history Narrative',
    title: 'Lối sống và hoàn cảnh',
    nothing: '',
  },
  {
    id: 'pregnancy',
    loinc: '10162-6',
    display: 'History of pregnancies Narrative',
    title: 'Thai sản',
    nothing: '',
  },
  {
    id: 'plan',
    loinc: '18776-5',
    display: 'Plan of care note',
    title: 'Kế hoạch chăm sóc',
    nothing: '',
  },
  {
    id: 'directives',
    loinc: '42348-3',
    display: 'Advance directives',
    title: 'Ý nguyện đặt trước',
    nothing: '',
  },
]
