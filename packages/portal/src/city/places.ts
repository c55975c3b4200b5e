/** A ward as it stood on a day, as the directory tells it. */
export interface ToldWard {
  readonly code: string
  readonly fullName: string
  readonly today: readonly { readonly code: string; readonly name: string; readonly whole: boolean }[]
}

/** Without marks and capitals, so that "binh quoi" finds Bình Quới. */
const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()

/** Wards whose old name, new name or code holds every word that was typed; all of them for nothing typed. */
export function findWards(wards: readonly ToldWard[], typed: string): ToldWard[] {
  const words = bare(typed).split(/\s+/).filter(Boolean)
  return wards.filter((ward) => {
    const text = bare(
      [ward.code, ward.fullName, ...ward.today.flatMap((next) => [next.code, next.name])].join(' '),
    )
    return words.every((word) => text.includes(word))
  })
}
