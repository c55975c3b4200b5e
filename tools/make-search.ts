import { writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Node, parsePath } from '../packages/fhir/src/path/parse.ts'
import { type Child, readDefinitions, readModels } from './fhir-definitions.ts'

/**
 * Makes packages/fhir/src/search/table.generated.ts: `node tools/make-search.ts`.
 * The expressions of the search parameters are resolved here against the definitions of the types, so that at run time
 * only fields are followed: `(Observation.value as Quantity)` becomes `valueQuantity:Quantity`.
 */
interface SearchParameter {
  readonly id: string
  readonly url: string
  readonly code: string
  readonly base: readonly string[]
  readonly type: string
  readonly expression?: string
  readonly target?: readonly string[]
  readonly component?: readonly { readonly definition: string; readonly expression: string }[]
}

interface Compartment {
  readonly code: string
  readonly resource: readonly { readonly code: string; readonly param?: readonly string[] }[]
}

/** One way through fields to values of one type. */
interface Way {
  readonly fields: readonly string[]
  readonly type: string
  readonly targets: readonly string[]
}

const models = readModels()
const types = [...models.values()].filter(
  ({ name, kind, abstract }) => kind === 'resource' && !abstract && !name.includes('.'),
)
/** Those of extensions, of the genetics profiles and the examples are no base parameters; some have no expression. */
const parameters = readDefinitions<SearchParameter>('SearchParameter').filter(
  ({ id, base, expression }) =>
    base && expression && !/-extensions-|-genetic-|^example(?:-reference|-extension)?$/.test(id),
)
const byUrl = new Map(parameters.map((parameter) => [parameter.url, parameter]))

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

function stepInto(way: Way, name: string): Way[] {
  const child: Child | undefined = models.get(way.type)?.children.get(name)
  if (!child) throw new Error(`${way.type} has no ${name}`)
  return child.types.map((type) => ({
    fields: [...way.fields, child.choice ? name + capital(type.name) : name],
    type: type.name,
    targets: type.targets,
  }))
}

const withFilter = (way: Way, filter: string): Way => ({
  ...way,
  fields: [...way.fields.slice(0, -1), `${way.fields.at(-1)}${filter}`],
})

const refuse = (node: Node): never => {
  throw new Error(`no way for ${JSON.stringify(node)}`)
}

function narrowed(ways: readonly Way[], condition: Node | undefined): Way[] {
  if (condition?.is === 'type' && condition.of.is === 'call' && condition.of.name === 'resolve')
    return ways.map((way) => ({ ...withFilter(way, `~${condition.type}`), targets: [condition.type] }))
  if (condition?.is !== 'binary' || condition.op !== '=') throw new Error('an unknown condition')
  const { left, right } = condition
  if (left.is !== 'member' || right.is !== 'literal' || right.literal.kind !== 'string')
    return refuse(condition)
  const { name } = left
  const { value } = right.literal
  return ways.map((way) => withFilter(way, `?${name}=${value}`))
}

/** A type counts as those that it is made from: canonical is a uri. */
const isSame = (type: string, wanted: string): boolean =>
  type === wanted ||
  (wanted === 'DateTime' && type === 'dateTime') ||
  (models.has(type) && isSame(models.get(type)?.base ?? '', wanted))

/** Whether a path that begins with the name of a type speaks of this type. */
const speaksOf = (root: string, name: string): boolean =>
  name === root || (/^(?:Domain)?Resource$/.test(name) && models.has(root))

/** Ways on from where a step begins; undefined is where the whole expression does. */
type From = (of: Node | undefined) => Way[]

function waysOf(node: Node, start: Way, root: string): Way[] {
  const from: From = (of) => (of ? waysOf(of, start, root) : [start])
  if (node.is === 'binary')
    return node.op === '|' ? [...from(node.left), ...from(node.right)] : deceased(node, root)
  if (node.is === 'external') return [{ fields: ['%'], type: root, targets: [] }]
  if (node.is === 'type') return from(node.of).filter((way) => isSame(way.type, node.type))
  if (node.is === 'indexer') return first(node, from)
  if (node.is === 'call') return called(node, from)
  if (node.is !== 'member') return refuse(node)
  if (!node.of && /^[A-Z]/.test(node.name)) return speaksOf(root, node.name) ? [start] : []
  return from(node.of).flatMap((way) => stepInto(way, node.name))
}

function first(node: Node & { is: 'indexer' }, from: From): Way[] {
  const { index } = node
  if (index.is !== 'literal' || index.literal.kind !== 'number' || index.literal.value !== 0)
    return refuse(node)
  return from(node.of).map((way) => withFilter(way, '[0]'))
}

