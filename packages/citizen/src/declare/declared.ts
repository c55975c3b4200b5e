import {
  emptyResponse,
  type Part,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
} from '@sokhoe/model/questionnaire'
import { useMemo } from 'react'
import { bookApi, bookCopy, useWhose } from '../family/whose.ts'
import type { Bundle, Resource } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'
import { copied } from './draft.ts'
import type { SignedIn } from './FormGate.tsx'

const resourcesOf = (bundle: Bundle, type: string): Resource[] =>
  (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource] : []))

/** Everything declared so far as one response: of each question what was declared last. */
export function declaredIn(form: Questionnaire, bundle: Bundle): QuestionnaireResponse {
  const kept = resourcesOf(bundle, 'QuestionnaireResponse') as unknown as QuestionnaireResponse[]
  const inOrder = kept.toSorted((a, b) => (a.authored ?? '').localeCompare(b.authored ?? ''))
  return inOrder.reduce((known, response) => {
    const parts = partsOf(form, response)
    return unitsOf(form, parts).reduce((all, unit) => copied(form, all, response, unit), known)
  }, emptyResponse(form))
}

/** A declaration speaks for every question of the parts it holds: an answer left out was taken back. */
const partsOf = (form: Questionnaire, response: QuestionnaireResponse): Set<Part> =>
  new Set((response.item ?? []).flatMap((item) => placesOf(form).get(item.linkId)?.part ?? []))

const unitsOf = (form: Questionnaire, parts: ReadonlySet<Part>): string[] =>
  [...placesOf(form)].flatMap(([linkId, { item, part, inRepeating }]) => {
    const isUnit =
      item.repeats && item.type === 'group'
        ? true
        : !inRepeating && item.type !== 'group' && item.type !== 'display'
    return part && parts.has(part) && isUnit ? [linkId] : []
  })

/** What a new draft of a part begins with: who I am, and what I declared in it before. */
export const baseFor = (
  form: Questionnaire,
  declared: QuestionnaireResponse,
  part: Part,
): QuestionnaireResponse =>
  unitsOf(form, new Set<Part>(['identity', part])).reduce(
    (all, unit) => copied(form, all, declared, unit),
    emptyResponse(form),
  )

export type Declared =
  | { is: 'loading' }
  | { is: 'none' }
  | { is: 'ready'; response: QuestionnaireResponse; base: (part: Part) => QuestionnaireResponse }

/** What the signed-in person declared before; 'none' where there is no book yet. */
export function useDeclared(form: Questionnaire, session: SignedIn): Declared {
  const hasBook = session.me.books.length > 0
  const whose = useWhose()
  const path = whose === 'own' ? '/api/me/record' : bookApi('/declared', whose)
  const record = useLoad<Bundle>(hasBook ? path : undefined, bookCopy('record', whose))
  const bundle = record.is === 'ready' ? record.data : undefined
  return useMemo(() => {
    if (!hasBook) return { is: 'none' }
    if (!bundle) return { is: 'loading' }
    const response = declaredIn(form, bundle)
    return { is: 'ready', response, base: (part) => baseFor(form, response, part) }
  }, [form, bundle, hasBook])
}
