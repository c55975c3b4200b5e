/** A decision in one sentence, for whoever must agree with it. It names fields, levels and weights, never a value. */
import type { Decision, FieldName, Verdict } from './said.ts'

type Language = 'vi' | 'en'

const VERDICTS: Readonly<Record<Verdict, Readonly<Record<Language, string>>>> = {
  same: { vi: 'Cùng một người', en: 'The same person' },
  review: { vi: 'Cần người xem xét', en: 'A person must decide' },
  different: { vi: 'Hai người khác nhau', en: 'Two people' },
}

const FIELDS: Readonly<Record<FieldName, Readonly<Record<Language, string>>>> = {
  name: { vi: 'họ tên', en: 'name' },
  birthDate: { vi: 'ngày sinh', en: 'birth date' },
  sex: { vi: 'giới tính', en: 'sex' },
  phone: { vi: 'điện thoại', en: 'phone' },
  identity: { vi: 'số định danh', en: 'identity number' },
  insurance: { vi: 'số bảo hiểm', en: 'insurance number' },
  place: { vi: 'nơi ở', en: 'place' },
  address: { vi: 'địa chỉ', en: 'address' },
  email: { vi: 'thư điện tử', en: 'e-mail' },
  occupation: { vi: 'nghề nghiệp', en: 'occupation' },
}

const LEVELS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  exact: { vi: 'trùng', en: 'equal' },
  equal: { vi: 'trùng', en: 'equal' },
  folded: { vi: 'trùng khi bỏ dấu', en: 'equal without marks' },
  toneless: { vi: 'khác thanh', en: 'another tone' },
  letters: { vi: 'khác dấu của chữ', en: 'other marks' },
  dialect: { vi: 'cùng tên theo cách đọc hoặc tên gọi tắt', en: 'one name in two dialects or a short form' },
  'one-slip': { vi: 'lệch một ký tự', en: 'one slip' },
  'known-slip': { vi: 'hai tên gần nhau', en: 'two names that are close' },
  initial: { vi: 'chữ đầu trùng', en: 'initial only' },
  elsewhere: { vi: 'đứng ở vị trí khác', en: 'in another place' },
  near: { vi: 'gần giống', en: 'alike' },
  broken: { vi: 'một bên bị lỗi phông chữ', en: 'one is spoilt' },
  different: { vi: 'khác', en: 'different' },
  filler: { vi: 'thiếu hoặc thừa Văn, Thị', en: 'Văn or Thị dropped or added' },
  part: { vi: 'thiếu một phần tên đệm', en: 'part of the middle name' },
  dropped: { vi: 'thiếu tên đệm', en: 'middle name dropped' },
  replaced: { vi: 'Văn, Thị thay cho tên đệm khác', en: 'Văn or Thị in place of another middle name' },
  alike: { vi: 'tên đệm gần giống', en: 'middle name alike' },
  'year-habit': { vi: 'chỉ biết cùng năm', en: 'same year, no day known' },
  'year-only': { vi: 'cùng năm, một bên không rõ ngày', en: 'same year, one without a day' },
  'day-month-swapped': { vi: 'đảo ngày và tháng', en: 'day and month swapped' },
  'two-parts': { vi: 'trùng hai trong ba phần', en: 'two of three parts' },
  'same-year': { vi: 'chỉ cùng năm', en: 'same year only' },
  'near-year': { vi: 'năm gần nhau', en: 'years close' },
  generation: { vi: 'cách một thế hệ', en: 'a generation apart' },
  shared: { vi: 'trùng nhưng khác tên', en: 'equal under another name' },
  'same-start': { vi: 'cùng vùng', en: 'same area' },
  'same-door': { vi: 'cùng số nhà và đường', en: 'same door' },
  'same-street': { vi: 'cùng đường', en: 'same street' },
  'same-words': { vi: 'phần lớn trùng', en: 'mostly equal' },
  'same-house': { vi: 'chỉ cùng số nhà', en: 'same house number only' },
}

const RULES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'two-verified-numbers': {
    vi: 'hai số định danh đã xác minh khác nhau',
    en: 'two different verified numbers',
  },
  'number-of-another': { vi: 'số có thể là của người khác trong nhà', en: 'the number may be a relative’s' },
  twins: { vi: 'có thể là sinh đôi', en: 'they may be twins' },
  'multiple-birth': { vi: 'sinh đôi hoặc sinh ba', en: 'born with others on one day' },
  'two-generations': { vi: 'có thể là cha con cùng tên', en: 'they may be parent and child' },
  'two-middle-names': { vi: 'tên đệm khác nhau', en: 'the middle names differ' },
  'other-marks': { vi: 'tên khác dấu, có thể là sinh đôi', en: 'the marks differ: they may be twins' },
  'like-names': { vi: 'hai tên gần giống nhau', en: 'two names that are only alike' },
  'look-alikes': {
    vi: 'trùng họ tên và ngày sinh, có thể là hai người',
    en: 'name and birth date agree, and so they may of two people',
  },
  'two-cards': { vi: 'hai số bảo hiểm khác nhau', en: 'the insurance numbers differ' },
  'no-birth-date': { vi: 'thiếu ngày sinh', en: 'a birth date is missing' },
  'two-birth-dates': { vi: 'ngày sinh khác nhau', en: 'the birth dates differ' },
  'two-numbers': { vi: 'hai số định danh khác nhau', en: 'the identity numbers differ' },
  'a-relative': { vi: 'có thể là người thân cùng nhà', en: 'they may be relatives under one roof' },
  'two-sexes': { vi: 'giới tính khác nhau', en: 'the sexes differ' },
  'named-by-mother': { vi: 'trẻ còn mang tên mẹ', en: 'a newborn still bears the mother’s name' },
  'nothing-else-to-tell': {
    vi: 'ngoài họ tên và ngày sinh không có gì khác để phân biệt',
    en: 'nothing but name and birth date speaks for it',
  },
  'no-name-in-common': { vi: 'tên gọi không trùng', en: 'the given names do not agree' },
}

const signed = (bits: number, language: Language): string => {
  const text = `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`
  return language === 'vi' ? text.replace('.', ',') : text
}

/** 'Cùng một người (+21,3): họ tên trùng +14,2; ngày sinh trùng +12,1; …' */
export function explain({ verdict, score, reasons, rule }: Decision, language: Language): string {
  const told = reasons.map(({ field, level, weight }) =>
    [FIELDS[field][language], LEVELS[level]?.[language] ?? level, signed(weight, language)].join(' '),
  )
  const because = rule === undefined ? [] : [RULES[rule]?.[language] ?? rule]
  const nothing = language === 'vi' ? 'không có gì để so sánh' : 'nothing to compare'
  const why = [...because, ...told].join('; ') || nothing
  return `${VERDICTS[verdict][language]} (${signed(score, language)}): ${why}.`
}
