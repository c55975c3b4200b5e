/** From a checked response to what it states: one FHIR resource a fact, nothing lost and nothing invented. */

import {
  dayInVietnam,
  type Part,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
} from '@sokhoe/model'
import { type ConsentGiven, STATEMENT } from '../../record/index.ts'
import { consents, consentsOf } from './consents.ts'
import { findings } from './findings.ts'
import { immunizations, surgery } from './history.ts'
import { type About, aboutOf, type Identity, identityOf } from './identity.ts'
import { conditions, disabilities, family, toldConditions } from './illness.ts'
import { allergies, medicines } from './intake.ts'
import type { Declared, Statement } from './statement.ts'

export type Extraction = {
  /** Server time of the declaration, ISO 8601 with Z. */
  readonly at: string
  /** Absent where the response leaves section A out. */
  readonly identity: Identity | undefined
  /** The same and what later parts add to it; empty where nothing of it was said. */
  readonly about: About
  /** Parts of the form that the response holds: it speaks for every question of theirs. */
  readonly parts: readonly Part[]
  readonly statements: readonly Statement[]
  /** Scopes ("allergy", "observation/smoking") of which the person has said all: older statements in them end. */
  readonly answered: readonly string[]
  readonly consents: readonly ConsentGiven[]
}

/**
 * Questions whose answer may leave no trace of its own in a resource, and why; every other one does. The response is kept whole in any case.
 * "Không rõ" in a list states nothing; elsewhere it states an unknown.
 */
export const KEPT_IN_RESPONSE_ONLY: Readonly<Record<string, string>> = {
  'B3.2.2.8': '"still ill" is what naming a present disease says already; "healed" changes its status',
  'B3.2.2.13': 'as above',
  'B3.2.2.14': 'as above',
  'medicine.2':
    'merges with the same medicine in the list; "no" is stated only where the list does not name it',
  'medicine.3': 'as above',
  'surgery.any': 'opens the list of operations; "no" ends the ones told before',
}

const MAKERS = [
  conditions,
  allergies,
  medicines,
  findings,
  family,
  disabilities,
  toldConditions,
  surgery,
  immunizations,
  consents,
]

/** What happened twice may be told twice in the same words; a state told twice is one state. */
const EVENTS = new Set(['Immunization', 'Procedure'])

const sameWords = (a: Statement, b: Statement): boolean =>
  JSON.stringify(a.resource) === JSON.stringify(b.resource)

/** Two facts under one key get a number each. The key is among the words, so that equal words have equal keys. */
function withOwnKeys(statements: readonly Statement[]): Statement[] {
  const kept = new Map<string, Statement>()
  for (const [key, alike] of Map.groupBy(statements, (statement) => statement.key)) {
    const different = alike.filter(
      (one, at) =>
        EVENTS.has(one.resource.resourceType) || !alike.slice(0, at).some((before) => sameWords(before, one)),
    )
    let turn = 1
    for (const one of different) {
      let own = key
      while (kept.has(own)) {
        turn += 1
        own = `${key}#${turn}`
      }
      kept.set(own, renamed(one, own))
    }
  }
  return [...kept.values()]
}

function renamed(statement: Statement, key: string): Statement {
  if (key === statement.key) return statement
  const identifier = [{ system: STATEMENT, value: key }]
  return { ...statement, key, resource: { ...statement.resource, identifier } }
}

const partsOf = ({ form, response }: Declared): Part[] => [
  ...new Set((response.item ?? []).flatMap(({ linkId }) => placesOf(form).get(linkId)?.part ?? [])),
]

/**
 * What a response states.
 *
 * @param form the version the response answers
 * @param response one that `checkResponse` has nothing against; numbers may be written numbers and stay so
 * @param by server time as ISO 8601 with Z; the Patient the book is of; who spoke, where not the person herself
 * @returns statements with unique keys, each self-declared, unconfirmed, with author and server time
 */
export function extract(
  form: Questionnaire,
  response: QuestionnaireResponse,
  by: { readonly at: string; readonly patient: string; readonly author?: string },
): Extraction {
  const declared: Declared = {
    form,
    response,
    at: by.at,
    day: dayInVietnam(by.at),
    subject: { reference: by.patient },
    author: { reference: by.author ?? by.patient },
  }
  const about = aboutOf(declared)
  const found = MAKERS.map((make) => make(declared))
  return {
    at: by.at,
    identity: identityOf(about),
    about,
    parts: partsOf(declared),
    statements: withOwnKeys(found.flatMap(({ statements }) => statements)),
    answered: [...new Set(found.flatMap(({ answered }) => answered))],
    consents: consentsOf(declared),
  }
}
