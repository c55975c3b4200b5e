/** The sound shape of Vietnamese: which letters can make one syllable. No dictionary, only spelling rules. */

const INITIALS = 'ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x'.split(' ')

const RHYMES = [
  'a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây',
  'e ec em en eng eo ep et ê êch êm ên ênh êp êt êu',
  'i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu',
  'o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt',
  'oc oe oen oeo oet oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt',
  'u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uơ uôc uôi uôm uôn uông uôt',
  'uy uya uych uyên uyêt uynh uyt uyp uyu',
  'ư ưa ưc ưi ưm ưn ưng ưt ươc ươi ươm ươn ương ươp ươt ươu ưu',
  'y ych yêm yên yêng yêt yêu ynh yp yt',
].flatMap((line) => line.split(' '))

const SYLLABLE = new RegExp(`^(?:${INITIALS.join('|')})?(?:${RHYMES.join('|')})$`)

/** What is left of a text when every mark is gone, those of letters too. */
const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')

const BARE_SYLLABLE = new RegExp(
  `^(?:${[...new Set(INITIALS.map(bare))].join('|')})?(?:${[...new Set(RHYMES.map(bare))].join('|')})$`,
)

/** Can these small plain letters be what is left of a syllable without its marks? Hue of Huệ, trieu of Triệu. */
export const isBareSyllable = (word: string): boolean => BARE_SYLLABLE.test(word)

/** Grave, acute, tilde, hook above, dot below: the five written tones as combining marks. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** The text without its tones, keeping ă â ê ô ơ ư đ; NFC. */
export const withoutTones = (text: string): string =>
  text.normalize('NFD').replace(TONES, '').normalize('NFC')

/** A bound on memory: there are far fewer different words in a city's names. */
const MOST_KNOWN = 100_000
const known = new Map<string, boolean>()

function spellsSyllable(word: string): boolean {
  const lower = word.toLocaleLowerCase('vi')
  const tones = lower.normalize('NFD').match(TONES)?.length ?? 0
  return tones <= 1 && SYLLABLE.test(withoutTones(lower))
}

/** Can this word be written in Vietnamese as one syllable with at most one tone? Case does not matter. */
export function isSyllable(word: string): boolean {
  const before = known.get(word)
  if (before !== undefined) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const is = spellsSyllable(word)
  known.set(word, is)
  return is
}
