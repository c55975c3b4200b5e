import { decimal, type FhirResource } from '@sokhoe/fhir'
import { Accesses, BookHome, BookList, Series, SeriesList, Timeline } from '@sokhoe/model/reading'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, residentAt } from '../../../test/resident.ts'
import { booksAt, raiseLevel, sourcePatient } from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { readPublicId } from '../../platform/ids.ts'
import { put } from '../../record/index.ts'

type House = Awaited<ReturnType<typeof openTestHouse>>

async function openWithHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const read = async (path: string) => (await ha.ask('GET', `/api/books/own/${path}`)).json()
  return { ...house, ha, read }
}

const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'
const subject = { reference: '#patient' }

const lab = (code: string, day: string, value: string, unit: string, more: object = {}): FhirResource => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: LOINC, code }], text: `Định lượng ${code}` },
  subject,
  effectiveDateTime: `${day}T08:30:00+07:00`,
  valueQuantity: { value: decimal(value), unit, system: UCUM, code: unit },
  ...more,
})

const visit = (day: string): FhirResource => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject,
  period: { start: `${day}T08:00:00+07:00` },
  reasonCode: [
    { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10' }], text: 'Tăng huyết áp' },
  ],
})

/** What a place states of Hà, on its own shelf. */
async function state(
  { system, ctx }: House,
  me: () => Promise<{ books: { person: string }[] }>,
  source: string,
  resources: readonly FhirResource[],
) {
  const { books } = await me()
  const named = readPublicId(ctx.keys.id, books[0]?.person ?? '')
  await inTransaction(system, async (inner: Context) => {
    const [book] = await booksAt(inner, [Math.floor((named?.patientId ?? 0) / 4096)])
    if (!book) throw new Error('no book')
    // what a hospital sent is read in a confirmed book alone
    await raiseLevel(inner, book.home, 'verified')
    const { patientId, newDataKey } = await sourcePatient(inner, book, source)
    const patient = { resource: { resourceType: 'Patient', active: true }, no: 0 }
    await put(inner, {
      patientId,
      ...(newDataKey && { newDataKey }),
      source,
      kind: 'visit',
      resources: [...(newDataKey ? [patient] : []), ...resources.map((resource) => ({ resource }))],
    })
  })
}

test('the first page says what is in the book, what next, and what was never asked', async () => {
  const { read } = await openWithHa()
  const home = BookHome.parse(await read('home'))
  expect(home.person).toMatchObject({ name: 'Nguyễn Thị Thu Hà', sex: 'female', level: 'phone' })
  expect(home.person.ward?.station).toContain('Bình Quới')
  expect(home.allergies.map(({ title }) => title)).toEqual([
    { vi: 'Penicilin, amoxicilin', en: expect.stringContaining('enicillin') },
  ])
  expect(home.conditions.map(({ title }) => title.en)).toEqual(['High blood pressure'])
  expect(home.told).toEqual({ allergy: true, condition: true, medicine: true })
  expect(home.results[0]).toMatchObject({
    code: '85354-9',
    latest: { value: { text: '142/88', unit: 'mmHg' } },
  })
  expect(home.results[0]?.latest.verdict).toMatchObject({ is: 'above', words: { en: 'Above usual' } })
  expect(home.advice.map(({ id }) => id)).toContain('pressure')
  expect(home.next.map(({ is }) => is)).toEqual(['verify'])
  expect(home.visitors).toEqual([])
  expect(home.hidden).toBe(false)
})

test('whoever has declared nothing has no book to open', async () => {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  for (const path of ['home', 'timeline', 'series', 'series/4548-4', 'lists/allergy', 'accesses'])
    expect((await ha.ask('GET', `/api/books/own/${path}`)).json()).toMatchObject({
      type: '/problems/book.none',
    })
})

test('nobody reads the book of another, and the attempt stands in it', async () => {
  const { app, ha, read } = await openWithHa()
  const { books } = await ha.me()
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  await other.declare(HA)
  for (const path of ['home', 'timeline', 'series', 'lists/result', 'accesses'])
    expect((await other.ask('GET', `/api/books/${books[0].person}/${path}`)).statusCode).toBe(403)
  const { accesses } = Accesses.parse(await read('accesses?by=own'))
  expect(accesses.filter(({ refused }) => refused).length).toBeGreaterThan(0)
})

