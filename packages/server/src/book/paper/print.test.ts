import { decimal, type FhirResource } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { pdfPages, pdfText } from '../../../test/poppler.ts'
import { giveProxy } from '../../../test/proxy.ts'
import { FIRST_PART, HA, no, residentAt, text, whole } from '../../../test/resident.ts'
import { firstPatientOf, raiseLevel } from '../../identity/index.ts'
import { put, type Stated } from '../../record/index.ts'

const HOSPITAL = '79001'
const subject = { reference: '#patient' }
const category = (code: string) => [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] },
]
const loinc = (code: string, words: string) => ({
  coding: [{ system: 'http://loinc.org', code }],
  text: words,
})
const quantity = (written: string, unit: string) => ({ value: decimal(written), unit, code: unit })

const glucose: FhirResource = {
  resourceType: 'Observation',
  status: 'final',
  category: category('laboratory'),
  code: loinc('14771-0', 'Glucose lúc đói'),
  subject,
  effectiveDateTime: '2026-11-09T07:30:00+07:00',
  valueQuantity: quantity('10.0', 'mmol/L'),
  referenceRange: [{ low: quantity('3.9', 'mmol/L'), high: quantity('5.6', 'mmol/L') }],
  interpretation: [{ coding: [{ code: 'H' }] }],
}
const hiv: FhirResource = {
  resourceType: 'Condition',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'B20' }], text: 'Bệnh do HIV' },
  subject,
  recordedDate: '2026-10-01',
}
const visit: FhirResource = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject,
  period: { start: '2026-11-09T07:00:00+07:00' },
  serviceProvider: { display: 'Bệnh viện Nhân dân Gia Định' },
  reasonCode: [{ text: 'Tăng huyết áp vô căn' }],
}
const hostile: FhirResource = {
  resourceType: 'Observation',
  status: 'final',
  category: 'not a list',
  code: { coding: 'x', text: `<script>alert(1)</script>\u202e${'Ỗ'.repeat(300)}` },
  subject,
  component: [{ valueQuantity: 'x' }, null, 7],
  referenceRange: 'x',
  interpretation: [null],
  note: [7, { text: 'ghi chú lạ' }],
  effectiveDateTime: 'hôm qua',
}

async function openWithHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({
    ...HA,
    ...FIRST_PART,
    'B2.1.b': [no],
    'B5.1': [],
    'B1.6': [text('Hở hàm ếch')],
    'B7.3': [whole(2)],
  })
  const [person] = await house.ctx.db.selectFrom('identity.person').select('home').execute()
  const home = person?.home ?? -1
  // what a hospital sent is read in a confirmed book alone
  await raiseLevel(house.system, home, 'verified')
  const state = (resources: readonly FhirResource[]) =>
    put(house.system, {
      patientId: firstPatientOf(home),
      source: HOSPITAL,
      kind: 'visit',
      resources: resources.map((resource, i): Stated => ({ resource, sourceKey: `k${i}` })),
    })
  const print = async (query = '', who = ha) => await who.ask('GET', `/api/books/own/print.pdf${query}`)
  return { ...house, ha, home, state, print }
}

