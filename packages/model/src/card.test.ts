import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { insuranceExpired, readCard, writeIdCard, writeInsuranceCard } from './card.ts'
import { IdCard, InsuranceCard } from './cardschema.ts'
import { daysInMonth } from './dates.ts'

const ID =
  '079199012345|024123456|Nguyễn Thị Mẫu|15031999|Nữ|12/3 Đường Số 4, Phường 27, Bình Thạnh, TP. Hồ Chí Minh|22042021'
const ID_2024 =
  '079215000123||Lê Bé Mẫu|01022015|Nam|8 Đường Mẫu, Phường Bình Quới, TP. Hồ Chí Minh|15082024||Lê Văn Mẫu|Phạm Thị Mẫu|'
const INSURANCE =
  'DN4797912345678|4e677579e1bb856e205468e1bb8b204de1baab75|15/03/1999|2|31322f3320c490c6b0e1bb9d6e672053e1bb9120342c205068c6b0e1bb9d6e672032372c205175e1baad6e2042c3ac6e68205468e1baa16e682c2054502e2048e1bb93204368c3ad204d696e68|79 - 999|01/01/2024|31/12/2024|20/12/2023|79079079123456|-|4|01/07/2025|0123456789abcdef-7102|$'

const hex = (text: string) => Buffer.from(text, 'utf8').toString('hex')

/** The string with some of its fields replaced. */
const withFields = (card: string, changes: Record<number, string>) =>
  card
    .split('|')
    .map((field, at) => changes[at] ?? field)
    .join('|')

const cardOf = (text: string) => {
  const reading = readCard(text)
  return reading.ok ? reading.card : reading.reason
}

const ID_CARD = {
  kind: 'cccd',
  idNumber: '079199012345',
  oldIdNumber: '024123456',
  name: 'Nguyễn Thị Mẫu',
  birthDate: '1999-03-15',
  sex: 'female',
  address: '12/3 Đường Số 4, Phường 27, Bình Thạnh, TP. Hồ Chí Minh',
  issuedOn: '2021-04-22',
  warnings: [],
}

const INSURANCE_CARD = {
  kind: 'bhyt',
  cardNumber: 'DN4797912345678',
  objectCode: 'DN',
  benefitLevel: '4',
  provinceCode: '79',
  socialInsuranceNumber: '7912345678',
  name: 'Nguyễn Thị Mẫu',
  birthDate: '1999-03-15',
  sex: 'female',
  address: '12/3 Đường Số 4, Phường 27, Quận Bình Thạnh, TP. Hồ Chí Minh',
  facility: '79999',
  validFrom: '2024-01-01',
  validTo: '2024-12-31',
  issuedOn: '2023-12-20',
  managedBy: '79079079123456',
  parentName: null,
  residenceArea: null,
  fiveYearsFrom: '2025-07-01',
  check: '0123456789abcdef-7102',
  warnings: [],
}

