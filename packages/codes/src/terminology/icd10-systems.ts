import { once } from '../csv.ts'
import { type Icd10, icd10Groups, icd10Listed, icd10Lists } from '../icd10.ts'
import type { Concept, Property, System } from './system.ts'

export const ICD10 = 'http://hl7.org/fhir/sid/icd-10'

const MARKS = { '+': 'dagger', '*': 'asterisk', '': undefined } as const

function propertiesOf(entry: Icd10): Property[] {
  const mark = MARKS[entry.mark]
  return [
    ...(mark ? [{ code: 'mark', value: mark }] : []),
    { code: 'principal', value: entry.principal },
    ...(entry.hasFiner ? [{ code: 'hasFiner', value: true }] : []),
    ...(entry.deathOnly ? [{ code: 'deathOnly', value: true }] : []),
    ...(entry.onlySex ? [{ code: 'onlySex', value: entry.onlySex }] : []),
    ...(entry.notifiable ? [{ code: 'notifiable', value: entry.notifiable }] : []),
  ]
}

/** The next shorter code that the list has, else the block. */
function parentOf(entry: Icd10, has: ReadonlySet<string>): string {
  for (let code = entry.code.slice(0, -1); code.length >= 3; code = code.slice(0, -1)) {
    const plain = code.endsWith('.') ? code.slice(0, -1) : code
    if (has.has(plain)) return plain
  }
  return entry.block || entry.chapter
}

function conceptsOf(from: string): Concept[] {
  const entries = icd10Listed(from)
  const has = new Set(entries.map((entry) => entry.code))
  return [
    ...icd10Groups().map(({ id, name, chapter }) => ({
      code: id,
      display: name,
      heading: true,
      ...(chapter !== null && { parent: chapter }),
    })),
    ...entries.map((entry) => ({
      code: entry.code,
      display: entry.name,
      parent: parentOf(entry, has),
      properties: propertiesOf(entry),
    })),
  ]
}

/** Both lists that were in force, each a version named by its first day. */
export const icd10Systems = once((): System[] =>
  icd10Lists().map(({ from, to, source }) => ({
    id: `icd-10-${from}`,
    url: ICD10,
    version: from,
    from,
    ...(to !== null && { to }),
    title: 'ICD-10 tiếng Việt',
    english: 'ICD-10, Vietnamese edition',
    content: 'complete',
    source,
    aliases: ['urn:oid:2.16.840.1.113883.6.3'],
    concepts: once(() => conceptsOf(from)),
  })),
)
