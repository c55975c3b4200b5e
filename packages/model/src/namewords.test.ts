import { expect, test } from 'vitest'
import { compareWords, nameWord, wordsOfName } from './namewords.ts'

const words = (text: string) => wordsOfName(text).map((word) => word.ascii)

test('a number behind a whole name is noise; one that stands for the name, or is long, is a word of it', () => {
  expect(words('Nguyễn Văn An 2')).toEqual(['nguyen', 'van', 'an'])
  expect(words('Nguyễn Thị 12')).toEqual(['nguyen', 'thi', '12'])
  expect(words('Nguyễn Thị 1234')).toEqual(['nguyen', 'thi', '1234'])
  expect(words('Trần Văn Nam 20261')).toEqual(['tran', 'van', 'nam', '20261'])
  expect(words('17')).toEqual(['17'])
})

test('numbers are counted, not spelt: no two of them are alike', () => {
  expect(compareWords(nameWord('1234'), nameWord('1235'), true)).toBe('different')
  expect(compareWords(nameWord('1234'), nameWord('1234'), true)).toBe('exact')
})

test('a word that has lost its marks is still a word of Vietnamese; what a code page left of one is not', () => {
  const bare = ['hue', 'trieu', 'tuyet', 'nguyen', 'quynh', 'duc', 'an']
  expect(bare.filter((word) => !nameWord(word).vietnamese)).toEqual([])
  expect(['huệ', 'triệu', 'đức'].filter((word) => !nameWord(word).vietnamese)).toEqual([])
  expect(['nguyôên', 'smith', 'robert', 'ngueyn'].filter((word) => nameWord(word).vietnamese)).toEqual([])
})
