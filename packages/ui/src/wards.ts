/** A ward as it stood on a day, as the directory tells it. */
export interface ToldWard {
  readonly code: string
  readonly fullName: string
  readonly today: readonly { readonly code: string; readonly name: string; readonly whole: boolean }[]
}

/** Without marks and capitals, so that "binh quoi" finds Bình Quới. */
const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()

const textOf = ({ code, fullName, today }: ToldWard): string =>
  bare([code, fullName, ...today.flatMap((next) => [next.code, next.name])].join(' '))

/**
 * Wards whose old name, new name or code holds every word that was typed; all of them for nothing typed. Those that
 * hold the words side by side come first: "tan binh" is rather Tân Bình than Tân An in Bình Dương.
 */
export function findWards<Ward extends ToldWard>(wards: readonly Ward[], typed: string): Ward[] {
  const words = bare(typed).split(/\s+/).filter(Boolean)
  const phrase = words.join(' ')
  const told = wards.map((ward) => ({ ward, text: textOf(ward) }))
  return told
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .toSorted((a, b) => Number(b.text.includes(phrase)) - Number(a.text.includes(phrase)))
    .map(({ ward }) => ward)
}
