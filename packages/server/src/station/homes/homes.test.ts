import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Answers, HA, text } from '../../../test/resident.ts'
import { another, cardText, openStation } from '../../../test/station.ts'
import { signedInWorker } from '../../../test/worker.ts'
import { roundPdf } from './round.ts'

const WARD = [{ valueCoding: { system: 'urn:sokhoe:codes:wards', code: '26911' } }]
const living = (name: string, address: string): Answers => ({
  ...HA,
  'A.01': [text(name)],
  'A.05': [{ valueDate: '1970-01-01' }],
  'A.18.1': [text(address)],
  'A.18.2': WARD,
})

interface Street {
  id: string
  name: string
  alley: string | null
  people: number
  verified: number
  doors: number
}
interface Door {
  id: string
  house: string | null
  people: number
  missing: number | null
}

async function ward() {
  const house = await openStation()
  const get = async (url: string) => (await house.worker.ask('GET', `/api/station/${url}`)).json()
  const streets = async (): Promise<Street[]> => (await get('streets')).streets
  const doors = async (street = ''): Promise<Door[]> => (await get(`streets/${street}`)).doors
  const round = (body: object) => house.worker.ask('POST', '/api/station/round', body)
  return { ...house, get, streets, doors, round }
}

/** The words of a PDF as its reader reads them. */
function wordsOf(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-round-'))
  try {
    writeFileSync(join(folder, 'round.pdf'), pdf)
    const out = execFileSync('pdftotext', ['-layout', join(folder, 'round.pdf'), '-'])
    return out.toString().normalize('NFC')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('neighbours are found together, however they write their street; nobody is named in the list', async () => {
  const { app, streets, doors } = await ward()
  await another(app, '0987654321', living('Lê Văn Hai', '12/3 đ. số 4, Phường 27'))
  await another(app, '0987654322', living('Lê Văn Ba', '3 Hẻm 12 Đường Số 4'))
  await another(app, '0987654323', living('Lê Văn Tư', '12/10 Đường số 4'))
  await another(app, '0987654324', living('Lê Văn Năm', '7 Bình Quới'))
  const list = await streets()
  expect(list).toMatchObject([
    { name: 'Bình Quới', alley: null, people: 1, doors: 1 },
    { alley: '12', people: 4, doors: 2, verified: 0 },
  ])
  const inside = await doors(list[1]?.id)
  expect(inside).toMatchObject([
    { house: '12/3', people: 3, missing: null, told: null },
    { house: '12/10', people: 1 },
  ])
  expect(JSON.stringify([list, inside])).not.toContain('Lê Văn')
})

test('who is missing is known once somebody told how many live there, and never guessed', async () => {
  const { get, streets, doors, worker } = await ward()
  const [street] = await streets()
  const [door] = await doors(street?.id)
  const put = (people: number | null) => worker.ask('PUT', `/api/station/households/${door?.id}`, { people })
  expect(door).toMatchObject({ people: 1, told: null, missing: null })
  expect((await put(4)).json()).toEqual({ told: 4 })
  expect(await doors(street?.id)).toMatchObject([{ told: 4, missing: 3 }])
  expect(await get(`households/${door?.id}`)).toMatchObject({
    told: 4,
    members: [{ name: 'Nguyễn Thị Thu Hà' }],
  })
  await put(null)
  expect(await doors(street?.id)).toMatchObject([{ told: null, missing: null }])
  expect((await put(0)).statusCode).toBe(400)
  const nowhere = `/api/station/households/${'A'.repeat(43)}`
  expect((await worker.ask('PUT', nowhere, { people: 3 })).statusCode).toBe(404)
})

test('who moves is found where she lives now', async () => {
  const { ha, streets } = await ward()
  await ha.declare({ ...HA, 'A.18.1': [text('9 Bình Quới')], 'A.18.2': WARD })
  expect(await streets()).toMatchObject([{ name: 'Bình Quới', people: 1 }])
})

test('a walk is printed street by street and door by door, with nothing of anybody’s health', async () => {
  const { app, streets, round, of, person, accesses } = await ward().then((house) => ({
    ...house,
    accesses: () => house.ha.accesses(),
  }))
  await another(app, '0987654321', living('Lê Văn Hai', '8 Bình Quới'))
  await another(app, '0987654322', living('Lê Văn Ba', '11 Bình Quới'))
  await another(app, '0987654323', living('Lê Văn Tư', '3 Bình Quới'))
  await of(person, 'verify', { how: 'scanned', card: cardText() })
  const ids = (await streets()).map(({ id }) => id)
  const pdf = await round({ streets: ids })
  expect(pdf.headers['content-type']).toBe('application/pdf')
  const words = wordsOf(pdf.rawPayload)
  expect(words).toContain('Đi vận động: Phường Bình Quới')
  expect(words).toContain('Hẻm 12, Đường Số 4')
  const order = ['Lê Văn Tư', 'Lê Văn Ba', 'Lê Văn Hai', 'Nguyễn Thị Thu Hà'].map((name) =>
    words.indexOf(name),
  )
  expect(
    order.every((at, i) => at > (order[i - 1] ?? -1)),
    words,
  ).toBe(true)
  const waiting = wordsOf((await round({ streets: ids, which: 'unconfirmed' })).rawPayload)
  expect(waiting).not.toContain('Thu Hà')
  expect(waiting).toContain('chưa xác nhận')
  const [looked] = await accesses()
  expect(JSON.stringify(looked)).toContain('danh sách hộ gia đình')
})

test('another ward’s streets and doors are nobody’s', async () => {
  const { streets, doors, app, system } = await ward()
  const [street] = await streets()
  const [door] = await doors(street?.id)
  const away = await signedInWorker({ app, system }, { user: 'xa.la', ward: '26929' })
  const told = async (url: string) => (await away.ask('GET', `/api/station/${url}`)).json()
  expect(await told('streets')).toEqual({ streets: [] })
  expect(await told(`streets/${street?.id}`)).toEqual({ doors: [] })
  expect(await told(`households/${door?.id}`)).toEqual({ members: [], told: null })
  const put = await away.ask('PUT', `/api/station/households/${door?.id}`, { people: 9 })
  expect(put.statusCode).toBe(404)
  const pdf = await away.ask('POST', '/api/station/round', { streets: [street?.id] })
  expect(wordsOf(pdf.rawPayload)).not.toContain('Thu Hà')
})

test('a name or an address that is an attack is printed as words, and never longer than its line', async () => {
  const nasty = [
    '<script>alert(1)</script>',
    '=HYPERLINK("http://x.example")',
    '\u202Egnp.exe\u202C \u200Bẩn\u0000',
    'A'.repeat(5000),
    'ﷺ'.repeat(400),
    '\uD800',
  ]
  const stops = nasty.map((name, i) => ({
    house: i % 2 ? name : null,
    told: null,
    missing: null,
    people: [{ name, born: '1970', confirmed: false, child: false }],
  }))
  const pdf = await roundPdf({
    ward: 'Phường Bình Quới',
    streets: nasty.map((name) => ({ name, alley: name, stops })),
    day: '2026-11-23',
    now: new Date('2026-11-23T05:00:00Z'),
  })
  const words = wordsOf(pdf)
  expect(words).toContain('<script>alert(1)</script>')
  expect(words).not.toMatch(/[\u202A-\u202E\u200B]/)
  expect(pdf.toString('latin1')).not.toMatch(/\/JavaScript|\/URI|\/Launch/)
  expect(pdf.length).toBeLessThan(400_000)
})
