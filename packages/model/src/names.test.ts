import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asciiKey,
  compareNames,
  displayName,
  exactKey,
  normaliseName,
  repairName,
  soundKey,
  splitName,
  tonelessKey,
} from './names.ts'

const KEYS = [exactKey, tonelessKey, asciiKey, soundKey]

const vietnamese = fc
  .array(
    fc.constantFrom(
      ...'Nguyễn Trần Hoàng Thúy Thuỷ Hòa Hoà Quý Khuỷu Đặng Loè Lóe Huyền Phượng Ngọc Ưu Ý Ân Mỹ Lý'.split(
        ' ',
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((words) => words.join(' '))

const anyText = fc.oneof(
  vietnamese,
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[oòóaàáeèéuùúyỳýqnghktrslcdđix ]{0,12}$/),
)

describe('the exact key', () => {
  test.each([
    ['Thuỷ', 'thủy'],
    ['Quý', 'quý'],
    ['Hoàn', 'hoàn'],
    ['Hòan', 'hoàn'],
    ['KHUỶU', 'khuỷu'],
    ['HOÀ', 'hòa'],
    ['Loè', 'lòe'],
    ['Nguyê\u0303n', 'nguyễn'],
    ['Nguye\u0303\u0302n', 'nguyễn'],
    ['  Nguyễn\u00A0\u200B Thị  Mẫu ', 'nguyễn thị mẫu'],
    ['Ðặng', 'đặng'],
    ['H’Hen Niê', "h'hen niê"],
  ])('of %j is %j', (name, key) => {
    expect(exactKey(name)).toBe(key)
  })

  test('tells names apart that differ in a tone or a letter', () => {
    expect(new Set(['Hòa', 'Hóa', 'Hoa', 'Hỏa', 'Đan', 'Dan', 'Lan', 'Lân'].map(exactKey)).size).toBe(8)
  })
})

test('the coarser keys drop tones, then letters', () => {
  expect(tonelessKey('Đặng Thủy')).toBe('đăng thuy')
  expect(asciiKey('ĐẶNG THUỶ')).toBe('dang thuy')
  expect(asciiKey('ĐẶNG')).toBe('dang')
})

test.each([
  ['Lý', 'Lí'],
  ['Giang', 'Dang'],
  ['Rung', 'Dung'],
  ['Sương', 'Xương'],
  ['Trâu', 'Châu'],
  ['Lam', 'Nam'],
  ['Quang', 'Cuang'],
  ['Lan', 'Lang'],
  ['Mẫn', 'Mẩn'],
  ['Các', 'Cát'],
  ['Nghiêm', 'Ngiêm'],
  ['Quý', 'Quí'],
])('%s and %s may sound alike', (one, other) => {
  expect(soundKey(one)).toBe(soundKey(other))
})

test('names that no dialect merges keep different sounds', () => {
  expect(new Set(['Khang', 'Phong', 'Bình', 'Minh', 'Thảo', 'Hùng', 'Vy', 'Anh'].map(soundKey)).size).toBe(8)
})

describe('every key', () => {
  test('made of a key is the key itself', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...KEYS), (text, key) => {
        expect(key(key(text))).toBe(key(text))
      }),
    )
  })

  test('is the same for composed and decomposed Unicode', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...KEYS), (text, key) => {
        expect(key(text.normalize('NFD'))).toBe(key(text.normalize('NFC')))
      }),
    )
  })

  test('is the same wherever the tone of oa, oe, uy is put, in any case', () => {
    const pairs = [
      ['hòa', 'hoà'],
      ['lóe', 'loé'],
      ['thủy', 'thuỷ'],
      ['ngụy', 'nguỵ'],
      ['tõa', 'toã'],
    ] as const
    fc.assert(
      fc.property(fc.constantFrom(...pairs), vietnamese, fc.constantFrom(...KEYS), ([a, b], rest, key) => {
        expect(key(`${rest} ${a}`)).toBe(key(`${rest} ${b}`.toLocaleUpperCase('vi')))
      }),
    )
  })
})

