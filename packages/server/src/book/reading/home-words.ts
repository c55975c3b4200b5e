import type { Words } from '@sokhoe/model/reading'
import { both } from './words.ts'

type Params = Readonly<Record<string, string | number>>

const fill = (text: string, params: Params, comma: boolean): string =>
  text.replaceAll(/\{(\w+)\}/g, (gap, name: string) => {
    const value = params[name]
    if (value === undefined) return gap
    return comma && typeof value === 'number' ? String(value).replace('.', ',') : String(value)
  })

/** A text with its gaps filled, numbers with the decimal sign of the language. */
export const filled = (words: Words, params: Params): Words =>
  both(fill(words.vi, params, true), fill(words.en, params, false))
