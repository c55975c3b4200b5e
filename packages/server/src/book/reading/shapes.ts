/** Resources were checked when they came in, but not by type: whoever reads one asks for each element by its shape. */

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** An element of an element, or undefined. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, name) => (isFields(inner) ? inner[name] : undefined), value)

export const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** @returns '' for what is no text */
export const textAt = (value: unknown, ...path: readonly (string | number)[]): string => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** First code of a CodeableConcept, '' where it has none. */
export const codeAt = (value: unknown, ...path: readonly (string | number)[]): string =>
  textAt(value, ...path, 'coding', 0, 'code')

/** A number exactly as it was written; '' for what is none. */
export function written(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return textAt(value, 'rawJSON')
}