describe('the identity card', () => {
  test('of 2021 is read field by field', () => {
    expect(cardOf(ID)).toEqual(ID_CARD)
  })

  test('without an old number has none', () => {
    const text =
      '079303054321||Trần Minh Mẫu|07092003|Nữ|45 Đường Thử Nghiệm, Phường 5, Gò Vấp, TP. Hồ Chí Minh|10062022'
    expect(cardOf(text)).toMatchObject({ oldIdNumber: null, birthDate: '2003-09-07', warnings: [] })
  })

  test('of 2024 gives the same fields and keeps the others aside', () => {
    const reading = readCard(ID_2024)
    expect(reading).toMatchObject({
      card: { kind: 'cccd', name: 'Lê Bé Mẫu', sex: 'male', birthDate: '2015-02-01', warnings: [] },
      extras: ['', 'Lê Văn Mẫu', 'Phạm Thị Mẫu', ''],
    })
    expect(cardOf(`${ID_2024}|x|y|z`)).toMatchObject({ idNumber: '079215000123', warnings: ['extra-fields'] })
  })

  test.each([
    ['line ends', `${ID}\r\n`],
    ['a scanner prefix', `]Q3${ID}`],
    ['a byte order mark and a prefix', `\uFEFF]Q1${ID}\r`],
    ['control characters', `\u0002${ID}\u0003`],
    ['decomposed letters', ID.normalize('NFD')],
    ['zero-width characters', `\u200B${ID}\u200B`],
    ['blanks around fields', ID.split('|').join(' | ')],
    ['separators in its dates', withFields(ID, { 3: '15/3/1999', 6: '22-04-2021' })],
    ['Nữ without diacritics', withFields(ID, { 4: 'NU' })],
    ['full-width digits', withFields(ID, { 0: '０７９１９９０１２３４５' })],
  ])('with %s is the same card', (_what, text) => {
    expect(cardOf(text)).toEqual(ID_CARD)
  })

  test('keeps a birth date as vague as it is', () => {
    expect(cardOf(withFields(ID, { 3: '1999' }))).toMatchObject({ birthDate: '1999', warnings: [] })
    expect(cardOf(withFields(ID, { 3: '031999' }))).toMatchObject({ birthDate: '1999-03', warnings: [] })
  })

  test.each([
    ['sex', { 4: 'Nam' }, 'sex-differs-from-number', { sex: 'male' }],
    ['year', { 3: '15031998' }, 'year-differs-from-number', { birthDate: '1998-03-15' }],
    ['province', { 0: '003199012345' }, 'province-unknown', { idNumber: '003199012345' }],
    ['issue date', { 6: '22041990' }, 'issued-before-birth', { issuedOn: '1990-04-22' }],
    ['digits in the name', { 2: 'Nguyễn Thị Mẫu 2' }, 'name-odd', { name: 'Nguyễn Thị Mẫu 2' }],
  ])('with an odd %s is read with a warning', (_what, change, warning, fields) => {
    expect(cardOf(withFields(ID, change))).toMatchObject({ ...fields, warnings: [warning] })
  })

  test('from a scanner with a wrong code page is repaired, and says so', () => {
    const tcvn3 = withFields(ID, { 2: 'NguyÔn ThÞ MÉu', 4: 'N÷', 5: '§\u00ADêng Sè 4, TP. Hå ChÝ Minh' })
    expect(cardOf(tcvn3)).toMatchObject({
      name: 'Nguyễn Thị Mẫu',
      sex: 'female',
      address: 'Đường Số 4, TP. Hồ Chí Minh',
      warnings: ['name-repaired', 'address-repaired'],
    })
    const doubled = Buffer.from(ID, 'utf8').toString('latin1')
    expect(cardOf(doubled)).toMatchObject({ name: 'Nguyễn Thị Mẫu', sex: 'female' })
    const vni = withFields(ID, { 2: 'Nguyeãn Thò Maãu', 4: 'Nöõ' })
    expect(cardOf(vni)).toMatchObject({ name: 'Nguyễn Thị Mẫu', sex: 'female', warnings: ['name-repaired'] })
  })

  test('keeps a cancelled 12-digit number as the old one', () => {
    expect(cardOf(withFields(ID, { 1: '079199054321' }))).toMatchObject({ oldIdNumber: '079199054321' })
  })

  test.each([
    ['11 digits', { 0: '07919901234' }, 'id-number-malformed'],
    ['13 digits', { 0: '0791990123456' }, 'id-number-malformed'],
    ['a letter', { 0: '07919901234A' }, 'id-number-malformed'],
    ['equal digits', { 0: '000000000000' }, 'id-number-malformed'],
    ['no number', { 0: '' }, 'id-number-malformed'],
    ['an old number of 8 digits', { 1: '02412345' }, 'old-id-number-malformed'],
    ['no name', { 2: '' }, 'name-missing'],
    ['a name of digits', { 2: '12345' }, 'name-malformed'],
    ['lost letters', { 2: 'Nguy?n Th? M?u' }, 'name-malformed'],
    ['no birth date', { 3: '' }, 'birth-date-missing'],
    ['31 February', { 3: '31021999' }, 'birth-date-impossible'],
    ['month 13', { 3: '01131999' }, 'birth-date-impossible'],
    ['day 0', { 3: '00031999' }, 'birth-date-impossible'],
    ['a short date', { 3: '150399' }, 'birth-date-impossible'],
    ['letters for a date', { 3: 'abcdefgh' }, 'birth-date-malformed'],
    ['no sex', { 4: '' }, 'sex-unknown'],
    ['an unknown sex', { 4: 'constructor' }, 'sex-unknown'],
    ['an impossible issue date', { 6: '31042021' }, 'issue-date-impossible'],
  ])('with %s is refused', (_what, change, reason) => {
    expect(cardOf(withFields(ID, change))).toBe(reason)
  })

  test('of somebody not yet born is refused when today is known', () => {
    expect(readCard(ID, { today: '1999-03-14' })).toEqual({ ok: false, reason: 'birth-date-in-future' })
    expect(readCard(ID, { today: '1999-03-15' }).ok).toBe(true)
  })
})

