import { createRequire } from 'node:module'

/** What of the UCUM library is used here. */
interface Ucum {
  convertUnitTo(from: string, value: number, to: string): { status: string; toVal: number | null }
}

const library: { ucum?: Ucum } = {}

/** It holds all units of the standard: loaded by whoever first asks in another unit than was measured. */
function ucum(): Ucum {
  if (!library.ucum) {
    const { UcumLhcUtils } = createRequire(import.meta.url)('@lhncbc/ucum-lhc') as {
      UcumLhcUtils: { getInstance(): Ucum }
    }
    library.ucum = UcumLhcUtils.getInstance()
  }
  return library.ucum
}

const LONGEST_UNIT = 64
const MOST_KNOWN = 10_000

type Conversion = (value: number) => number | undefined

function directly(from: string, to: string, value: number): number | undefined {
  try {
    const { status, toVal } = ucum().convertUnitTo(from, value, to)
    return status === 'succeeded' && toVal !== null ? toVal : undefined
  } catch {
    return undefined
  }
}

/** Most units differ by a factor and a beginning (°C, °F); the others are asked for each value. */
function conversionOf(from: string, to: string): Conversion {
  const [start, one, far] = [0, 1, 1000].map((value) => directly(from, to, value))
  if (start === undefined || one === undefined || far === undefined) return () => undefined
  const factor = one - start
  const isLinear = Math.abs(far - (factor * 1000 + start)) <= Math.abs(far) * 1e-9
  return isLinear ? (value) => value * factor + start : (value) => directly(from, to, value)
}

const known = new Map<string, Conversion>()

/** A value in another unit of UCUM; undefined where the two do not measure the same, or are no units. */
export function convertUnit(value: number, from: string, to: string): number | undefined {
  if (from === to) return value
  if (from.length > LONGEST_UNIT || to.length > LONGEST_UNIT) return undefined
  const name = JSON.stringify([from, to])
  const conversion = known.get(name) ?? conversionOf(from, to)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, conversion)
  return conversion(value)
}
