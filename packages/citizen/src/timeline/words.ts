import type { Line, Measured, Words } from '@sokhoe/model/reading'
import { sayQuantity } from '@sokhoe/ui/format'
import { currentLanguage } from '../platform/say.ts'

/** The words of the reader's language. */
export const inWords = (words: Words): string => words[currentLanguage()]

/** Words that a source wrote in Vietnamese and no list knows in English say so to whoever reads them aloud. */
export const langOf = ({ vi, en }: Words): 'vi' | undefined =>
  currentLanguage() === 'en' && vi === en && /\p{L}/u.test(vi) ? 'vi' : undefined

/** A value as it was written, both numbers of a pressure with the decimal sign of the language. */
export const sayMeasured = ({ text, unit }: Measured): string => {
  const number = currentLanguage() === 'vi' ? text.replaceAll('.', ',') : text
  return sayQuantity(number, unit)
}

/** 23/11/2026, 11/2026 or 2026, as far as it is known. */
export const sayWhen = ({ when }: Pick<Line, 'when'>): string =>
  when.slice(0, 10).split('-').reverse().join('/')