describe('the insurance card', () => {
  test('is read field by field', () => {
    expect(cardOf(INSURANCE)).toEqual(INSURANCE_CARD)
  })

  test.each([
    ['no terminator', INSURANCE.slice(0, -2)],
    ['a bare terminator', INSURANCE.replace('|$', '$')],
    ['line ends after it', `${INSURANCE}\r\n`],
    ['a bar after it', `${INSURANCE}|`],
    ['an en dash', INSURANCE.replace('79 - 999', '79 – 999')],
    ['a blank', INSURANCE.replace('79 - 999', '79 999')],
    ['no separator', INSURANCE.replace('79 - 999', '79999')],
    ['short dates', INSURANCE.replace('01/01/2024', '1/1/2024')],
    ['hexadecimal capitals', withFields(INSURANCE, { 1: hex('Nguyễn Thị Mẫu').toUpperCase() })],
    ['a decomposed name', withFields(INSURANCE, { 1: hex('Nguyễn Thị Mẫu'.normalize('NFD')) })],
  ])('with %s is the same card', (_what, text) => {
    expect(cardOf(text)).toEqual(INSURANCE_CARD)
  })

  test('with the 10-digit number has no object code, level or province', () => {
    expect(cardOf(withFields(INSURANCE, { 0: '7912345678' }))).toMatchObject({
      kind: 'bhyt',
      cardNumber: '7912345678',
      objectCode: null,
      benefitLevel: null,
      provinceCode: null,
      socialInsuranceNumber: '7912345678',
    })
  })

  test.each([
    ['1', 'K1'],
    ['2', 'K2'],
    ['3', 'K3'],
    ['K3', 'K3'],
    ['4', null],
    ['-', null],
  ])('with area %s lives in %s', (coded, area) => {
    expect(cardOf(withFields(INSURANCE, { 11: coded }))).toMatchObject({ residenceArea: area, warnings: [] })
  })

  test('with dashes has nothing there', () => {
    const dashes = { 4: '-', 5: '-', 7: '-', 12: '-', 13: '-' }
    const none = { address: null, facility: null, validTo: null, fiveYearsFrom: null, check: null }
    expect(cardOf(withFields(INSURANCE, dashes))).toMatchObject({ ...none, warnings: [] })
  })

  test('of a child names a parent, and may have the year of birth only', () => {
    const child = withFields(INSURANCE, { 0: 'TE179KT12345678', 2: '2023', 10: hex('Lê Văn Mẫu') })
    expect(cardOf(child)).toMatchObject({
      cardNumber: 'TE179KT12345678',
      socialInsuranceNumber: null,
      birthDate: '2023',
      parentName: 'Lê Văn Mẫu',
    })
  })

  test.each([
    [{ 0: 'ZZ4797912345678' }, 'object-code-unknown'],
    [{ 1: hex('NguyÔn ThÞ MÉu') }, 'name-repaired'],
    [{ 5: 'somewhere' }, 'facility-unreadable'],
    [{ 7: '31/12/2023' }, 'validity-reversed'],
    [{ 8: '20/12/1980' }, 'issued-before-birth'],
    [{ 11: '9' }, 'residence-area-unknown'],
    [{ 13: 'xyz' }, 'check-odd'],
  ])('odd but readable: %j warns %s', (change, warning) => {
    expect(cardOf(withFields(INSURANCE, change))).toMatchObject({ kind: 'bhyt', warnings: [warning] })
  })

  test.each([
    ['an odd number of hexadecimal digits', { 1: '4e6' }, 'hex-malformed'],
    ['a name that is not hexadecimal', { 1: 'Nguyễn' }, 'hex-malformed'],
    ['bytes that are not UTF-8', { 1: 'fffe4e' }, 'text-not-utf8'],
    ['a cut address', { 4: 'c4' }, 'text-not-utf8'],
    ['no name', { 1: '-' }, 'name-missing'],
    ['a level of 9', { 0: 'DN9797912345678' }, 'card-number-malformed'],
    ['14 characters', { 0: 'DN479791234567' }, 'card-number-malformed'],
    ['zeros only', { 0: '0000000000' }, 'card-number-malformed'],
    ['an impossible birth date', { 2: '31/02/1999' }, 'birth-date-impossible'],
    ['sex 3', { 3: '3' }, 'sex-unknown'],
    ['an impossible start', { 6: '32/01/2024' }, 'valid-from-impossible'],
    ['an unreadable end', { 7: 'soon' }, 'valid-to-malformed'],
  ])('with %s is refused', (_what, change, reason) => {
    expect(cardOf(withFields(INSURANCE, change))).toBe(reason)
  })

  test('runs out after its last day', () => {
    const card = InsuranceCard.parse(cardOf(INSURANCE))
    expect(insuranceExpired(card, '2024-12-31')).toBe(false)
    expect(insuranceExpired(card, '2025-01-01')).toBe(true)
    expect(insuranceExpired({ ...card, validTo: null }, '2030-01-01')).toBe(false)
  })
})