test('numbers stand as they were written, and a visit is one event with its results', async () => {
  const house = await openWithHa()
  await state(house, house.ha.me, 'HCM-001', [
    visit('2026-10-16'),
    lab('14749-6', '2026-10-16', '10.0', 'mmol/L'),
    lab('718-7', '2026-10-16', '132', 'g/L'),
  ])
  const { lines, next } = Timeline.parse(await house.read('timeline'))
  const ofVisit = lines.filter(({ source }) => source.kind === 'hospital')
  expect(ofVisit.map(({ kind }) => kind).toSorted()).toEqual(['result', 'result', 'visit'])
  expect(new Set(ofVisit.map(({ event }) => event)).size).toBe(1)
  expect(ofVisit.find(({ code }) => code === '14749-6')).toMatchObject({
    title: { vi: 'Glucose máu', en: 'Glucose' },
    value: { text: '10.0', unit: 'mmol/L' },
    verdict: { is: 'above', unverified: true },
    source: { kind: 'hospital', place: 'Bệnh viện Chợ Rẫy' },
    author: 'staff',
  })
  expect(ofVisit.find(({ kind }) => kind === 'visit')).toMatchObject({
    title: { vi: 'Khám ngoại trú', en: 'Outpatient visit' },
    detail: { vi: 'Tăng huyết áp', en: 'Essential (primary) hypertension' },
  })
  expect(next).toBeNull()
})

