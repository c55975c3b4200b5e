import type { FhirResource } from '../../types.ts'
import { ELEMENTS } from './elements.generated.ts'
import { isRecord } from './types.ts'
import type { Wishes } from './wishes.ts'

/** @see https://hl7.org/fhir/R4/search.html#summary, https://hl7.org/fhir/R4/search.html#elements */
interface Shape {
  readonly mandatory: readonly string[]
  readonly summary: readonly string[]
  /** Of what a summary shows, what it leaves out: 'component.interpretation'. */
  readonly leftOut: ReadonlySet<string>
}

const wordsOf = (text = ''): string[] => text.split(' ').filter((word) => word !== '')

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  ELEMENTS.split('\n').map((line) => {
    const [type = '', mandatory, summary, leftOut] = line.split('\t')
    return [
      type,
      { mandatory: wordsOf(mandatory), summary: wordsOf(summary), leftOut: new Set(wordsOf(leftOut)) },
    ] as const
  }),
)

const ALWAYS = ['resourceType', 'id', 'meta']

/** 'valueQuantity' and '_valueQuantity' are what the definition calls 'value[x]'. */
function isNamed(element: string, names: readonly string[]): boolean {
  const plain = element.replace(/^_/, '')
  return names.some((name) => {
    if (!name.endsWith('[x]')) return name === plain
    const start = name.slice(0, -3)
    return plain.startsWith(start) && /^(?:$|[A-Z])/.test(plain.slice(start.length))
  })
}

/** A client may leave out what the definition writes behind a choice. */
const asDefined = ({ mandatory, summary }: Shape, element: string): string =>
  [...mandatory, ...summary].find((name) => name === `${element}[x]`) ?? element

function withoutInner(name: string, value: unknown, leftOut: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutInner(name, each, leftOut))
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([inner]) => !leftOut.has(`${name}.${inner.replace(/^_/, '')}`))
  return Object.fromEntries(kept)
}

const SUBSETTED = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
}

/** Says in the resource itself that it is not whole: it must not be sent back as it is. */
function marked(resource: FhirResource): FhirResource {
  const { meta } = resource
  return { ...resource, meta: { ...meta, tag: [...(meta?.tag ?? []), SUBSETTED] } }
}

function keeping(resource: FhirResource, names: readonly string[]): FhirResource {
  const kept = Object.entries(resource).filter(([element]) => isNamed(element, [...ALWAYS, ...names]))
  return marked({ ...Object.fromEntries(kept), resourceType: resource.resourceType })
}

/** Whether the answer holds resources that are not whole. */
export const shortens = ({ summary, elements }: Pick<Wishes, 'summary' | 'elements'>): boolean =>
  elements.length > 0 || summary === 'true' || summary === 'text' || summary === 'data'

/** The part of a resource that was wished for, with the mark that it is a part. */
export function shorten(
  resource: FhirResource,
  { summary, elements }: Pick<Wishes, 'summary' | 'elements'>,
): FhirResource {
  const shape = SHAPES.get(resource.resourceType)
  if (!shape) return resource
  if (elements.length > 0)
    return keeping(resource, [...shape.mandatory, ...elements.map((element) => asDefined(shape, element))])
  if (summary === 'text') return keeping(resource, [...shape.mandatory, 'text'])
  if (summary === 'data') {
    const { text: _, ...rest } = resource
    return marked(rest)
  }
  const shown = keeping(resource, [...shape.summary, ...shape.mandatory])
  const inner = Object.entries(shown).map(([name, value]) => [
    name,
    name === 'meta' ? value : withoutInner(name, value, shape.leftOut),
  ])
  return { ...Object.fromEntries(inner), resourceType: resource.resourceType }
}