test.each([
  ['nothing', '', 'empty'],
  ['blanks', ' \r\n\uFEFF', 'empty'],
  ['an address on the web', 'https://example.org/q/ABCD', 'not-a-card'],
  ['other text with bars', 'hello|world', 'not-a-card'],
  ['a typed number', '079199012345', 'too-few-fields'],
  ['half an identity card', ID.split('|').slice(0, 5).join('|'), 'too-few-fields'],
  ['half an insurance card', INSURANCE.split('|').slice(0, 9).join('|'), 'too-few-fields'],
  [
    'an insurance card short of its check',
    `${INSURANCE.split('|').slice(0, 13).join('|')}|$`,
    'too-few-fields',
  ],
  ['two scans in one', `${ID}\r\n${ID}`, 'issue-date-malformed'],
  ['more than 4,096 characters', `${ID}${'|x'.repeat(2048)}`, 'too-long'],
])('%s is no card', (_what, text, reason) => {
  expect(cardOf(text)).toBe(reason)
})

test('a longer string is still read, up to the limit', () => {
  expect(cardOf(`${ID}${'|x'.repeat(1900)}`)).toMatchObject({ idNumber: '079199012345' })
})

test('a string made to be slow is answered at once', () => {
  const slow = [' '.repeat(4000), '$ '.repeat(2000), '|$'.repeat(2000), 'oà'.repeat(2000), '0|'.repeat(2000)]
  const before = process.cpuUsage()
  for (const text of slow) readCard(`x${text}x`)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(500)
})

const day = fc
  .tuple(
    fc.integer({ min: 1900, max: 2099 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
  )
  .filter(([year, month, date]) => date <= daysInMonth(year, month))
  .map(([year, month, date]) => [year, ...[month, date].map((n) => String(n).padStart(2, '0'))].join('-'))
const vague = fc.tuple(day, fc.constantFrom(10, 7, 4)).map(([date, length]) => date.slice(0, length))
const words = (...list: string[]) =>
  fc.array(fc.constantFrom(...list), { minLength: 1, maxLength: 6 }).map((chosen) => chosen.join(' '))
const name = words('Nguyễn', 'Trần', 'Thị', 'Hoà', 'Thủy', 'Đức', "H'Hen", 'Niê', 'Êban', 'Ưu', 'Loan')
const address = words('12/3', 'Đường', 'Số', '4,', 'Phường', 'Bình Quới,', 'TP.', 'Hồ Chí Minh', 'Đắk Lắk')
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const sex = fc.constantFrom('male' as const, 'female' as const)

test('every identity card that is written is read back the same', () => {
  const cards = fc.record({
    idNumber: fc.stringMatching(/^0[0-9]{11}$/).filter((number) => !/^0+$/.test(number)),
    oldIdNumber: orNull(fc.stringMatching(/^1[0-9]{7}2$/)),
    name,
    birthDate: vague,
    sex,
    address: orNull(address),
    issuedOn: orNull(day),
  })
  fc.assert(
    fc.property(cards, (card) => {
      expect(IdCard.parse(cardOf(writeIdCard(card)))).toMatchObject({ kind: 'cccd', ...card })
    }),
  )
})

test('every insurance card that is written is read back the same', () => {
  const cards = fc.record({
    cardNumber: fc.stringMatching(/^(DN4|TE1|HT3)79[1-9][0-9]{8}0$/),
    name,
    birthDate: vague,
    sex,
    address: orNull(address),
    facility: orNull(fc.stringMatching(/^[0-9]{5}$/)),
    validFrom: orNull(day),
    validTo: orNull(day),
    issuedOn: orNull(day),
    managedBy: orNull(fc.stringMatching(/^[0-9]{14}$/)),
    parentName: orNull(name),
    residenceArea: orNull(fc.constantFrom('K1' as const, 'K2' as const, 'K3' as const)),
    fiveYearsFrom: orNull(day),
    check: orNull(fc.stringMatching(/^[0-9a-f]{16}-[0-9]{4}$/)),
  })
  fc.assert(
    fc.property(cards, (card) => {
      const parts = {
        objectCode: card.cardNumber.slice(0, 2),
        benefitLevel: card.cardNumber.slice(2, 3),
        provinceCode: '79',
        socialInsuranceNumber: card.cardNumber.slice(5),
      }
      const written = writeInsuranceCard({ ...card, ...parts })
      expect(InsuranceCard.parse(cardOf(written))).toMatchObject({ kind: 'bhyt', ...card, ...parts })
    }),
  )
})

test('whatever is scanned, the answer is a card of the promised shape or a named reason', () => {
  const cut = fc.tuple(fc.nat(400), fc.string({ unit: 'binary' }))
  const damaged = fc.tuple(fc.constantFrom(ID, ID_2024, INSURANCE), fc.array(cut)).map(([text, cuts]) => {
    let left: string = text
    for (const [at, put] of cuts) left = left.slice(0, at) + put + left.slice(at + 1)
    return left
  })
  fc.assert(
    fc.property(fc.oneof(damaged, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
      const found = cardOf(text)
      if (typeof found === 'string') expect(found).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      else expect((found.kind === 'cccd' ? IdCard : InsuranceCard).parse(found)).toEqual(found)
    }),
  )
})
