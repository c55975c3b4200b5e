import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeSummaries } from '../../../../../tools/make-summaries.ts'
import { ELEMENTS } from './elements.generated.ts'
import { type Definitions, type Parameter, readQuery, shorten } from './index.ts'

/** Written by hand, so that what is tried is the reading of queries alone. */
const PARAMETERS: readonly (Parameter & { readonly element?: string; readonly is?: string })[] = [
  { name: 'code', type: 'token', element: 'code', is: 'CodeableConcept' },
  { name: 'status', type: 'token', element: 'status', is: 'code' },
  { name: 'active', type: 'token', element: 'active', is: 'boolean' },
  { name: 'identifier', type: 'token', element: 'identifier', is: 'Identifier' },
  { name: 'telecom', type: 'token', element: 'telecom', is: 'ContactPoint' },
  { name: 'name', type: 'string', element: 'name', is: 'HumanName' },
  { name: 'title', type: 'string', element: 'title', is: 'string' },
  { name: 'date', type: 'date', element: 'effective', is: 'dateTime' },
  { name: 'value', type: 'quantity', element: 'value', is: 'Quantity' },
  { name: 'probability', type: 'number', element: 'probability', is: 'decimal' },
  { name: 'url', type: 'uri', element: 'url', is: 'uri' },
  { name: 'subject', type: 'reference', element: 'subject', is: 'Reference', target: ['Patient', 'Group'] },
  { name: 'code-value', type: 'composite', components: [{ type: 'token' }, { type: 'quantity' }] },
]

const of = (resource: { readonly [element: string]: unknown }, element = '') =>
  [resource[element]].flat().filter((value) => value !== undefined)

const definitions: Definitions = {
  parameter: (_type, name) => PARAMETERS.find((each) => each.name === name),
  values: (resource, name) => {
    const { element, is = '' } = PARAMETERS.find((each) => each.name === name) ?? {}
    return of(resource, element).map((value) => ({ value, type: is }))
  },
  parts: (resource) => [
    [
      of(resource, 'code').map((value) => ({ value, type: 'CodeableConcept' })),
      of(resource, 'value').map((value) => ({ value, type: 'Quantity' })),
    ],
  ],
}

const LOINC = 'http://loinc.org'
const FACTORS: Readonly<Record<string, number>> = { g: 1, mg: 0.001, kg: 1000 }
const given = {
  fold: (text: string) =>
    text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').trim(),
  convert: (value: number, from: string, to: string) => {
    const [a, b] = [FACTORS[from], FACTORS[to]]
    return a === undefined || b === undefined ? undefined : (value * a) / b
  },
  memberOf: (valueSet: string) =>
    valueSet === 'http://set' ? (_system: string | undefined, code: string) => code === 'a' : undefined,
  ancestorsOf: (system: string) =>
    system === LOINC ? (code: string) => (code === 'child' ? ['parent'] : []) : undefined,
  base: 'https://house.vn/fhir/R4',
  now: new Date('2026-11-23T05:00:00Z'),
  alike: (reference: string) =>
    reference === 'Patient/lan' ? new Set(['Patient/lan', 'Patient/lan-elsewhere']) : undefined,
}

const read = (query: string) =>
  readQuery(
    ['Observation'],
    query.split('&').map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [name, value.join('=')]
    }),
    { definitions, given },
  )

/** Whether a resource is found; a fault is none. */
function finds(query: string, resource: object): boolean {
  const { conditions, faults, unknown } = read(query)
  expect({ faults, unknown }).toEqual({ faults: [], unknown: [] })
  return (conditions.get('Observation') ?? []).every(
    (condition) =>
      condition.kind === 'filter' && condition.test({ resourceType: 'Observation', ...resource }),
  )
}

const sugar = { code: { coding: [{ system: LOINC, code: '2339-0', display: 'Đường huyết' }], text: 'Sugar' } }

