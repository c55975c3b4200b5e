import { numberOf } from '../json.ts'

/**
 * JSON Patch. Nothing that is given is changed; numbers stay as they were written.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902 and, for the pointers, https://www.rfc-editor.org/rfc/rfc6901
 */

export type PatchFault =
  /** No list of operations, or an operation of no known form. */
  | 'malformed'
  /** A pointer that leads nowhere. */
  | 'no-such-place'
  /** A value is not what `test` says. */
  | 'test-failed'
  /** More than may be copied. */
  | 'too-large'

export type Patched =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly why: PatchFault /** Which operation, counted from 0. */
      readonly at: number
    }

type Json = Readonly<Record<string, unknown>>
type Pointer = readonly string[]

const MOST_OPERATIONS = 1000
/** Copies of copies grow without end. */
const MOST_COPIED = 200_000

const fault = (why: PatchFault): SyntaxError => new SyntaxError(why)

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && numberOf(value) === undefined

function pointerOf(text: unknown): Pointer {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/')) || /~(?![01])/.test(text))
    throw fault('malformed')
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const INDEX = /^(?:0|[1-9]\d{0,8})$/

/** @param most the greatest index that means something */
function indexOf(part: string, most: number): number {
  if (!INDEX.test(part) || Number(part) > most) throw fault('no-such-place')
  return Number(part)
}

function childOf(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return value[indexOf(part, value.length - 1)]
  if (!isObject(value) || !Object.hasOwn(value, part)) throw fault('no-such-place')
  return value[part]
}

const valueAt = (document: unknown, pointer: Pointer): unknown => pointer.reduce(childOf, document)

/** The document with another value in one place; what lies beside it is shared. */
function withChild(parent: unknown, part: string, child: unknown): unknown {
  if (Array.isArray(parent)) return parent.with(indexOf(part, parent.length - 1), child)
  // a name like __proto__ is a name like any other
  return { ...(parent as Json), [part]: child }
}

type Change = (parent: unknown, part: string) => unknown

function changeAt(document: unknown, [part, ...rest]: Pointer, change: Change): unknown {
  if (part === undefined) throw fault('malformed')
  if (rest.length === 0) return change(document, part)
  return withChild(document, part, changeAt(childOf(document, part), rest, change))
}

const adding =
  (value: unknown): Change =>
  (parent, part) => {
    if (Array.isArray(parent)) {
      const at = part === '-' ? parent.length : indexOf(part, parent.length)
      return parent.toSpliced(at, 0, value)
    }
    if (!isObject(parent)) throw fault('no-such-place')
    return { ...parent, [part]: value }
  }

const removing: Change = (parent, part) => {
  childOf(parent, part)
  if (Array.isArray(parent)) return parent.toSpliced(Number(part), 1)
  return Object.fromEntries(Object.entries(parent as Json).filter(([name]) => name !== part))
}

const replacing =
  (value: unknown): Change =>
  (parent, part) => {
    childOf(parent, part)
    return withChild(parent, part, value)
  }

/** Numbers are the same by value, objects whatever the order of their names. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  const [number, other] = [numberOf(a), numberOf(b)]
  if (number !== undefined || other !== undefined) return number === other
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, i) => isSame(each, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  )
}

/** How many values lie in it, as far as anybody asks. */
function countUpTo(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 1
  let count = 1
  for (const each of Object.values(value)) {
    count += countUpTo(each, most - count)
    if (count > most) throw fault('too-large')
  }
  return count
}

const isWithin = (inner: Pointer, outer: Pointer): boolean =>
  inner.length > outer.length && outer.every((part, i) => part === inner[i])

interface Operation {
  readonly op: unknown
  readonly path: Pointer
  readonly from: () => Pointer
  /** @throws when it has none; null is a value */
  readonly value: () => unknown
}

function operationOf(given: unknown): Operation {
  if (!isObject(given)) throw fault('malformed')
  const { op, path, from, value } = given
  return {
    op,
    path: pointerOf(path),
    from: () => pointerOf(from),
    value: () => {
      if (!Object.hasOwn(given, 'value')) throw fault('malformed')
      return value
    },
  }
}

const put = (
  document: unknown,
  path: Pointer,
  value: unknown,
  change: (value: unknown) => Change,
): unknown => (path.length === 0 ? value : changeAt(document, path, change(value)))

function move(document: unknown, { path, from }: Operation): unknown {
  const source = from()
  if (isWithin(path, source)) throw fault('malformed')
  const value = valueAt(document, source)
  if (source.length === 0) return document
  return put(changeAt(document, source, removing), path, value, adding)
}

function test(document: unknown, { path, value }: Operation): unknown {
  if (!isSame(valueAt(document, path), value())) throw fault('test-failed')
  return document
}

/** Each gives the document as it is after it. @param spend tells how much was copied */
const OPERATIONS: Readonly<
  Record<string, (document: unknown, operation: Operation, spend: (value: unknown) => void) => unknown>
> = {
  add: (document, { path, value }) => put(document, path, value(), adding),
  remove: (document, { path }) => changeAt(document, path, removing),
  replace: (document, { path, value }) => put(document, path, value(), replacing),
  move,
  copy: (document, { path, from }, spend) => {
    const value = valueAt(document, from())
    spend(value)
    return put(document, path, value, adding)
  },
  test,
}

/**
 * Does the operations one after another; the first that cannot be done ends it, and nothing is done then.
 * @param patch a list of operations, as parseJson gives it
 */
export function applyPatch(document: unknown, patch: unknown): Patched {
  if (!Array.isArray(patch) || patch.length > MOST_OPERATIONS) return { ok: false, why: 'malformed', at: 0 }
  let [value, left, at] = [document, MOST_COPIED, 0]
  const spend = (copied: unknown): void => {
    left -= countUpTo(copied, left)
  }
  try {
    for (; at < patch.length; at++) {
      const operation = operationOf(patch[at])
      const { op } = operation
      const run = typeof op === 'string' && Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined
      if (!run) throw fault('malformed')
      value = run(value, operation, spend)
    }
    return { ok: true, value }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, why: error.message as PatchFault, at }
  }
}
