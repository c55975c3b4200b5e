/**
 * The words of FHIRPath.
 *
 * @see http://hl7.org/fhirpath/N1/grammar.html
 */

export interface Token {
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'date' | 'external' | 'dollar' | 'sign'
  readonly text: string
  readonly at: number
}

const TOKEN = new RegExp(
  [
    /(?<space>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
    /(?<date>@(?:T\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?|\d{4}(?:-\d{2}(?:-\d{2})?)?(?:T(?:\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?))/,
    /(?<number>\d+(?:\.\d+)?)/,
    /(?<string>'(?:[^'\\]|\\.)*')/,
    /(?<quoted>`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*")/,
    /(?<external>%(?:[A-Za-z_][\w-]*|`[^`]*`|'[^']*'|"[^"]*"))/,
    /(?<dollar>\$(?:this|index|total))/,
    /(?<name>[A-Za-z_]\w*)/,
    /(?<sign><=|>=|!=|!~|[-+*/&|<>=~.,()[\]{}])/,
  ]
    .map((part) => part.source)
    .join('|'),
  'y',
)

export const fault = (text: string, at: number): SyntaxError =>
  new SyntaxError(`not FHIRPath at ${at}: ${text.slice(at, at + 20)}`)

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    const [kind, found] = Object.entries(match?.groups ?? {}).find(([, part]) => part !== undefined) ?? []
    if (!kind || !found) throw fault(text, at)
    if (kind !== 'space') tokens.push({ kind: kind as Token['kind'], text: found, at })
    at += found.length
  }
  return tokens
}

const ESCAPES: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t' }

export const unquoted = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replaceAll(/\\(?:u([0-9A-Fa-f]{4})|(.))/gs, (_, hex: string | undefined, letter: string) =>
      hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
    )
