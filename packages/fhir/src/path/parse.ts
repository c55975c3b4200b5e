/**
 * Reads FHIRPath into a tree.
 *
 * @see http://hl7.org/fhirpath/N1/grammar.html
 */
import { fault, type Token, tokensOf, unquoted } from './tokens.ts'

export type Binary =
  | '*'
  | '/'
  | 'div'
  | 'mod'
  | '+'
  | '-'
  | '&'
  | '|'
  | '<='
  | '<'
  | '>'
  | '>='
  | '='
  | '~'
  | '!='
  | '!~'
  | 'in'
  | 'contains'
  | 'and'
  | 'or'
  | 'xor'
  | 'implies'

export type Literal =
  | { readonly kind: 'empty' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly whole: boolean }
  | { readonly kind: 'quantity'; readonly value: number; readonly unit: string }
  | { readonly kind: 'date' | 'dateTime' | 'time'; readonly value: string }

/** An expression; `of` is what a step is taken from, undefined where it begins at the focus. */
export type Node =
  | { readonly is: 'literal'; readonly literal: Literal }
  | { readonly is: 'member'; readonly of: Node | undefined; readonly name: string }
  | {
      readonly is: 'call'
      readonly of: Node | undefined
      readonly name: string
      readonly args: readonly Node[]
    }
  | { readonly is: 'this' | 'index' | 'total' }
  | { readonly is: 'external'; readonly name: string }
  | { readonly is: 'indexer'; readonly of: Node; readonly index: Node }
  | { readonly is: 'negative'; readonly of: Node }
  | { readonly is: 'binary'; readonly op: Binary; readonly left: Node; readonly right: Node }
  | { readonly is: 'type'; readonly op: 'is' | 'as'; readonly of: Node; readonly type: string }

/** Operators by how loosely they bind, the loosest first; `is` and `as` stand between + and |. */
const LEVELS: readonly (readonly string[])[] = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<=', '<', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
]

const CALENDAR = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/

/** Where the reading stands. */
interface Cursor {
  readonly text: string
  readonly tokens: readonly Token[]
  next: number
}

const faultHere = (c: Cursor): SyntaxError => fault(c.text, c.tokens[c.next]?.at ?? c.text.length)

function accept(c: Cursor, sign: string): boolean {
  const token = c.tokens[c.next]
  if (token?.kind !== 'sign' || token.text !== sign) return false
  c.next += 1
  return true
}

function need(c: Cursor, sign: string): void {
  if (!accept(c, sign)) throw faultHere(c)
}

function identifier(c: Cursor): string {
  const token = c.tokens[c.next]
  if (token?.kind !== 'name' && token?.kind !== 'quoted') throw faultHere(c)
  c.next += 1
  return token.kind === 'name' ? token.text : unquoted(token.text)
}

/** `Patient`, `FHIR.Patient`, `System.String`. */
function typeName(c: Cursor): string {
  const first = identifier(c)
  return accept(c, '.') ? `${first}.${identifier(c)}` : first
}

function level(c: Cursor, loose: number): Node {
  const ops = LEVELS[loose]
  if (!ops) return unary(c)
  let left = level(c, loose + 1)
  for (;;) {
    const token = c.tokens[c.next]
    if (!token || !/^(?:name|sign)$/.test(token.kind) || !ops.includes(token.text)) return left
    c.next += 1
    left = joined(c, token.text, left, loose)
  }
}

function joined(c: Cursor, op: string, left: Node, loose: number): Node {
  if (op === 'is' || op === 'as') return { is: 'type', op, of: left, type: typeName(c) }
  return { is: 'binary', op: op as Binary, left, right: level(c, loose + 1) }
}

function unary(c: Cursor): Node {
  if (accept(c, '-')) return { is: 'negative', of: unary(c) }
  if (accept(c, '+')) return unary(c)
  let node = term(c)
  for (;;) {
    if (accept(c, '.')) node = invocation(c, node)
    else if (accept(c, '[')) {
      node = { is: 'indexer', of: node, index: level(c, 0) }
      need(c, ']')
    } else return node
  }
}

function invocation(c: Cursor, of: Node | undefined): Node {
  const token = c.tokens[c.next]
  if (token?.kind === 'dollar') {
    c.next += 1
    return { is: token.text.slice(1) as 'this' | 'index' | 'total' }
  }
  const name = identifier(c)
  if (!accept(c, '(')) return { is: 'member', of, name }
  const args: Node[] = []
  if (accept(c, ')')) return { is: 'call', of, name, args }
  do args.push(level(c, 0))
  while (accept(c, ','))
  need(c, ')')
  return { is: 'call', of, name, args }
}

const literal = (value: Literal): Node => ({ is: 'literal', literal: value })

function term(c: Cursor): Node {
  if (accept(c, '(')) {
    const inner = level(c, 0)
    need(c, ')')
    return inner
  }
  if (accept(c, '{')) {
    need(c, '}')
    return literal({ kind: 'empty' })
  }
  const token = c.tokens[c.next]
  if (token?.kind === 'name' && /^(?:true|false)$/.test(token.text)) {
    c.next += 1
    return literal({ kind: 'boolean', value: token.text === 'true' })
  }
  if (token?.kind === 'name' || token?.kind === 'quoted') return invocation(c, undefined)
  return constant(c, token)
}

function constant(c: Cursor, token: Token | undefined): Node {
  if (!token || token.kind === 'sign') throw faultHere(c)
  if (token.kind === 'dollar') return invocation(c, undefined)
  c.next += 1
  if (token.kind === 'number') return number(c, token.text)
  if (token.kind === 'string') return literal({ kind: 'string', value: unquoted(token.text) })
  if (token.kind === 'date') return literal(moment(token.text.slice(1)))
  return { is: 'external', name: token.text.slice(1).replaceAll(/^[`'"]|[`'"]$/g, '') }
}

/** A number, or with a unit after it a quantity: `4 days`, `10 'mg'`. */
function number(c: Cursor, written: string): Node {
  const value = Number(written)
  const token = c.tokens[c.next]
  const isCalendar = token?.kind === 'name' && CALENDAR.test(token.text)
  if (token?.kind !== 'string' && !isCalendar)
    return literal({ kind: 'number', value, whole: !written.includes('.') })
  c.next += 1
  return literal({ kind: 'quantity', value, unit: isCalendar ? token.text : unquoted(token?.text ?? '') })
}

function moment(text: string): Literal {
  if (text.startsWith('T')) return { kind: 'time', value: text.slice(1) }
  return { kind: text.includes('T') ? 'dateTime' : 'date', value: text.replace(/T$/, '') }
}

/** @throws {SyntaxError} what is no FHIRPath */
export function parsePath(text: string): Node {
  const cursor: Cursor = { text, tokens: tokensOf(text), next: 0 }
  const tree = level(cursor, 0)
  if (cursor.next < cursor.tokens.length) throw faultHere(cursor)
  return tree
}
