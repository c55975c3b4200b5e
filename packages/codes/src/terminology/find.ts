import { asciiKey } from '@sokhoe/model/names'
import type { Concept, System } from './system.ts'

/** A code system laid out for finding. */
interface Index {
  readonly byCode: ReadonlyMap<string, Concept>
  readonly entries: readonly Entry[]
}

/** A concept with what it is found by. */
interface Entry {
  readonly concept: Concept
  /** Its code in bare capitals and digits. */
  readonly code: string
  /** Made when names are first searched. */
  names: Names | undefined
}

interface Names {
  /** Every name without marks, each word after a space. */
  readonly words: string
  /** Where the first name begins to say what it is: behind "Bệnh". */
  readonly begins: number
  /** The first name in small letters. */
  readonly small: string
}

const indexes = new WeakMap<System, Index>()

const bare = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '')

function indexOf(system: System): Index {
  const known = indexes.get(system)
  if (known) return known
  const concepts = system.concepts()
  const index = {
    byCode: new Map(concepts.map((concept) => [concept.code, concept])),
    entries: concepts.map((concept) => ({ concept, code: bare(concept.code), names: undefined })),
  }
  indexes.set(system, index)
  return index
}

const ICD10_WRITTEN = /^[A-Z]\d{2}\.?\d{0,3}$/i

export function conceptOf(system: System, code: string): Concept | undefined {
  const { byCode } = indexOf(system)
  return byCode.get(code)
}

/** How a code without dot or in small letters is properly written, if the system has it. */
export function properCode(system: System, code: string): string | undefined {
  if (!ICD10_WRITTEN.test(code)) return undefined
  const plain = bare(code)
  const dotted = plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain
  return conceptOf(system, dotted)?.code
}

const children = new WeakMap<System, ReadonlyMap<string, readonly string[]>>()

/** What stands directly under a code. */
export function childrenOf(system: System, code: string): readonly string[] {
  const known = children.get(system)
  if (known) return known.get(code) ?? []
  const under = new Map<string, string[]>()
  for (const { code: child, parent } of system.concepts())
    if (parent !== undefined) under.set(parent, [...(under.get(parent) ?? []), child])
  children.set(system, under)
  return under.get(code) ?? []
}

/** From a code up to the heading above all: first its parent. */
export function above(system: System, code: string): string[] {
  const { byCode } = indexOf(system)
  const found: string[] = []
  let parent = byCode.get(code)?.parent
  while (parent !== undefined && !found.includes(parent)) {
    found.push(parent)
    parent = byCode.get(parent)?.parent
  }
  return found
}

const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u
const wordsOf = (text: string): string[] => asciiKey(text).split(BETWEEN_WORDS).filter(Boolean)

const SAYS_NOTHING = /^ benh(?: ly)?(?= )/

function namesOf(entry: Entry): Names {
  if (entry.names) return entry.names
  const { display, english = '', others = [] } = entry.concept
  const words = ` ${wordsOf([display, english, ...others].join(' ')).join(' ')}`
  const begins = SAYS_NOTHING.exec(words)?.[0].length ?? 0
  entry.names = { words, begins, small: display.toLocaleLowerCase('vi') }
  return entry.names
}

/** A concept that was found by its name. */
interface Named {
  readonly concept: Concept
  /** 0: written as it was asked for, marks and all; 1: otherwise. */
  readonly rank: 0 | 1
  /** Where in its names the first word stands. */
  readonly at: number
}

/**
 * The concepts that a text finds: those whose code begins with it, then those with a word beginning with each of its
 * words, in Vietnamese or English, with or without marks. What is written as it was asked for, marks and all, goes
 * first, the earlier in a name the sooner, and what is coarser before what is finer.
 *
 * @param text '' finds all
 */
export function find(system: System, text: string): readonly Concept[] {
  const { entries } = indexOf(system)
  const words = wordsOf(text)
  const [first] = words
  if (first === undefined) return entries.map(({ concept }) => concept)
  const code = bare(text)
  const parts = words.map((word) => ` ${word}`)
  const written = text.trim().normalize('NFC').toLocaleLowerCase('vi')
  const byCode: Concept[] = []
  const byName: Named[] = []
  for (const entry of entries) {
    const { concept } = entry
    const { words: all, begins, small } = namesOf(entry)
    if (code !== '' && entry.code.startsWith(code)) byCode.push(concept)
    else if (hasAll(all, parts))
      byName.push({
        concept,
        rank: small.includes(written) ? 0 : 1,
        at: all.indexOf(` ${first}`, begins) - begins,
      })
  }
  byName.sort((a, b) => a.rank - b.rank || a.at - b.at || a.concept.code.length - b.concept.code.length)
  return [...byCode, ...byName.map(({ concept }) => concept)]
}

const hasAll = (text: string, parts: readonly string[]): boolean => parts.every((part) => text.includes(part))

/** Folds every name of a system beforehand, so that the first search is as fast as the next. */
export function warm(system: System): void {
  for (const entry of indexOf(system).entries) namesOf(entry)
}
