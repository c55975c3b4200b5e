/** Numbers keep their written form: 70.50 is not 70.5. Where the browser cannot, they are plain numbers. */

type Context = { readonly source?: string }
type Raw = { rawJSON?: (text: string) => unknown }

const raw = (JSON as unknown as Raw).rawJSON

const asWritten = (_: string, value: unknown, context?: Context): unknown =>
  raw && typeof value === 'number' && context?.source !== undefined && context.source !== String(value)
    ? raw(context.source)
    : value

/** A number that JSON.parse would not write back as it was: a last zero after the point, or an exponent. */
const HAS_OTHER_FORM = /\d\.\d*0(?!\d)|\d[eE][-+\d]/

/** JSON.parse that keeps how a number was written; most texts need no such care. */
export const parseJson = (text: string): unknown =>
  HAS_OTHER_FORM.test(text)
    ? JSON.parse(text, asWritten as (key: string, value: unknown) => unknown)
    : JSON.parse(text)

/** A number as typed, with its trailing zeros; `text` must be a JSON number. */
export const writtenNumber = (text: string): number | { readonly rawJSON: string } =>
  raw && String(Number(text)) !== text ? (raw(text) as { rawJSON: string }) : Number(text)