test('pages follow one another without a gap or a double, while more arrives on top', async () => {
  const house = await openWithHa()
  const days = Array.from(
    { length: 120 },
    (_, i) => `2025-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
  )
  await state(
    house,
    house.ha.me,
    'HCM-001',
    days.map((day, i) => lab('718-7', day, `${120 + i}.0`, 'g/L')),
  )
  const first = Timeline.parse(await house.read('timeline?source=hospital'))
  await state(house, house.ha.me, 'HCM-001', [lab('718-7', '2026-11-20', '140', 'g/L')])
  const second = Timeline.parse(await house.read(`timeline?source=hospital&before=${first.next}`))
  const third = Timeline.parse(await house.read(`timeline?source=hospital&before=${second.next}`))
  const all = [first, second, third].flatMap(({ lines }) => lines)
  expect([first, second, third].map(({ lines }) => lines.length)).toEqual([50, 50, 20])
  expect(new Set(all.map(({ id }) => id)).size).toBe(120)
  expect(all.map(({ when }) => when)).toEqual(
    all
      .map(({ when }) => when)
      .toSorted()
      .toReversed(),
  )
  expect(third.next).toBeNull()
})

test('filters show one kind, or one source, and nothing else', async () => {
  const house = await openWithHa()
  await state(house, house.ha.me, 'TYT-26911', [lab('14743-9', '2026-11-09', '6.5', 'mmol/L')])
  const results = Timeline.parse(await house.read('timeline?kind=result'))
  expect(new Set(results.lines.map(({ kind }) => kind))).toEqual(new Set(['result']))
  const station = Timeline.parse(await house.read('timeline?source=station'))
  expect(station.lines.map(({ source }) => source)).toEqual([
    { kind: 'station', place: expect.stringContaining('Bình Quới') },
  ])
  expect(station.total).toBe(1)
})

test.each([
  ['timeline?kind=secret', 400],
  ['timeline?before=nonsense', 400],
  ['timeline?before=00000000-0000-0000-0000-000000000000', 400],
  ['timeline?source=%00', 400],
  ['lists/none', 400],
  ['series/%F0%9F%98%80', 404],
  [`series/${'x'.repeat(400)}`, 400],
  ['accesses?before=!!!!', 400],
  ['accesses?by=somebody', 400],
])('%s is refused, never an error of ours', async (path, status) => {
  const { ha } = await openWithHa()
  expect((await ha.ask('GET', `/api/books/own/${path}`)).statusCode).toBe(status)
})

test('a series joins two units by a sourced factor and says so; what the person told stands beside it', async () => {
  const house = await openWithHa()
  await state(house, house.ha.me, 'HCM-001', [
    lab('14749-6', '2025-01-10', '7.0', 'mmol/L'),
    lab('2345-7', '2026-03-10', '108', 'mg/dL'),
    lab('14749-6', '2026-05-10', '5', 'units'),
  ])
  const series = Series.parse(await house.read('series/2345-7'))
  expect(series).toMatchObject({ code: '14749-6', unit: 'mmol/L', title: { vi: 'Glucose máu' } })
  expect(series.points.map(({ value, at }) => [value.text, at])).toEqual([
    ['7.0', 7],
    ['108', 5.99],
    ['5', null],
  ])
  expect(series.points[1]?.converted?.vi).toBe('đổi từ 108 mg/dL sang mmol/L')
  expect(series.range).toMatchObject({ low: 3.9, high: 6.4, unverified: true })
  expect(series.finding.vi).toBe(
    '2 lần đo: lần gần nhất 108 mg/dL (10/03/2026), thấp hơn lần đầu 7,0 mmol/L (10/01/2025).',
  )
})

test('the range that the laboratory gave goes before the usual one', async () => {
  const house = await openWithHa()
  const quantity = (value: number) => ({ value, unit: 'g/L', system: UCUM, code: 'g/L' })
  await state(house, house.ha.me, 'HCM-001', [
    lab('718-7', '2026-05-10', '118', 'g/L', {
      referenceRange: [{ low: quantity(115), high: quantity(150) }],
    }),
  ])
  const { series } = SeriesList.parse(await house.read('series'))
  expect(series.find(({ code }) => code === '718-7')?.latest.verdict).toMatchObject({
    is: 'within',
    unverified: false,
    source: { en: 'Reference range given by the laboratory' },
  })
})

test('a list shows the latest of what was stated many times, and how often', async () => {
  const house = await openWithHa()
  const diagnosis = (day: string): FhirResource => ({
    resourceType: 'Condition',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11.9' }], text: 'Đái tháo đường' },
    subject,
    recordedDate: `${day}T08:00:00+07:00`,
  })
  await state(house, house.ha.me, 'HCM-001', ['2024-01-01', '2025-01-01', '2026-01-01'].map(diagnosis))
  const list = BookList.parse(await house.read('lists/condition'))
  expect(list.lines.map(({ title, times, when }) => [title.en, times, when.slice(0, 4)])).toEqual([
    ['High blood pressure', 1, '2026'],
    ['Type 2 diabetes mellitus without complications', 3, '2026'],
  ])
})

test('medicine that ends within a week is said in time, and not after', async () => {
  const house = await openWithHa()
  await state(house, house.ha.me, 'HCM-001', [
    {
      resourceType: 'MedicationRequest',
      status: 'completed',
      intent: 'order',
      medicationCodeableConcept: {
        coding: [{ system: 'http://www.whocc.no/atc', code: 'C08CA01' }],
        text: 'Amlodipin',
      },
      subject,
      authoredOn: '2026-10-30T08:00:00+07:00',
      dosageInstruction: [{ text: '1 viên 5 mg buổi sáng' }],
      dispenseRequest: { expectedSupplyDuration: { value: 30, unit: 'ngày', system: UCUM, code: 'd' } },
    },
  ])
  const before = BookHome.parse(await house.read('home'))
  expect(before.medicines.find(({ source }) => source.kind === 'hospital')).toMatchObject({
    title: { vi: 'Amlodipin', en: 'amlodipine' },
    detail: { vi: '1 viên 5 mg buổi sáng · đủ đến 28/11/2026' },
  })
  expect(before.next[0]).toMatchObject({ is: 'medicine', title: { vi: 'Thuốc còn 6 ngày' } })
  house.clock.now = new Date('2026-11-29T05:00:00Z')
  const after = BookHome.parse(await house.read('home'))
  expect(after.medicines.map(({ title }) => title.vi)).not.toContain('Amlodipin')
  expect(after.next.map(({ is }) => is)).not.toContain('medicine')
})

test('hostile words of a resource stay words, and shapes that nobody expects break nothing', async () => {
  const house = await openWithHa()
  await state(house, house.ha.me, 'HCM-001', [
    { resourceType: 'Observation', status: 'final', code: { text: '<script>alert(1)</script>' }, subject },
    { resourceType: 'Observation', status: 'final', code: { coding: 'no list' }, component: 7, subject },
    { resourceType: 'Condition', code: {}, subject, note: 'text', onsetDateTime: '2026-02-31' },
    { resourceType: 'Encounter', status: 'finished', class: 'AMB', subject, period: [] },
    { resourceType: 'Immunization', status: 'completed', vaccineCode: { coding: [{}] }, patient: subject },
    { resourceType: 'FamilyMemberHistory', status: 'partial', patient: subject, condition: {} },
    { resourceType: 'MedicationRequest', status: 'active', authoredOn: 'never', subject },
    lab('85354-9', '2026-11-01', '1', 'x', { component: [{ valueQuantity: { value: 'high' } }] }),
  ])
  const { lines } = Timeline.parse(await house.read('timeline?source=hospital'))
  expect(lines).toHaveLength(8)
  expect(lines.map(({ title }) => title.vi)).toContain('<script>alert(1)</script>')
  for (const path of ['home', 'series', 'lists/condition', 'lists/medicine', 'series/85354-9'])
    expect((await house.ha.ask('GET', `/api/books/own/${path}`)).statusCode).toBe(200)
})
