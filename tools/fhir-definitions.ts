import { readdirSync, readFileSync } from 'node:fs'

/** Reads the official definitions of FHIR R4 (hl7.fhir.r4.examples, CC0) for what is generated from them. */
const FOLDER = new URL('../node_modules/hl7.fhir.r4.examples/', import.meta.url)

/** All of one kind, in the order of their file names. */
export const readDefinitions = <T>(kind: string): T[] =>
  readdirSync(FOLDER)
    .filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T)

interface ElementType {
  readonly code: string
  readonly targetProfile?: readonly string[]
  readonly extension?: readonly { readonly url: string; readonly valueUrl?: string }[]
}

interface ElementDefinition {
  readonly path: string
  readonly max: string
  readonly type?: readonly ElementType[]
  readonly contentReference?: string
}

interface StructureDefinition {
  readonly name: string
  readonly type: string
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical'
  readonly abstract: boolean
  readonly derivation?: 'specialization' | 'constraint'
  readonly baseDefinition?: string
  readonly snapshot: { readonly element: readonly ElementDefinition[] }
}

export interface Child {
  /** Without [x]. */
  readonly name: string
  readonly choice: boolean
  readonly many: boolean
  /** Names of types; for an element with parts of its own its path, such as Observation.component. */
  readonly types: readonly { readonly name: string; readonly targets: readonly string[] }[]
}

export interface TypeModel {
  /** A type of FHIR, or the path of an element with parts of its own. */
  readonly name: string
  readonly base: string
  readonly kind: StructureDefinition['kind']
  readonly abstract: boolean
  readonly children: ReadonlyMap<string, Child>
}

const tail = (url: string): string => url.slice(url.lastIndexOf('/') + 1)

const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type'

/** Values of primitives and ids are of a FHIRPath type; an extension says what they are in FHIR. */
function nameOf({ code, extension = [] }: ElementType): string {
  if (!code.startsWith('http://hl7.org/fhirpath/')) return code
  return (
    extension.find(({ url }) => url === FHIR_TYPE)?.valueUrl ??
    tail(code).replace('System.', '').toLowerCase()
  )
}

function childOf(element: ElementDefinition, owners: ReadonlySet<string>): Child {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1)
  const own = element.contentReference?.slice(1) ?? (owners.has(element.path) ? element.path : undefined)
  const types = own
    ? [{ name: own, targets: [] }]
    : (element.type ?? []).map((type) => ({
        name: nameOf(type),
        targets: (type.targetProfile ?? []).map(tail),
      }))
  return {
    name: name.replace('[x]', ''),
    choice: name.endsWith('[x]'),
    many: element.max !== '0' && element.max !== '1',
    types,
  }
}

function modelsOf(definition: StructureDefinition): TypeModel[] {
  const { element } = definition.snapshot
  const owners = new Set(element.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('.')))))
  const [root = ''] = element.map(({ path }) => path)
  return [...owners].filter(Boolean).map((owner) => {
    const parts = element.filter(({ path }) => path.slice(0, path.lastIndexOf('.')) === owner)
    const whole = element.find(({ path }) => path === owner)
    return {
      name: owner,
      base:
        owner === root
          ? tail(definition.baseDefinition ?? '')
          : (whole?.type?.[0]?.code ?? 'BackboneElement'),
      kind: definition.kind,
      abstract: definition.abstract,
      children: new Map(parts.map((part) => childOf(part, owners)).map((child) => [child.name, child])),
    }
  })
}

/** Every type of R4 and every element with parts of its own, by name. */
export function readModels(): ReadonlyMap<string, TypeModel> {
  const base = readDefinitions<StructureDefinition>('StructureDefinition').filter(
    ({ kind, derivation }) => kind !== 'logical' && derivation !== 'constraint',
  )
  return new Map(base.flatMap(modelsOf).map((model) => [model.name, model]))
}
