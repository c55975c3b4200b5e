import { createStore } from './store.ts'

export type Language = 'vi' | 'en'

/** The same phrases in another language. */
export type WordsOf<Vi> = Readonly<Record<keyof Vi, string>>
type Phrases = Readonly<Record<string, string>>

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never
type Gap<Text extends string> = [Names<Text>] extends [never]
  ? []
  : [params: Record<Names<Text>, string | number>]

const KEPT = 'sk.language'
const language = createStore<Language>('vi')

interface Catalogue {
  now: Phrases
  readonly vi: Phrases
  readonly loadEn: () => Promise<Phrases>
}
const catalogues: Catalogue[] = []

/** Puts parameters where a phrase has their name in braces; a name without value stays visible, never "undefined". */
export const fill = (phrase: string, params: Readonly<Record<string, string | number>> = {}): string =>
  phrase.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))

/**
 * A catalogue of phrases and the typed way to say them; every catalogue follows the one chosen language.
 * @param vi phrases as constants (`as const`), so that a missing key or parameter fails the type check
 * @param loadEn fetches the English ones, which are loaded only when chosen
 */
export function createSpeech<Vi extends Phrases>(vi: Vi, loadEn: () => Promise<WordsOf<Vi>>) {
  const own: Catalogue = { now: vi, vi, loadEn }
  catalogues.push(own)
  const say = <Key extends keyof Vi & string>(key: Key, ...[params]: Gap<Vi[Key]>): string =>
    fill(own.now[key] ?? key, params)
  return { say }
}

/** For keys that come from outside, such as problem codes: the phrase of any catalogue, or the other one where none has it. */
export const sayOr = (
  key: string,
  otherwise: string,
  params?: Readonly<Record<string, string | number>>,
): string => {
  const phrase = catalogues.find(({ now }) => Object.hasOwn(now, key))?.now[key]
  return phrase === undefined ? otherwise : fill(phrase, params)
}

export const currentLanguage = language.get
export const useLanguage = language.use

/** Loads the language where needed, keeps the choice on this phone, and redraws the app. */
export async function speak(next: Language): Promise<void> {
  const loaded = await Promise.all(
    catalogues.map(async (each) => ({ each, words: next === 'en' ? await each.loadEn() : each.vi })),
  )
  for (const { each, words } of loaded) each.now = words
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
