/**
 * Makes the next preset dictionary of the pack codec: what resources of the city are full of, so that even a pack of
 * one compresses well. Run: node tools/make-dictionary.ts > packages/server/src/record/pack/dictionary-N.txt
 *
 * A dictionary that has been used is never changed: packs name theirs by number and cannot be opened without it.
 */
import { allLabTests, allMedicines, allVaccines, icd10Name } from '@sokhoe/codes'

/** What deflate can look back on. */
const WINDOW = 32_768

const COMMON_DIAGNOSES =
  'A09 A15.0 A90 A91 B01 B18.1 B34.9 D50 E03 E04 E10 E11 E11.9 E66 E78 E78.5 F32 F41 G43 G47.0 H10 H25 H52 H66 I10 ' +
  'I11 I20 I25 I48 I50 I63 I64 J00 J02 J03 J06.9 J18 J20 J30 J44 J45 J45.9 K02 K21 K25 K29 K29.7 K30 K58 K76.0 L20 ' +
  'L30 L50 M10 M15 M17 M47 M54.5 M81 N18 N20 N39.0 N40 O80 R05 R10 R42 R50 R51 S93 Z00 Z23 Z34 I10 E11 J06.9'

const ID = '7f3c1d52-9a0b-4e6f-8c2d-51b7e0a4936e'
const AT = '2026-03-14T09:26:53.589Z'
const HTEST = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }]
const patient = { reference: `Patient/${ID}` }
const encounter = { reference: `Encounter/${ID}` }
const head = (resourceType: string, source: string, self = false) => ({
  resourceType,
  id: ID,
  meta: {
    source: `urn:sokhoe:source:${source}`,
    security: HTEST,
    tag: [{ system: 'urn:sokhoe:assurance', code: self ? 'self-declared' : 'facility' }],
    versionId: '1',
    lastUpdated: AT,
  },
})
const statement = (value: string) => ({ identifier: [{ system: 'urn:sokhoe:statement', value }] })
const coded = (system: string, code: string, text: string) => ({
  coding: [{ system, code, display: text }],
  text,
})
const hl7 = (name: string, code: string, display: string) => [
  { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${name}`, code, display }] },
]
const loinc = (code: string, text: string) => coded('http://loinc.org', code, text)
const quantity = (value: number, unit: string) => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code: unit,
})
const times = { effectiveDateTime: '2026-03-14T08:15:00+07:00', issued: '2026-03-14T10:05:00+07:00' }

const declared = [
  {
    ...head('Patient', 'self', true),
    identifier: [
      { use: 'official', system: 'urn:sokhoe:id:cccd', value: '079185001234' },
      { use: 'official', system: 'urn:sokhoe:id:bhyt', value: 'DN4797912345678' },
    ],
    active: true,
    name: [{ use: 'official', text: 'Nguyễn Thị Lan', family: 'Nguyễn', given: ['Thị', 'Lan'] }],
    telecom: [{ system: 'phone', value: '0500000000', use: 'mobile' }],
    gender: 'female',
    birthDate: '1985-02-11',
    address: [
      {
        use: 'home',
        type: 'physical',
        text: 'Phường Bình Quới, Thành phố Hồ Chí Minh',
        line: [''],
        country: 'VN',
      },
    ],
  },
  {
    ...head('Consent', 'self', true),
    ...statement('consent/treatment'),
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient,
    dateTime: AT,
    performer: [patient],
    policy: [{ uri: 'urn:sokhoe:consent' }],
    provision: {
      type: 'permit',
      purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }],
    },
  },
  {
    ...head('QuestionnaireResponse', 'self', true),
    questionnaire: 'urn:sokhoe:form:831|2026-11',
    status: 'completed',
    subject: patient,
    authored: AT,
    author: patient,
    source: patient,
    item: [
      { linkId: 'identity', item: [{ linkId: 'A.01', answer: [{ valueString: 'Nguyễn Văn' }] }] },
      { linkId: 'first', item: [{ linkId: 'B', answer: [{ valueCoding: { code: 'none' } }] }] },
      { linkId: 'D', answer: [{ valueBoolean: true }, { valueDecimal: 1 }, { valueInteger: 2 }] },
      { linkId: 'E', answer: [{ valueDate: '2026-03-14' }, { valueQuantity: quantity(1, 'kg') }] },
    ],
  },
  {
    ...head('FamilyMemberHistory', 'self', true),
    ...statement('family/hypertension'),
    status: 'completed',
    patient,
    date: AT,
    relationship: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'FAMMEMB' }],
    },
    condition: [{ code: coded('http://hl7.org/fhir/sid/icd-10', 'I10', 'Tăng huyết áp') }],
  },
  {
    ...head('AllergyIntolerance', 'self', true),
    ...statement('allergy/penicillin'),
    clinicalStatus: hl7('allergyintolerance-clinical', 'active', 'Active')[0],
    verificationStatus: hl7('allergyintolerance-verification', 'unconfirmed', 'Unconfirmed')[0],
    type: 'allergy',
    category: ['medication'],
    code: coded('urn:sokhoe:allergen', 'ALG001', 'Penicilin'),
    patient,
    recordedDate: AT,
    recorder: patient,
    asserter: patient,
    reaction: [{ manifestation: [{ text: 'Nổi mẩn, ngứa' }], severity: 'mild' }],
  },
  {
    ...head('MedicationStatement', 'self', true),
    ...statement('medicine/C08CA01'),
    status: 'active',
    medicationCodeableConcept: coded('http://www.whocc.no/atc', 'C08CA01', 'Amlodipin'),
    subject: patient,
    effectivePeriod: { start: '2024' },
    dateAsserted: AT,
    informationSource: patient,
  },
]

const visited = [
  {
    ...head('Encounter', '79001'),
    identifier: [{ system: 'urn:sokhoe:source:79001', value: 'KB26-0031415' }],
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject: patient,
    period: { start: '2026-03-14T08:00:00+07:00', end: '2026-03-14T10:30:00+07:00' },
    reasonCode: [coded('http://hl7.org/fhir/sid/icd-10', 'E11.9', 'Đái tháo đường không phụ thuộc insulin')],
    serviceProvider: { identifier: { system: 'urn:sokhoe:facility', value: '79001' } },
  },
  {
    ...head('Immunization', '79001'),
    identifier: [{ system: 'urn:sokhoe:source:79001', value: 'TC26-0001' }],
    status: 'completed',
    vaccineCode: coded('http://hl7.org/fhir/sid/cvx', '08', 'Viêm gan B'),
    patient,
    occurrenceDateTime: '2026-03-14',
    primarySource: true,
    lotNumber: 'A123',
    protocolApplied: [{ doseNumberPositiveInt: 1 }],
  },
  {
    ...head('DiagnosticReport', '79001'),
    identifier: [{ system: 'urn:sokhoe:source:79001', value: 'XN26-0001' }],
    status: 'final',
    category: hl7('v2-0074', 'LAB', 'Laboratory'),
    code: { text: 'Xét nghiệm sinh hóa máu' },
    subject: patient,
    encounter,
    ...times,
    result: [{ reference: `Observation/${ID}` }, { reference: `Observation/${ID}` }],
  },
  {
    ...head('MedicationRequest', '79001'),
    identifier: [{ system: 'urn:sokhoe:source:79001', value: 'DT26-0001' }],
    status: 'completed',
    intent: 'order',
    medicationCodeableConcept: coded('http://www.whocc.no/atc', 'A10BA02', 'Metformin'),
    subject: patient,
    encounter,
    authoredOn: '2026-03-14T09:00:00+07:00',
    requester: { display: 'BS. Trần Văn' },
    dosageInstruction: [
      {
        text: 'Uống 1 viên x 2 lần/ngày, sáng chiều sau ăn',
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        route: coded('http://standardterms.edqm.eu', '20053000', 'Uống'),
        doseAndRate: [{ doseQuantity: quantity(1, '{tbl}') }],
      },
    ],
    dispenseRequest: { quantity: quantity(56, '{tbl}'), expectedSupplyDuration: quantity(28, 'd') },
  },
]

const condition = (code: string, text: string, self: boolean) => ({
  ...head('Condition', self ? 'self' : '79001', self),
  ...(self
    ? statement('condition/hypertension')
    : { identifier: [{ system: 'urn:sokhoe:source:79001', value: 'CD26-0001' }] }),
  clinicalStatus: hl7('condition-clinical', 'active', 'Active')[0],
  verificationStatus: hl7('condition-ver-status', self ? 'unconfirmed' : 'confirmed', 'Confirmed')[0],
  category: hl7(
    'condition-category',
    self ? 'problem-list-item' : 'encounter-diagnosis',
    self ? 'Problem List Item' : 'Encounter Diagnosis',
  ),
  code: coded('http://hl7.org/fhir/sid/icd-10', code, text),
  subject: patient,
  ...(!self && { encounter }),
  onsetDateTime: '2021',
  recordedDate: self ? AT : '2026-03-14T08:30:00+07:00',
  ...(self && { recorder: patient, asserter: patient }),
})

const observation = (category: string, code: object, value: object, self: boolean) => ({
  ...head('Observation', self ? 'self' : '79001', self),
  ...(self
    ? statement('observation/')
    : { identifier: [{ system: 'urn:sokhoe:source:79001', value: 'XN26-0002' }] }),
  status: 'final',
  category: hl7('observation-category', category, category === 'laboratory' ? 'Laboratory' : 'Vital Signs'),
  code,
  subject: patient,
  ...(!self && { encounter }),
  ...times,
  performer: self ? [patient] : [{ identifier: { system: 'urn:sokhoe:facility', value: '79001' } }],
  ...value,
})

const measured = (self: boolean) => [
  observation(
    'social-history',
    loinc('72166-2', 'Tình trạng hút thuốc lá'),
    {
      valueCodeableConcept: {
        coding: [{ system: 'http://loinc.org', code: 'LA18978-9' }],
        text: 'Không hút',
      },
    },
    self,
  ),
  observation('vital-signs', loinc('8280-0', 'Vòng eo'), { valueQuantity: quantity(81, 'cm') }, self),
  observation('vital-signs', loinc('8302-2', 'Chiều cao'), { valueQuantity: quantity(158, 'cm') }, self),
  observation('vital-signs', loinc('29463-7', 'Cân nặng'), { valueQuantity: quantity(54.5, 'kg') }, self),
  observation('vital-signs', loinc('8867-4', 'Mạch'), { valueQuantity: quantity(76, '/min') }, self),
  observation(
    'vital-signs',
    loinc('85354-9', 'Huyết áp'),
    {
      component: [
        { code: loinc('8480-6', 'Huyết áp tâm thu'), valueQuantity: quantity(128, 'mm[Hg]') },
        { code: loinc('8462-4', 'Huyết áp tâm trương'), valueQuantity: quantity(82, 'mm[Hg]') },
      ],
    },
    self,
  ),
]

const laboratory = observation(
  'laboratory',
  loinc('4548-4', 'HbA1c'),
  {
    valueQuantity: quantity(7.8, 'mmol/L'),
    interpretation: hl7('v3-ObservationInterpretation', 'H', 'High'),
    referenceRange: [{ low: quantity(3.9, 'mmol/L'), high: quantity(6.4, 'mmol/L'), text: '3.9 - 6.4' }],
  },
  false,
)

const names = [
  ...allVaccines().map(({ name, cvx, atc }) => [atc, cvx ?? '', name]),
  ...allMedicines().map(({ name, atc }) => [atc, name]),
  ...COMMON_DIAGNOSES.split(' ').map((code) => [code, icd10Name(code) ?? '']),
  ...allLabTests().map(({ name, loinc: code, unit }) => [code, name, unit ?? '']),
].map((parts) => parts.map((part) => JSON.stringify(part)).join(','))

const samples = [
  ...declared,
  ...measured(true),
  condition('E11', 'Đái tháo đường (tiểu đường)', true),
  ...visited,
  ...measured(false),
  condition('I10', 'Bệnh tăng huyết áp vô căn (nguyên phát)', false),
  laboratory,
].map((sample) => JSON.stringify(sample))

/** What is likeliest stands last: near things cost fewer bits. Of the names as many as fit, the commonest last. */
function dictionary(): Buffer {
  const likeliest = Buffer.from(samples.join('\n'))
  const room = WINDOW - likeliest.length - 300
  let before = ''
  for (const name of names.toReversed()) {
    const longer = `${name}\n${before}`
    if (Buffer.byteLength(longer) > room) break
    before = longer
  }
  return Buffer.concat([Buffer.from(before), likeliest])
}

process.stdout.write(dictionary())