function called(node: Node & { is: 'call' }, from: From): Way[] {
  const [argument] = node.args
  if (node.name === 'where') return narrowed(from(node.of), argument)
  if (node.name !== 'as' || argument?.is !== 'member') return refuse(node)
  return from(node.of).filter((way) => isSame(way.type, argument.name))
}

/** `X.deceased.exists() and X.deceased != false`: the one expression that is no way but an answer. */
function deceased(node: Node & { is: 'binary' }, root: string): Way[] {
  if (node.op !== 'and' || root !== 'Patient') return refuse(node)
  return [{ fields: ['!deceased'], type: 'boolean', targets: [] }]
}

const written = ({ fields, type }: Way): string => `${fields.join('.')}:${type}`

const start = (type: string): Way => ({ fields: [], type, targets: [] })

const waysIn = (parameter: SearchParameter, type: string): Way[] =>
  waysOf(parsePath(parameter.expression ?? ''), start(type), type)

function targetsOf({ target = [] }: SearchParameter, ways: readonly Way[]): readonly string[] {
  const here = new Set(ways.flatMap(({ targets }) => targets))
  const some = target.filter((name) => here.has(name))
  return here.size === 0 || here.has('Resource') ? target : some.length > 0 ? some : [...here]
}

/** A star stands for any type: the definitions then list all, but for some that are never pointed at. */
const named = (targets: readonly string[]): string => (targets.length > 100 ? '*' : targets.join(' '))

function componentsOf(parameter: SearchParameter, ways: readonly Way[], type: string): string {
  return (parameter.component ?? [])
    .map(({ definition, expression }) => {
      const found = byUrl.get(definition)
      if (!found) throw new Error(`no parameter ${definition}`)
      const parts = [...new Set(ways.map((way) => way.type))].flatMap((at) =>
        waysOf(parsePath(expression), start(at), type),
      )
      return `${found.code} ${found.type} ${[...new Set(parts.map(written))].join('|')}`
    })
    .join(';')
}

function line(parameter: SearchParameter, type: string): string {
  const ways = waysIn(parameter, type)
  if (ways.length === 0) throw new Error(`${parameter.id} selects nothing in ${type}`)
  const url = parameter.url.slice(parameter.url.lastIndexOf('/') + 1)
  const targets = parameter.type === 'reference' ? named(targetsOf(parameter, ways)) : ''
  return [
    parameter.code,
    parameter.type,
    url,
    targets,
    ways.map(written).join('|'),
    componentsOf(parameter, ways, type),
  ]
    .join('\t')
    .trimEnd()
}

const isFor = (type: string) => (parameter: SearchParameter) => parameter.base.includes(type)

const compartment = readDefinitions<Compartment>('CompartmentDefinition').find(
  ({ code }) => code === 'Patient',
)

/** In the order of the definition, but first what the record stands with: subject or patient, under any name. */
function claimsOf(type: string): string[] {
  const names = compartment?.resource.find(({ code }) => code === type)?.param ?? []
  const own = parameters.filter(isFor(type))
  const claims = names.map((name) => {
    const parameter = own.find(({ code }) => code === name)
    if (!parameter) throw new Error(`${type} has no parameter ${name}`)
    return { name, ways: waysIn(parameter, type).filter(isPatientWay) }
  })
  const patient = own.find(({ code }) => code === 'patient')
  const main = patient ? waysIn(patient, type).map(plain) : []
  const rank = ({ name, ways }: (typeof claims)[number]): number =>
    name === 'subject' || name === 'patient' ? 0 : ways.some((way) => main.includes(plain(way))) ? 1 : 2
  const ways = claims.toSorted((a, b) => rank(a) - rank(b)).flatMap((claim) => claim.ways.map(plain))
  return [...new Set(ways)]
}

const plain = (way: Way): string => way.fields.join('.').replaceAll(/~\w+/g, '')

/** The last step may ask for another type than Patient; the definition may not allow one. */
const isPatientWay = ({ type, targets }: Way): boolean =>
  type === 'Reference' &&
  (targets.length === 0 || targets.includes('Patient') || targets.includes('Resource'))

export function makeSearch(): string {
  const common = parameters.filter(isFor('Resource'))
  const blocks = types.map(({ name }) =>
    [
      `#${name}\t${claimsOf(name).join('|')}`.trimEnd(),
      ...parameters.filter(isFor(name)).map((parameter) => line(parameter, name)),
    ].join('\n'),
  )
  const shared = ['#', ...common.map((parameter) => line(parameter, 'Resource'))].join('\n')
  return `/**
 * The search parameters of R4 and the Patient compartment. Made by tools/make-search.ts; do not edit.
 * #type, ways of the Patient compartment; then a line each: name, type, url, targets, ways, components.
 */
export const TABLE = \`${[shared, ...blocks].join('\n')}\`
`
}

const OUT = new URL('../packages/fhir/src/search/table.generated.ts', import.meta.url)
if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(OUT, makeSearch())