test.each([
  ['code=2339-0', true],
  [`code=${LOINC}|2339-0`, true],
  [`code=${LOINC}|`, true],
  ['code=|2339-0', false],
  ['code=http://snomed.info/sct|2339-0', false],
  ['code=1,2339-0', true],
  ['code=1&code=2339-0', false],
  ['code:not=2339-0', false],
  ['code:not=1', true],
  ['code:text=duong', true],
  ['code:text=huyet', true],
  ['code:text=uong', false],
  ['code:missing=false', true],
  ['status:missing=true', true],
])('a code: %s finds it: %s', (query, expected) => {
  expect(finds(query, sugar)).toBe(expected)
})

test('codes without a system, yes and no, and letters in another case', () => {
  expect(finds('status=FINAL', { status: 'final' })).toBe(true)
  expect(finds('status=http://hl7.org/fhir/observation-status|final', { status: 'final' })).toBe(true)
  expect(finds('status=http://elsewhere|final', { status: 'final' })).toBe(false)
  expect(finds('active=true', { active: true })).toBe(true)
  expect(finds('active=false', { active: true })).toBe(false)
  expect(finds('code=|x', { code: { coding: [{ code: 'x' }] } })).toBe(true)
  expect(finds('code:in=http://set', { code: { coding: [{ code: 'a' }] } })).toBe(true)
  expect(finds('code:not-in=http://set', { code: { coding: [{ code: 'a' }] } })).toBe(false)
})

test('codes above and below another, as their system orders them', () => {
  const coded = (code: string) => ({ code: { coding: [{ system: LOINC, code }] } })
  expect(finds(`code:below=${LOINC}|parent`, coded('child'))).toBe(true)
  expect(finds(`code:below=${LOINC}|parent`, coded('parent'))).toBe(true)
  expect(finds(`code:below=${LOINC}|child`, coded('parent'))).toBe(false)
  expect(finds(`code:above=${LOINC}|child`, coded('parent'))).toBe(true)
  expect(read('code:below=http://elsewhere|x').faults).toMatchObject([{ code: 'not-supported' }])
  expect(read('code:below=x').faults).toMatchObject([{ code: 'invalid' }])
})

test('numbers of people: of a house, of a kind, and by telephone', () => {
  const identifier = [
    { system: 'http://mrn', value: 'A|7', type: { coding: [{ system: 'http://k', code: 'MR' }] } },
  ]
  expect(finds('identifier=http://mrn|A\\|7', { identifier })).toBe(true)
  expect(finds('identifier=http://mrn|', { identifier })).toBe(true)
  expect(finds('identifier=http://mrn|A', { identifier })).toBe(false)
  expect(finds('identifier:of-type=http://k|MR|A\\|7', { identifier })).toBe(true)
  expect(finds('identifier:of-type=http://k|XX|A\\|7', { identifier })).toBe(false)
  const telecom = [{ system: 'phone', value: '0901', use: 'mobile' }]
  expect(finds('telecom=0901', { telecom })).toBe(true)
  expect(finds('telecom=phone|0901', { telecom })).toBe(true)
  expect(finds('telecom=email|0901', { telecom })).toBe(false)
})

const name = [{ text: 'Nguyễn Thị Đào', family: 'Nguyễn', given: ['Thị', 'Đào'] }]

test.each([
  ['name=nguyen', true],
  ['name=NGUYỄN', true],
  ['name=dao', true],
  ['name=đào', true],
  ['name=thi dao', true],
  ['name=uyen', false],
  ['name:contains=uyen', true],
  ['name:exact=Nguyễn', true],
  ['name:exact=Nguyen', false],
  ['name:exact=nguyễn', false],
  ['name=x,dao', true],
])('a Vietnamese name: %s finds her: %s', (query, expected) => {
  expect(finds(query, { name })).toBe(expected)
})

