import { once, readTable } from './csv.ts'

/** A published list of diagnosis codes, and the days on which it was the one to use. */
const LISTS = [
  { letter: 'q', from: '2020-10-28', to: '2026-06-30', source: 'Decision 4469/QĐ-BYT' },
  { letter: 't', from: '2026-07-01', to: null, source: 'Circular 06/2026/TT-BYT' },
] as const

/** A diagnosis code of the Vietnamese ICD-10. */
export interface Icd10 {
  /** With its dot: "E11.9". */
  readonly code: string
  readonly name: string
  readonly chapter: string
  /** Range of the block: "E10-E14". */
  readonly block: string
  /** In a pair of codes, '+' names the cause (dagger) and '*' the manifestation (asterisk). */
  readonly mark: '' | '+' | '*'
  readonly principal: 'yes' | 'discouraged' | 'no'
  /** A finer code exists and should be preferred. */
  readonly hasFiner: boolean
  readonly deathOnly: boolean
  readonly onlySex: 'female' | 'male' | null
  /** Reporting group A or B of notifiable diseases; null where reporting is not asked. */
  readonly notifiable: string | null
}

interface Listed extends Icd10 {
  readonly lists: string
}

interface Block {
  readonly id: string
  readonly first: string
  readonly last: string
  readonly chapter: string
}

const GROUP_COLUMNS = ['kind', 'id', 'range', 'vi', 'chapter'] as const

const blocks = once((): Block[] =>
  readTable('icd10-chapters-blocks.csv', GROUP_COLUMNS)
    .filter((row) => row.kind === 'block')
    .map((row) => {
      const [first = row.range, last = first] = row.range.split('-')
      return { id: row.id, first, last, chapter: row.chapter }
    })
    .sort((a, b) => a.first.localeCompare(b.first)),
)

const sexOf = (flags: string): Icd10['onlySex'] =>
  flags.includes('f') ? 'female' : flags.includes('m') ? 'male' : null

const principalOf = (flags: string): Icd10['principal'] =>
  flags.includes('n') ? 'no' : flags.includes('d') ? 'discouraged' : 'yes'

const markOf = (mark: string): Icd10['mark'] => (mark === '+' || mark === '*' ? mark : '')

const codes = once(() => {
  const rows = readTable('icd10-vn.csv', ['code', 'mark', 'vi', 'lists', 'flags', 'notifiable'])
  return new Map(rows.map((row) => [row.code, row]))
})

const blockOf = (code: string): Block | undefined => {
  const category = code.slice(0, 3)
  return blocks().find((block) => block.first <= category && category <= block.last)
}

function listed(code: string): Listed | undefined {
  const row = codes().get(code)
  if (!row) return undefined
  const block = blockOf(code)
  return {
    code: row.code,
    name: row.vi,
    chapter: block?.chapter ?? '',
    block: block?.id ?? '',
    mark: markOf(row.mark),
    principal: principalOf(row.flags),
    hasFiner: row.flags.includes('s'),
    deathOnly: row.flags.includes('x'),
    onlySex: sexOf(row.flags),
    notifiable: row.notifiable === '' ? null : row.notifiable,
    lists: row.lists,
  }
}

/** The way people write it: "e119", "E11.9 ", "A97†" are "E11.9" and "A97". */
export function icd10Code(text: string): string {
  const plain = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain
}

/**
 * Looks a diagnosis code up in the list that was in force.
 *
 * @param code with or without its dot, any case
 * @param day YYYY-MM-DD on which the episode ended; days before 2020-10-28 are read in the list of that day, the oldest kept
 * @returns the code, or why there is none: 'unknown' in every list, or 'not-in-force' in the list of that day
 *
 * @example
 * icd10At('A90', '2026-08-01') // 'not-in-force': dengue is A97 since July 2026
 */
export function icd10At(code: string, day: string): Icd10 | 'unknown' | 'not-in-force' {
  const found = listed(icd10Code(code))
  if (!found) return 'unknown'
  const { lists, ...entry } = found
  const list = LISTS.findLast((one) => one.from <= day) ?? LISTS[0]
  return lists.includes(list.letter) ? entry : 'not-in-force'
}

/** The Vietnamese name of a code, in force or not; undefined for an unknown code. */
export function icd10Name(code: string): string | undefined {
  return codes().get(icd10Code(code))?.vi
}

/** The lists of diagnosis codes, oldest first, with the days on which each was the one to use. */
export const icd10Lists = (): readonly {
  readonly from: string
  readonly to: string | null
  readonly source: string
}[] => LISTS

/** Every code of the list that began on that day, in the order of the codes. */
export function icd10Listed(from: string): Icd10[] {
  const letter = LISTS.find((list) => list.from === from)?.letter
  if (!letter) return []
  const found = [...codes().keys()].map(listed).filter((entry) => entry?.lists.includes(letter))
  return found.filter((entry) => entry !== undefined).map(({ lists: _lists, ...entry }) => entry)
}

/** A chapter or block of the classification: what its codes stand under. */
export interface Icd10Group {
  /** "IV", "E10-E14" */
  readonly id: string
  readonly range: string
  readonly name: string
  /** Of a block: its chapter. */
  readonly chapter: string | null
}

/** Each once: the published table names one block twice. */
export const icd10Groups = once((): Icd10Group[] => {
  const groups = readTable('icd10-chapters-blocks.csv', GROUP_COLUMNS).map(
    (row): Icd10Group => ({
      id: row.id,
      range: row.range,
      name: row.vi,
      chapter: row.kind === 'block' ? row.chapter : null,
    }),
  )
  return [...new Map(groups.map((group) => [group.id, group])).values()]
})
