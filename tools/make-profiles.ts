import { writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import { readDefinitions } from './fhir-definitions.ts'
import { lastPart, readJsons, textOf, withoutVersion } from './make-fhir.ts'

/**
 * Makes packages/fhir/data/profiles.json: `node tools/make-profiles.ts FOLDER`, where the folder is the unpacked
 * package hl7.fhir.uv.ips 2.0.0 (CC0). Only what a profile adds to its base is kept: the base is checked by itself.
 * The vital signs of R4, to which the summary refers, come from the package of R4.
 */
interface Constraint {
  readonly key: string
  readonly severity: string
  readonly human: string
  readonly expression?: string
}

interface Element {
  readonly id: string
  readonly min?: number
  readonly max?: string
  readonly type?: readonly {
    readonly code: string
    readonly profile?: readonly string[]
    readonly targetProfile?: readonly string[]
  }[]
  readonly binding?: { readonly strength: string; readonly valueSet?: string }
  readonly constraint?: readonly Constraint[]
  readonly slicing?: { readonly discriminator?: readonly { readonly type: string; readonly path: string }[] }
}

interface Profile {
  readonly id: string
  readonly url: string
  readonly type: string
  readonly derivation?: string
  readonly differential: { readonly element: readonly Element[] }
}

interface Included {
  readonly system?: string
  readonly concept?: readonly { readonly code: string }[]
  readonly filter?: readonly { readonly op: string; readonly value: string }[]
}

interface ValueSet {
  readonly url: string
  readonly compose?: { readonly include?: readonly Included[]; readonly exclude?: readonly Included[] }
}

interface Concept {
  readonly code: string
  readonly concept?: readonly Concept[]
}

interface CodeSystem {
  readonly url: string
  readonly concept?: readonly Concept[]
}

/** What a profile adds to one element; the names are those that packages/fhir/src/validate/profiles.ts reads. */
interface Node {
  min?: number
  max?: number
  types?: unknown
  fixed?: unknown
  pattern?: unknown
  binding?: string
  invariants?: readonly string[]
  slicing?: readonly (readonly [string, string])[]
  slices?: Record<string, Node>
  parts?: Record<string, Node>
}

const TARGET = new URL('../packages/fhir/data/profiles.json', import.meta.url)

/** The value of fixedCode, patternCodeableConcept and their like. */
const valued = (element: object, prefix: string): unknown =>
  Object.entries(element).find(([name]) => new RegExp(`^${prefix}[A-Z]`).test(name))?.[1]

const typesOf = ({ type }: Element): unknown =>
  type?.map(({ code, profile, targetProfile }) => ({
    code,
    ...(profile && { profiles: profile.map(withoutVersion) }),
    ...(targetProfile && { targets: targetProfile.map(withoutVersion) }),
  }))

/** What the element says, without what says nothing new. */
function said(element: Element): Node {
  const { min, max, binding, constraint, slicing } = element
  const [fixed, pattern] = [valued(element, 'fixed'), valued(element, 'pattern')]
  const types = typesOf(element)
  return {
    ...(min && { min }),
    ...(max !== undefined && max !== '*' && { max: Number(max) }),
    ...(types !== undefined && { types }),
    ...(fixed !== undefined && { fixed }),
    ...(pattern !== undefined && { pattern }),
    ...(binding?.strength === 'required' &&
      binding.valueSet && { binding: withoutVersion(binding.valueSet) }),
    ...(constraint && { invariants: constraint.map(({ key }) => key) }),
    ...(slicing?.discriminator && {
      slicing: slicing.discriminator.map(({ type, path }) => [type, path] as const),
    }),
  }
}

function treeOf({ differential }: Profile): Node {
  const root: Node = {}
  for (const element of differential.element) {
    const [, ...steps] = element.id.split('.')
    let node = root
    for (const step of steps) {
      const [name = '', slice] = step.split(':')
      node.parts ??= {}
      node = node.parts[name] ??= {}
      if (slice === undefined) continue
      node.slices ??= {}
      node = node.slices[slice] ??= {}
    }
    Object.assign(node, said(element))
  }
  return root
}

const systems = new Map(readDefinitions<CodeSystem>('CodeSystem').map((each) => [each.url, each]))

function codesOf({ system = '', concept, filter }: Included): string[] {
  if (concept) return concept.map(({ code }) => code)
  // the filters of these sets name one code that has none below it
  if (filter) return filter.map(({ value }) => value)
  return (systems.get(system)?.concept ?? []).flatMap(withBelow)
}

const withBelow = ({ code, concept = [] }: Concept): string[] => [code, ...concept.flatMap(withBelow)]

function listed({ compose }: ValueSet): string {
  const left = new Set((compose?.exclude ?? []).flatMap(codesOf))
  return (compose?.include ?? [])
    .map((each) => [each.system ?? '', ...codesOf(each).filter((code) => !left.has(code))].join(' '))
    .join('\n')
}

/** Value sets to which some node is bound with strength required. */
function bindingsIn(node: Node): string[] {
  const below = [...Object.values(node.parts ?? {}), ...Object.values(node.slices ?? {})]
  return [...(node.binding ? [node.binding] : []), ...below.flatMap(bindingsIn)]
}

function main(folder: URL): void {
  const own = readJsons<Profile>(folder, 'StructureDefinition-').filter(
    ({ derivation }) => derivation === 'constraint',
  )
  const vital = readDefinitions<Profile>('StructureDefinition').filter(({ id }) => id === 'vitalsigns')
  const profiles = [...own, ...vital]
  const trees = profiles.map((profile) => [profile, treeOf(profile)] as const)
  const bound = new Set(trees.flatMap(([, tree]) => bindingsIn(tree)))
  const sets = readJsons<ValueSet>(folder, 'ValueSet-').filter(({ url }) => bound.has(url))
  const constraints = profiles.flatMap((each) => each.differential.element.flatMap((e) => e.constraint ?? []))
  const compact = {
    made: 'by tools/make-profiles.ts from hl7.fhir.uv.ips 2.0.0 and vital signs of FHIR 4.0.1 (CC0); not edited by hand',
    /** Address → the type and, as JSON, what is added to it. */
    profiles: Object.fromEntries(
      trees.map(([{ url, type }, tree]) => [url, `${type} ${JSON.stringify(tree)}`]),
    ),
    valueSets: Object.fromEntries(sets.map((set) => [set.url, listed(set)])),
    invariants: Object.fromEntries(
      constraints.map(({ key, severity, human, expression = '' }) => [key, [severity, human, expression]]),
    ),
  }
  writeFileSync(TARGET, textOf(compact))
  process.stdout.write(`${profiles.map(({ url }) => lastPart(url)).join(' ')}\n`)
}

const [, , folder] = argv
if (folder) main(pathToFileURL(`${folder}/`))
else process.exitCode = 64