test.each([
  ['date=2026-03-14', '2026-03-14', true],
  ['date=2026-03', '2026-03-14', true],
  ['date=2026-03-14', '2026-03', false],
  ['date=ne2026-03-14', '2026-03', true],
  // the city's day, whatever the offset in which it is written
  ['date=2026-03-15', '2026-03-14T18:00:00Z', true],
  ['date=2026-03-14', '2026-03-14T18:00:00Z', false],
  ['date=2026-03-14T18:00Z', '2026-03-15T01:00:30+07:00', true],
  ['date=gt2026-03-14', '2026-03-14', false],
  ['date=ge2026-03-14', '2026-03-14', true],
  ['date=gt2026-03-14', '2026-03', true],
  ['date=sa2026-03-14', '2026-03', false],
  ['date=sa2026-03-14', '2026-03-15', true],
  ['date=eb2026-03-14', '2026-03-13', true],
  ['date=lt2026-03-14', '2026-03-13T23:59:59+07:00', true],
  ['date=le2026-03-14', '2026-03-14T23:59:59+07:00', true],
  ['date=le2026-03-14', '2026-03-15T00:00:00+07:00', false],
  ['date=ap2026-11', '2026-10', true],
  ['date=ap2026-11-22', '2025-10', false],
])('a day: %s and %s: %s', (query, effective, expected) => {
  expect(finds(query, { effective })).toBe(expected)
})

test('a stay is found by what lies within it, and an open one goes on', () => {
  const stay = { effective: { start: '2026-03-01', end: '2026-03-10' } }
  expect(finds('date=2026-03', stay)).toBe(true)
  expect(finds('date=2026-03-05', stay)).toBe(false)
  expect(finds('date=ge2026-03-05', stay)).toBe(true)
  expect(finds('date=sa2026-03-05', stay)).toBe(false)
  expect(finds('date=gt2030', { effective: { start: '2026-03-01' } })).toBe(true)
  expect(finds('date=ge2026-03-05', { effective: { event: ['2026-03-01', '2026-03-06'] } })).toBe(true)
  expect(
    finds('date=lt2026', { effective: { repeat: { boundsPeriod: { start: '2025', end: '2027' } } } }),
  ).toBe(true)
})

test.each([
  ['probability=0.8', 0.8, true],
  ['probability=0.8', 0.84, true],
  ['probability=0.8', 0.85, false],
  ['probability=0.80', 0.84, false],
  ['probability=100', 99.5, true],
  ['probability=100', 100.5, false],
  // half of what the last written digit is worth, as R5 put it right
  ['probability=1e2', 50, true],
  ['probability=1e2', 150, false],
  ['probability=1.00e2', 100.5, false],
  ['probability=5.4', 5.35, true],
  ['probability=-5', -5.4, true],
  ['probability=gt0.8', 0.8, false],
  ['probability=gt0.8', 0.8000001, true],
  ['probability=ge0.8', 0.8, true],
  ['probability=lt0.8', 0.8, false],
  ['probability=ne0.8', 0.84, false],
  ['probability=ap100', 109, true],
  ['probability=ap100', 112, false],
])('a figure: %s and %d: %s', (query, probability, expected) => {
  expect(finds(query, { probability })).toBe(expected)
})