test('the whole book is printed after form 831: every part by its letter, in words, values as written', async () => {
  const { state, print } = await openWithHa()
  await state([glucose, visit])
  const reply = await print()
  const pages = pdfText(reply.rawPayload)

  expect(reply.headers['content-type']).toBe('application/pdf')
  for (const words of [
    'Hồ sơ sức khỏe cá nhân (theo mẫu 831/QĐ-BYT)',
    'A. Phần hành chính',
    'B1. Tình trạng lúc sinh',
    'B2. Yếu tố nguy cơ đối với sức khỏe',
    'B3. Dị ứng',
    'B3. Bệnh tật',
    'B4. Khuyết tật Chưa ghi nhận khuyết tật nào.',
    'B5. Phẫu thuật, thủ thuật Chưa ghi nhận phẫu thuật nào.',
    'B6. Tiền sử gia đình',
    'C. Tiêm chủng Chưa ghi nhận mũi tiêm nào.',
    'D2. Dấu hiệu sinh tồn, chỉ số nhân trắc',
    'D3. Kết quả cận lâm sàng',
    'Giấy tờ Chưa có giấy tờ nào.',
    'Dị ứng: Penicilin, amoxicilin',
    'Tăng huyết áp',
    '54,50',
    '160,0',
    '142/88',
    '10,0 cao',
    '3,9–5,6',
    'Bệnh viện Nhân dân Gia Định',
    'Nữ, 65 tuổi, sinh 30/04/1961',
  ])
    expect(pages).toContain(words)
  expect(pages).not.toMatch(/undefined|null|NaN|\[object/)
})

test('a part is printed alone and says which it is; an unknown part is refused', async () => {
  const { state, print } = await openWithHa()
  await state([glucose])
  const results = pdfText((await print('?part=results')).rawPayload)
  expect(results).toContain('Trích hồ sơ sức khỏe (theo mẫu 831/QĐ-BYT): số đo, xét nghiệm')
  expect(results).toContain('10,0 cao')
  expect(results).not.toContain('B3. Dị ứng')
  expect(results).not.toContain('Penicilin')

  const two = pdfText((await print('?part=immunisation,family')).rawPayload)
  expect([two.includes('C. Tiêm chủng'), two.includes('B6. Tiền sử'), two.includes('D3.')]).toEqual([
    true,
    true,
    false,
  ])
  for (const wrong of ['?part=', '?part=everything', '?part=results,results', '?restricted=1'])
    expect((await print(wrong)).statusCode).toBe(400)
})

test('what is restricted stays out of paper unless she asks for it', async () => {
  const { state, print } = await openWithHa()
  await state([hiv])
  const usual = pdfText((await print()).rawPayload)
  expect(usual).not.toMatch(/HIV|\bB20\b/)
  expect(usual).toContain('Bản này không gồm thông tin hạn chế, trừ khi chủ sổ chọn in.')
  expect(usual).not.toContain('B7. Sức khỏe sinh sản')
  const asked = pdfText((await print('?restricted=yes')).rawPayload)
  expect(asked).toContain('Bệnh do HIV')
  expect(asked).toMatch(/B7\. Sức khỏe sinh sản Câu hỏi.* Số lần có thai/)
})

test('the look-up code on every page is found, and says when and what; nothing of whose', async () => {
  const { app, print } = await openWithHa()
  const pages = pdfPages((await print('?part=basics')).rawPayload)
  const codes = pages.map((page) => /Mã kiểm tra ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec(page)?.[1] ?? '')
  expect(new Set(codes).size).toBe(1)
  const found = await app.inject(`/api/print-checks/${codes[0]}`)
  expect(found.json()).toEqual({ at: '2026-11-23T05:00:00.000Z', parts: ['basics'], pages: pages.length })
  const link = codes[0]?.replaceAll('-', '')
  expect(pages[0]).toContain(`sokhoe.test/p/${link}`)
})

test('a book in which nothing was told prints absence in words', async () => {
  const { app } = await openWithHa()
  const lan = residentAt(app, '0987654321')
  await lan.scanAndSignIn()
  await lan.declare({ ...HA, 'A.01': [text('Trần Thị Lan')] })
  const pages = pdfText((await lan.ask('GET', '/api/books/own/print.pdf')).rawPayload)
  expect(pages).toContain('B3. Dị ứng Chưa hỏi dị ứng.')
  expect(pages).toContain('B3. Bệnh tật Chưa ghi nhận bệnh nào.')
  expect(pages).not.toContain('Penicilin')
})

test('resources of no known shape are printed as far as they say anything, and stop nothing', async () => {
  const { state, print, ha } = await openWithHa()
  await state([hostile, glucose, { resourceType: 'Observation', subject, status: 'final' }])
  const pages = pdfText((await print()).rawPayload)
  expect(pages).toContain('ghi chú lạ')
  expect(pages).toContain('10,0 cao')
  const html = await ha.ask('GET', '/api/books/own/download.html')
  expect(html.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html.body).not.toContain('<script')
})

test('the page to keep holds everything of hers, restricted things too, under a policy that runs nothing', async () => {
  const { state, ha } = await openWithHa()
  await state([glucose, hiv])
  const reply = await ha.ask('GET', '/api/books/own/download.html')
  expect(reply.headers['content-disposition']).toBe('attachment; filename="so-khoe-2026-11-23.html"')
  expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none'/)
  for (const words of ['Bệnh do HIV', '10,0 cao', 'Nguyễn Thị Thu Hà', '54,50'])
    expect(reply.body).toContain(words)
  expect((await ha.accesses()).map(({ what }: { what: string }) => what)[0]).toBe('Tải sổ dạng trang đọc')
})

test('a line that she disputes is printed as it is, and says so until it is answered', async () => {
  const { ctx, state, print, home } = await openWithHa()
  await state([glucose])
  const rows = await ctx.db.selectFrom('record.shelf').select('next_no').where('home', '=', home).execute()
  const dispute = { home, number: 1, patient_id: firstPatientOf(home), no: (rows[0]?.next_no ?? 0) - 1 }
  const asked = { version: 1, source: HOSPITAL, reason: 'wrong-value', state: 'received', law: 'x' } as const
  const clock = { asked_at: ctx.now(), due_on: '2026-12-08', passed_at: null, answered_at: null }
  const nothing = {
    words: null,
    document_no: null,
    desk: null,
    answered_by: null,
    answer: null,
    answer_words: null,
  }
  await ctx.db
    .insertInto('book.dispute')
    .values({ ...dispute, ...asked, ...clock, ...nothing })
    .execute()
  const paper = pdfText((await print('?part=results')).rawPayload)
  expect(paper).toMatch(/10,0 cao .* Chủ sổ báo dòng này có chỗ sai, đang chờ trả lời\./)
})

test('a proxy prints only the parts that are open to her, and the paper says that it is not all', async () => {
  const { app, ctx, home, state } = await openWithHa()
  await state([glucose, hiv, visit])
  const lan = residentAt(app, '0987654321')
  await lan.scanAndSignIn()
  await lan.declare({ ...HA, 'A.01': [text('Trần Thị Lan')] })
  const keepers = await ctx.db.selectFrom('identity.keeper').selectAll().execute()
  const holder = keepers.find((keeper) => keeper.home !== home)
  if (!holder) throw new Error('no other book')
  const to = { to: holder.home, phoneHash: holder.phone_hash }
  await giveProxy(ctx, { of: home, ...to, topics: ['results'], at: new Date('2026-11-22T00:00:00Z') })
  const { person } = (await lan.me()).books.find(({ name }: { name: string }) => name === 'Nguyễn Thị Thu Hà')
  const ask = (file: string) => lan.ask('GET', `/api/books/${person}/${file}`)

  const paper = pdfText((await ask('print.pdf?restricted=yes')).rawPayload)
  expect(paper).toContain('10,0 cao')
  expect(paper).toContain('chỉ gồm những phần chủ sổ đã mở cho người đại diện')
  expect(paper).toContain('theo yêu cầu của người đại diện')
  expect(paper).not.toMatch(/Penicilin|HIV|B3\.|D\. Lần khám|C\. Tiêm/)
  expect((await ask('download.html')).body).not.toMatch(/Penicilin|HIV|Gia Định/)
  const bundle = (await ask('download.json')).body
  expect(bundle).toContain('14771-0')
  expect(bundle).not.toMatch(/Penicilin|"B20"|"Consent"|QuestionnaireResponse/)
  expect((await ask('card.pdf')).statusCode).toBe(403)
  expect((await ask('card')).statusCode).toBe(403)
})