describe('repairing a name from a wrong code page', () => {
  test.each([
    ['NguyÔn ThÞ MÉu', 'Nguyễn Thị Mẫu', 'tcvn3'],
    ['NGUYÔN THÞ MÉU', 'NGUYỄN THỊ MẪU', 'tcvn3'],
    ['TrÇn V¨n Ph\u00AD¬ng', 'Trần Văn Phương', 'tcvn3'],
    ['§Æng V¨n §øc', 'Đặng Văn Đức', 'tcvn3'],
    ['Nguyeãn Thò Maãu', 'Nguyễn Thị Mẫu', 'vni'],
    ['PHAÏM THÒ HÖÔØNG', 'PHẠM THỊ HƯỜNG', 'vni'],
    ['Ñaëng Vaên Ñöùc', 'Đặng Văn Đức', 'vni'],
    ['NguyêÞn Thiò MâÞu', 'Nguyễn Thị Mẫu', 'cp1258'],
    ['Nguyá»…n Thá»‹ Máº«u', 'Nguyễn Thị Mẫu', 'utf8'],
  ])('%s is %s', (broken, name, from) => {
    expect(repairName(broken)).toEqual({ name, from })
  })

  test.each([
    'Loïc Martin',
    'José García',
    'André Müller',
    "H'Hen Niê",
    'Y Moan Êban',
    'Lê Hà',
    'Võ Tâm',
    'Ô Thị Lý',
  ])('%s is left as it is', (name) => {
    expect(repairName(name)).toEqual({ name, from: null })
  })

  test('never touches a name written in Vietnamese, composed or not', () => {
    fc.assert(
      fc.property(vietnamese, (name) => {
        expect(repairName(name.normalize('NFD'))).toEqual({ name, from: null })
      }),
    )
  })
})

test.each([
  ['Nguyễn Thị Mẫu', { family: 'Nguyễn', middle: 'Thị', given: 'Mẫu' }],
  ['Lê An', { family: 'Lê', middle: '', given: 'An' }],
  ['Tôn Nữ Thị Ngọc Lan', { family: 'Tôn', middle: 'Nữ Thị Ngọc', given: 'Lan' }],
  ['Y Moan Êban', { family: 'Êban', middle: '', given: 'Y Moan' }],
  ["H'Hen Niê", { family: 'Niê', middle: '', given: "H'Hen" }],
  ['Lan', { family: '', middle: '', given: 'Lan' }],
  ['', { family: '', middle: '', given: '' }],
])('%s has its parts', (name, parts) => {
  expect(splitName(name)).toEqual(parts)
})

test('a list is sorted by given name, then family name, in the Vietnamese alphabet', () => {
  const list = ['Trần Văn Đức', 'Nguyễn Thị Dung', 'Lê Văn Đức', 'Phạm Ân', 'Vũ Anh', 'Đỗ Anh', 'Lê Thị Đức']
  expect(list.toSorted(compareNames)).toEqual([
    'Đỗ Anh',
    'Vũ Anh',
    'Phạm Ân',
    'Nguyễn Thị Dung',
    'Lê Thị Đức',
    'Lê Văn Đức',
    'Trần Văn Đức',
  ])
})

test.each([
  ['Nguy&#7877;n V\\u0103n An', 'Nguyễn Văn An'],
  ['L&ecirc; H&agrave; (3)', 'Lê Hà'],
  ['Nguyễn Văn An 2', 'Nguyễn Văn An'],
  ['Nguyễn Văn An02', 'Nguyễn Văn An'],
  ['Ðặng  Văn An', 'Đặng Văn An'],
  ['NguyÔn ThÞ MÉu', 'Nguyễn Thị Mẫu'],
  ['Nguyen Thi Mau', 'Nguyen Thi Mau'],
  ["O'Brien-Smith", "O'Brien-Smith"],
  ['Guðmundur', 'Guðmundur'],
  ['2', '2'],
  ['&#xD800;An', '&#xD800;An'],
])('the register name %j is shown as %j', (written, shown) => {
  expect(displayName(written)).toBe(shown)
})

test('no text breaks cleaning, repairing or splitting', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(normaliseName(displayName(text))).toBe(displayName(text))
      const { family, middle, given } = splitName(text)
      const words = [family, middle, given]
        .join(' ')
        .split(' ')
        .filter((word) => word !== '')
      expect(words.toSorted()).toEqual(
        normaliseName(text)
          .split(' ')
          .filter((word) => word !== '')
          .toSorted(),
      )
    }),
  )
})

test('a name in bare small letters sounds as the same name with its marks', () => {
  for (const [bare, marked] of [
    ['nguyen', 'Nguyễn'],
    ['ly', 'Lý'],
    ['trinh thi giang', 'Trịnh Thị Giang'],
  ])
    expect(soundKey(bare ?? '')).toBe(soundKey(marked ?? ''))
})
