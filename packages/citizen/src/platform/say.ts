import { createStore } from './store.ts'
import { vi } from './vi.ts'

export type Phrase = keyof typeof vi
export type Catalogue = Record<Phrase, string>
export type Language = 'vi' | 'en'

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never
type Params<Key extends Phrase> = Names<(typeof vi)[Key]>
type Gap<Key extends Phrase> = [Params<Key>] extends [never]
  ? []
  : [params: Record<Params<Key>, string | number>]

const KEPT = 'sk.language'
let catalogue: Catalogue = vi
const language = createStore<Language>('vi')

/** Puts parameters where a phrase has their name in braces; a name without value stays visible, never "undefined". */
export const fill = (phrase: string, params: Readonly<Record<string, string | number>> = {}): string =>
  phrase.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))

/** The phrase in the reader's language. A missing key or parameter fails the type check. */
export const say = <Key extends Phrase>(key: Key, ...[params]: Gap<Key>): string =>
  fill(catalogue[key], params)

/** For keys that come from outside, such as problem codes: the phrase, or the other one where none is known. */
export const sayOr = (
  key: string,
  otherwise: string,
  params?: Readonly<Record<string, string | number>>,
): string => (key in catalogue ? fill(catalogue[key as Phrase], params) : otherwise)

export const currentLanguage = language.get
export const useLanguage = language.use

/** Loads the language where needed, keeps the choice on this phone, and redraws the app. */
export async function speak(next: Language): Promise<void> {
  catalogue = next === 'en' ? (await import('./en.ts')).en : vi
  document.documentElement.lang = next
  try {
    localStorage.setItem(KEPT, next)
  } catch {
    // A phone that keeps nothing still speaks the language chosen now.
  }
  language.set(next)
}

/** The language chosen earlier on this phone; Vietnamese where none was. */
export const keptLanguage = (): Language => {
  try {
    return localStorage.getItem(KEPT) === 'en' ? 'en' : 'vi'
  } catch {
    return 'vi'
  }
}
