import { Problem } from '../../../platform/problem.ts'
import type { Ask, Interaction, Method } from '../answer.ts'

/** What an entry of a Bundle asks for. */
export interface Routed {
  readonly interaction: Interaction
  readonly params: Ask['params']
  readonly query: Ask['query']
}

export type Router = (method: Method, url: string) => Routed | undefined

/** A name outranks a part that varies, from the left: as at the edge itself. */
const rankOf = ({ path }: Interaction): string =>
  path
    .split('/')
    .map((part) => (part.startsWith(':') ? '1' : '0'))
    .join('')

function paramsOf(path: string, parts: readonly string[]): Ask['params'] | undefined {
  const params: Record<string, string> = {}
  for (const [i, pattern] of path.split('/').entries()) {
    const part = parts[i] ?? ''
    if (pattern.startsWith(':')) params[pattern.slice(1)] = part
    else if (pattern !== part) return undefined
  }
  return params
}

/** @throws {Problem} fhir.malformed */
function readUrl(url: string): { parts: string[]; query: Ask['query'] } {
  const at = url.indexOf('?')
  const path = at === -1 ? url : url.slice(0, at)
  try {
    return {
      parts: path
        .replace(/^\/|\/$/g, '')
        .split('/')
        .map(decodeURIComponent),
      query: at === -1 ? [] : [...new URLSearchParams(url.slice(at + 1))],
    }
  } catch (cause) {
    throw new Problem('fhir.malformed', { cause })
  }
}

/** Finds among these interactions the one that a method and an address below the base mean. */
export function routerOf(interactions: readonly Interaction[]): Router {
  const byShape = Map.groupBy(interactions, ({ method, path }) => `${method} ${path.split('/').length}`)
  const ranked = new Map(
    [...byShape].map(([shape, all]) => [shape, all.toSorted((a, b) => rankOf(a).localeCompare(rankOf(b)))]),
  )
  return (method, url) => {
    const { parts, query } = readUrl(url)
    for (const interaction of ranked.get(`${method} ${parts.length}`) ?? []) {
      const params = paramsOf(interaction.path, parts)
      if (params) return { interaction, params, query }
    }
    return undefined
  }
}
