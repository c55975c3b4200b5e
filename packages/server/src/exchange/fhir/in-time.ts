import { Problem } from '../../platform/problem.ts'

/** Whoever sends more slowly holds a place that others want. */
const MOST_MS = 30_000

/** @throws {Problem} fhir.too-slow */
export async function inTime<Value>(arriving: Promise<Value>, most = MOST_MS): Promise<Value> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Problem('fhir.too-slow')), most)
  try {
    return await Promise.race([arriving, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