const grams = { value: { value: 5.4, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' } }

test.each([
  ['value=5.4', true],
  ['value=5.4|http://unitsofmeasure.org|g', true],
  ['value=5.4||g', true],
  ['value=5400|http://unitsofmeasure.org|mg', true],
  ['value=5400||mg', true],
  ['value=lt0.006|http://unitsofmeasure.org|kg', true],
  ['value=5.4|http://unitsofmeasure.org|mm', false],
  ['value=5.4|http://elsewhere|g', false],
  ['value=gt5.4||g', false],
])('a measured value: %s finds it: %s', (query, expected) => {
  expect(finds(query, grams)).toBe(expected)
})

test('what a laboratory could only bound may be anything beyond', () => {
  const below = { value: { value: 5, comparator: '<', unit: 'g', code: 'g' } }
  expect(finds('value=lt3', below)).toBe(true)
  expect(finds('value=gt6', below)).toBe(false)
  expect(finds('value=5', below)).toBe(false)
})

test('code and value fit together in one composite, or not at all', () => {
  const both = { ...sugar, ...grams }
  expect(finds(`code-value=${LOINC}|2339-0$gt5`, both)).toBe(true)
  expect(finds(`code-value=${LOINC}|2339-0$gt6`, both)).toBe(false)
  expect(read('code-value=2339-0').faults).toMatchObject([{ code: 'invalid', parameter: 'code-value' }])
})

test.each([
  ['subject=Patient/lan', true],
  ['subject=lan', true],
  ['subject:Patient=lan', true],
  ['subject=https://house.vn/fhir/R4/Patient/lan', true],
  ['subject=Group/lan', false],
  ['subject:Group=lan', false],
  ['subject=Patient/lan/_history/2', false],
  ['subject:identifier=http://mrn|7', true],
  ['subject:identifier=http://mrn|8', false],
])('whom it is about: %s finds it: %s', (query, expected) => {
  const subject = { reference: 'Patient/lan', identifier: { system: 'http://mrn', value: '7' } }
  expect(finds(query, { subject })).toBe(expected)
})

test('all Patients of one person are alike', () => {
  const subject = { reference: 'Patient/lan-elsewhere' }
  expect(finds('subject=Patient/lan', { subject })).toBe(true)
  expect(finds('subject=lan', { subject })).toBe(true)
  expect(finds('subject=Patient/mai', { subject })).toBe(false)
})

test('addresses are compared letter by letter, above and below by whole steps', () => {
  const url = 'http://acme.org/fhir/ValueSet/1'
  expect(finds(`url=${url}`, { url })).toBe(true)
  expect(finds('url=http://acme.org/fhir', { url })).toBe(false)
  expect(finds('url:below=http://acme.org/fhir', { url })).toBe(true)
  expect(finds('url:below=http://acme.org/fh', { url })).toBe(false)
  expect(finds(`url:above=${url}/x`, { url })).toBe(true)
})

test.each([
  ['date=yesterday', 'invalid', 'date'],
  ['date=2026-02-30', 'invalid', 'date'],
  ['probability=many', 'invalid', 'probability'],
  ['value=5|g', 'invalid', 'value'],
  ['code=a|b|c', 'invalid', 'code'],
  ['code=', 'invalid', 'code'],
  ['code=a,', 'invalid', 'code'],
  ['code:exact=a', 'not-supported', 'code:exact'],
  ['code:missing=perhaps', 'invalid', 'code:missing'],
  ['code:in=http://unknown', 'not-supported', 'code:in'],
  ['name=%20', 'invalid', 'name'],
  ['subject:Practitioner=1', 'not-supported', 'subject:Practitioner'],
  ['subject.subject.subject.subject.code=1', 'too-costly', 'subject.subject.subject.subject.code'],
  ['code.code=1', 'invalid', 'code.code'],
  ['_filter=code eq 1', 'not-supported', '_filter'],
  ['_has:Observation:code=1', 'invalid', '_has:Observation:code'],
  ['_has:Observation:code:code=1', 'invalid', '_has:Observation:code:code'],
  ['_sort=nothing', 'invalid', '_sort'],
  ['_count=-1', 'invalid', '_count'],
  ['_summary=yes', 'invalid', '_summary'],
  ['_include=x', 'invalid', '_include'],
  ['_total=all', 'invalid', '_total'],
])('%s is refused as %s, and the value is not told back', (query, code, parameter) => {
  const given = query.replace('%20', ' ')
  const { faults } = read(given)
  expect(faults).toMatchObject([{ code, parameter }])
  const value = given.split('=')[1] ?? ''
  if (value.length > 1) expect(faults[0]?.text).not.toContain(value)
})

test('what is unknown is told by its name, if it looks like one', () => {
  expect(read('colour=red&code=1').unknown).toEqual(['colour'])
  expect(read('<script>=red').unknown).toEqual([''])
  expect(read('subject.colour=1').unknown).toEqual(['subject.colour'])
})

test('how the answer is to look is read apart from what is searched', () => {
  const { wishes, conditions } = read(
    '_sort=-date,code&_count=7&_include=Observation:subject:Patient&_include:iterate=*&_elements=code,value.unit&_total=accurate',
  )
  expect(conditions.get('Observation')).toEqual([])
  expect(wishes).toMatchObject({
    sort: [
      { name: 'date', descending: true },
      { name: 'code', descending: false },
    ],
    count: 7,
    include: [
      { source: 'Observation', parameter: 'subject', target: 'Patient', iterate: false },
      { source: '*', parameter: '*', iterate: true },
    ],
    elements: ['code', 'value'],
    total: 'accurate',
  })
})

test('chains are read to what stands at their end, both ways', () => {
  const [chained] = read('subject:Patient.name=lan').conditions.get('Observation') ?? []
  expect(chained).toMatchObject({ kind: 'chained', parameter: { name: 'subject' } })
  const [both] = read('subject.name=lan').conditions.get('Observation') ?? []
  expect(both?.kind === 'chained' && [...both.inner.keys()]).toEqual(['Patient', 'Group'])
  const patient = readQuery(['Patient'], [['_has:Observation:subject:code', '1']], { definitions, given })
  expect(patient.conditions.get('Patient')).toMatchObject([
    { kind: 'reverse', type: 'Observation', parameter: { name: 'subject' }, inner: { kind: 'filter' } },
  ])
})

test('whatever is asked is read or refused, and nothing is ever thrown', () => {
  const name = fc.oneof(
    fc.constantFrom(...PARAMETERS.map((each) => each.name), '_sort', '_include', '_has:Observation:subject'),
    fc.constantFrom('__proto__', 'constructor', 'toString', '_sort:constructor', '_has:__proto__:subject'),
    fc.string(),
  )
  const pair = fc.tuple(
    fc
      .tuple(name, fc.constantFrom('', ':missing', ':not', ':exact', ':in', '.code', '.'))
      .map((parts) => parts.join('')),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('2026', '5||g', 'a|b', 'a$b', '\\', ',,', '(a+)+$'),
    ),
  )
  const resource = { resourceType: 'Observation', ...sugar, ...grams, name, effective: '2026' }
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 4 }), (pairs) => {
      const { conditions, faults } = readQuery(['Observation'], pairs, { definitions, given })
      for (const condition of conditions.get('Observation') ?? [])
        if (condition.kind === 'filter') condition.test(resource)
      expect(faults.every(({ text }) => text.length > 0)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('ten thousand parameters are refused at once', () => {
  const pairs = Array.from({ length: 10_000 }, () => ['code', '1'] as const)
  expect(readQuery(['Observation'], pairs, { definitions, given })).toMatchObject({
    faults: [{ code: 'too-long' }],
  })
})

test('what a summary shows is what the definitions say today', () => {
  expect(makeSummaries()).toContain(`\`${ELEMENTS}\``)
})

test('a part of a resource says that it is a part, and keeps what must be there', () => {
  const resource = {
    resourceType: 'Observation',
    id: '1',
    meta: { tag: [{ code: 'mine' }] },
    text: { status: 'generated' },
    status: 'final',
    code: { text: 'HA' },
    valueQuantity: { value: 1 },
    _valueQuantity: { id: 'x' },
    interpretation: [{ text: 'cao' }],
    component: [{ code: { text: 'tâm thu' }, interpretation: [{ text: 'cao' }] }],
  }
  const whole = { summary: 'false', elements: [] } as const
  const names = (part: object) => Object.keys(part)
  expect(names(shorten(resource, { ...whole, elements: ['value'] }))).toEqual([
    ...['resourceType', 'id', 'meta', 'status', 'code', 'valueQuantity', '_valueQuantity'],
  ])
  expect(names(shorten(resource, { ...whole, summary: 'text' }))).toEqual([
    ...['resourceType', 'id', 'meta', 'text', 'status', 'code'],
  ])
  expect(shorten(resource, { ...whole, summary: 'data' })).not.toHaveProperty('text')
  const summary = shorten(resource, { ...whole, summary: 'true' })
  expect(summary).toMatchObject({
    meta: { tag: [{ code: 'mine' }, { code: 'SUBSETTED' }] },
    component: [{ code: { text: 'tâm thu' } }],
  })
  expect(JSON.stringify(summary)).not.toContain('cao')
})
