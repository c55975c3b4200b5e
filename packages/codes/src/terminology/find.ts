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
  /** Every name without marks, each word after a space; made when names are first searched. */
  words: string | undefined
}

const indexes = new WeakMap<System, Index>()

const bare = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '')

function indexOf(system: System): Index {
  const known = indexes.get(system)
  if (known) return known
  const concepts = system.concepts()
  const index = {
    byCode: new Map(concepts.map((concept) => [concept.code, concept])),
    entries: concepts.map((concept) => ({ concept, code: bare(concept.code), words: undefined })),
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

function foldedWords(entry: Entry): string {
  if (entry.words !== undefined) return entry.words
  const { display, english = '', others = [] } = entry.concept
  const words = ` ${wordsOf([display, english, ...others].join(' ')).join(' ')}`
  entry.words = words
  return words
}

/**
 * The concepts that a text finds: those whose code begins with it, then those with a word beginning with each of its
 * words, in Vietnamese or English, with or without marks. What is written as it was asked for, marks and all, goes first.
 *
 * @param text '' finds all
 */
export function find(system: System, text: string): readonly Concept[] {
  const { entries } = indexOf(system)
  const words = wordsOf(text)
  if (words.length === 0) return entries.map(({ concept }) => concept)
  const code = bare(text)
  const parts = words.map((word) => ` ${word}`)
  const written = text.trim().normalize('NFC').toLocaleLowerCase('vi')
  const [byCode, exact, others]: [Concept[], Concept[], Concept[]] = [[], [], []]
  for (const entry of entries) {
    if (code !== '' && entry.code.startsWith(code)) byCode.push(entry.concept)
    else if (hasAll(foldedWords(entry), parts))
      (entry.concept.display.toLocaleLowerCase('vi').includes(written) ? exact : others).push(entry.concept)
  }
  return [...byCode, ...exact, ...others]
}

const hasAll = (text: string, parts: readonly string[]): boolean => parts.every((part) => text.includes(part))

/** Folds every name of a system beforehand, so that the first search is as fast as the next. */
export function warm(system: System): void {
  for (const entry of indexOf(system).entries) foldedWords(entry)
}
