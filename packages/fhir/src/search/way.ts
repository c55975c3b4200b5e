/**
 * Follows the ways that tools/make-search.ts writes: fields, each perhaps with a condition, and the type at the end.
 * `participant.actor~Practitioner:Reference`, `telecom?system=phone:ContactPoint`, `entry[0].resource:Resource`.
 * Nothing is believed of what is walked over: a text where an object should stand selects nothing.
 */

/** A value that a parameter selects, with the FHIR type of its element, such as Quantity or dateTime. */
export interface SearchValue {
  readonly value: unknown
  readonly type: string
}

type Fields = Readonly<Record<string, unknown>>

interface Step {
  readonly field: string
  /** Whether this member of what stands in the field is meant. */
  readonly fits: ((value: unknown, root: Fields) => boolean) | undefined
  readonly firstOnly: boolean
}

export interface Way {
  readonly steps: readonly Step[]
  readonly type: string
  /** From the whole resource, though it stands in a component of a composite. */
  readonly fromRoot: boolean
  /** Not a way but an answer, by its name. */
  readonly computed: string | undefined
}

export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** Type and id of what a reference names; undefined where the text does not tell. */
const TYPED = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/

function containedType(text: string, root: Fields): unknown {
  if (!Array.isArray(root['contained'])) return undefined
  const found = root['contained'].find((each) => isObject(each) && each['id'] === text.slice(1))
  return isObject(found) ? found['resourceType'] : undefined
}

/** What type a reference points at, as far as it tells: by its text, a contained resource, or its own word. */
function targetType(reference: Fields, root: Fields): unknown {
  const { reference: text, type } = reference
  if (typeof text !== 'string') return type
  if (text.startsWith('#')) return containedType(text, root)
  const conditional = /^([A-Z][A-Za-z]+)\?/.exec(text)
  return conditional?.[1] ?? TYPED.exec(text)?.[1] ?? type
}

/** `Xyz.resolve() is Patient` without asking any server. */
const pointsAt = (type: string) => (value: unknown, root: Fields) =>
  isObject(value) && targetType(value, root) === type

const has = (field: string, wanted: string) => (value: unknown) => isObject(value) && value[field] === wanted

const STEP = /^(?<field>\w+)(?:~(?<target>\w+)|\?(?<name>\w+)=(?<wanted>.+)|(?<first>\[0\]))?$/

function stepOf(text: string): Step {
  const { field = '', target, name, wanted = '', first } = STEP.exec(text)?.groups ?? {}
  const fits = target ? pointsAt(target) : name ? has(name, wanted) : undefined
  return { field, fits, firstOnly: first !== undefined }
}

export function wayOf(text: string): Way {
  const end = text.lastIndexOf(':')
  const type = text.slice(end + 1)
  if (text.startsWith('!')) return { steps: [], type, fromRoot: true, computed: text.slice(1, end) }
  const fields = text.slice(0, end).split('.').filter(Boolean)
  const fromRoot = fields[0] === '%'
  return { steps: fields.slice(fromRoot ? 1 : 0).map(stepOf), type, fromRoot, computed: undefined }
}

type Found = (value: unknown) => void

/** Gives each value at the end of the way to `found`, in the order in which they stand. */
export function follow(way: Way, from: unknown, root: Fields, found: Found): void {
  stand(way.steps, 0, way.fromRoot ? root : from, root, found)
}

/** Stands before step `at` on one value. */
function stand(steps: readonly Step[], at: number, value: unknown, root: Fields, found: Found): void {
  const step = steps[at]
  if (!step) {
    if (value !== undefined && value !== null) found(value)
    return
  }
  if (!isObject(value)) return
  const next = value[step.field]
  if (next === undefined) return
  if (!Array.isArray(next)) {
    enter(steps, at, next, root, found)
    return
  }
  const length = step.firstOnly ? Math.min(1, next.length) : next.length
  for (let i = 0; i < length; i += 1) enter(steps, at, next[i], root, found)
}

function enter(steps: readonly Step[], at: number, value: unknown, root: Fields, found: Found): void {
  const fits = steps[at]?.fits
  if (!fits || fits(value, root)) stand(steps, at + 1, value, root, found)
}
