import {
  allConceptMaps,
  allSystems,
  allValueSets,
  type Concept,
  type ConceptMap,
  type System,
  type ValueSet,
} from '@sokhoe/codes/terminology'
import { writeJson } from '@sokhoe/fhir'

/** A CodeSystem, ValueSet or ConceptMap of this house: made from its tables, the same at every start. */
export interface OwnResource {
  readonly id: string
  readonly url: string
  readonly version: string | undefined
  readonly name: string
  readonly title: string
  /** The resource as JSON. */
  readonly text: () => string
}

/** Longer lists are asked by $lookup and $expand; their resource says what they are and how many. */
const MOST_CONCEPTS = 500

const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
  new Map(all.map((one) => [one.id, one]))

let systems: ReadonlyMap<string, System> | undefined
let valueSets: ReadonlyMap<string, ValueSet> | undefined

/** @returns undefined for an id that is none of a code system of this house */
export function ownSystem(id: string | undefined): System | undefined {
  systems ??= byId(allSystems())
  return id === undefined ? undefined : systems.get(id)
}

export function ownValueSet(id: string | undefined): ValueSet | undefined {
  valueSets ??= byId(allValueSets())
  return id === undefined ? undefined : valueSets.get(id)
}

interface Described {
  readonly id: string
  readonly url: string
  readonly version?: string
  readonly title: string
  readonly english: string
}

/** A name for programs: letters and digits, beginning with a capital. */
const nameOf = ({ id }: Described): string =>
  `SoKhoe${id
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('')}`

const translated = (english: string) => ({
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/translation',
      extension: [
        { url: 'lang', valueCode: 'en' },
        { url: 'content', valueString: english },
      ],
    },
  ],
})

const head = (resourceType: string, one: Described) => ({
  resourceType,
  id: one.id,
  language: 'vi',
  url: one.url,
  ...(one.version !== undefined && { version: one.version }),
  name: nameOf(one),
  title: one.title,
  _title: translated(one.english),
  status: 'active',
  experimental: false,
  publisher: 'Sở Y tế Thành phố Hồ Chí Minh',
})

const TYPES = { string: 'string', number: 'integer', boolean: 'boolean' } as const

const conceptIn = ({ code, display, english, others = [], parent, heading, properties = [] }: Concept) => ({
  code,
  display,
  ...((english !== undefined || others.length > 0) && {
    designation: [
      ...(english === undefined ? [] : [{ language: 'en', value: english }]),
      ...others.map((value) => ({ language: 'vi', value })),
    ],
  }),
  ...((parent !== undefined || heading || properties.length > 0) && {
    property: [
      ...(parent === undefined ? [] : [{ code: 'parent', valueCode: parent }]),
      ...(heading ? [{ code: 'notSelectable', valueBoolean: true }] : []),
      ...properties.map(({ code, value }) => ({
        code,
        [`value${{ string: 'String', number: 'Integer', boolean: 'Boolean' }[typeof value as keyof typeof TYPES]}`]:
          value,
      })),
    ],
  }),
})

/** The properties that some concept carries, each with its type. */
function propertiesOf(concepts: readonly Concept[]) {
  const found = new Map<string, string>()
  if (concepts.some(({ parent }) => parent !== undefined)) found.set('parent', 'code')
  if (concepts.some(({ heading }) => heading)) found.set('notSelectable', 'boolean')
  for (const { properties = [] } of concepts)
    for (const { code, value } of properties) found.set(code, TYPES[typeof value as keyof typeof TYPES])
  return [...found].map(([code, type]) => ({ code, type }))
}

function codeSystem(system: System): object {
  const concepts = system.concepts()
  const property = propertiesOf(concepts)
  const isShort = concepts.length <= MOST_CONCEPTS
  return {
    ...head('CodeSystem', system),
    ...(system.source !== undefined && { description: system.source }),
    caseSensitive: true,
    content: isShort ? system.content : 'not-present',
    ...(system.content === 'complete' && { count: concepts.length }),
    ...(property.length > 0 && { property }),
    ...(isShort && { concept: concepts.map(conceptIn) }),
  }
}

const valueSet = (set: ValueSet): object => ({
  ...head('ValueSet', set),
  compose: {
    include: set.include.map(({ system, version, codes }) => ({
      system,
      ...(version !== undefined && { version }),
      ...(codes && { concept: codes.map((code) => ({ code })) }),
    })),
  },
})

function conceptMap(map: ConceptMap): object {
  const element = [...Map.groupBy(map.pairs(), ([code]) => code)].map(([code, pairs]) => ({
    code,
    target: pairs.map(([, target]) => ({ code: target.code, equivalence: target.equivalence })),
  }))
  return {
    ...head('ConceptMap', map),
    group: [
      {
        source: map.from.system,
        ...(map.from.version !== undefined && { sourceVersion: map.from.version }),
        target: map.to.system,
        ...(map.to.version !== undefined && { targetVersion: map.to.version }),
        element,
      },
    ],
  }
}

/** Written when first asked for. */
function own<T extends Described>(all: readonly T[], make: (one: T) => object): OwnResource[] {
  return all.map((one) => {
    let text: string | undefined
    return {
      id: one.id,
      url: one.url,
      version: one.version,
      name: nameOf(one),
      title: one.title,
      text: () => {
        text ??= writeJson(make(one))
        return text
      },
    }
  })
}

const MAKERS: Readonly<Record<string, () => OwnResource[]>> = {
  CodeSystem: () => own(allSystems(), codeSystem),
  ValueSet: () => own(allValueSets(), valueSet),
  ConceptMap: () => own(allConceptMaps(), conceptMap),
}

const made = new Map<string, readonly OwnResource[]>()

/** What this house itself publishes of a type: nothing but of CodeSystem, ValueSet and ConceptMap. */
export function ownResources(type: string): readonly OwnResource[] {
  const known = made.get(type) ?? MAKERS[type]?.() ?? []
  made.set(type, known)
  return known
}
