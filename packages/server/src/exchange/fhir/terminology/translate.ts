import {
  allConceptMaps,
  type ConceptMap,
  conceptOf,
  isCalled,
  systemOf,
  type Target,
} from '@sokhoe/codes/terminology'
import type { Answer, Ask } from '../answer.ts'
import { type Inputs, inputsOf, type Parameter, parametersAnswer } from '../parameters.ts'
import { type Coding, codingsAsked, dayAsked, refused } from './asked.ts'

type Direction = Pick<ConceptMap, 'url' | 'from' | 'to' | 'of'>

const swap = ({ url, from, to, pairs }: ConceptMap): Direction => ({
  url,
  from: to,
  to: from,
  of: (code) =>
    pairs().flatMap(([source, target]) =>
      target.code === code ? [{ code: source, equivalence: turned(target.equivalence) }] : [],
    ),
})

const turned = (equivalence: Target['equivalence']): Target['equivalence'] =>
  equivalence === 'wider' ? 'narrower' : equivalence === 'narrower' ? 'wider' : equivalence

const NO_MAP = 'This concept map is not known here; GET ConceptMap lists those that are'

function mapsAsked(ask: Ask, inputs: Inputs): readonly ConceptMap[] {
  const [url, id] = [inputs.text('url'), ask.params['id']]
  const all = allConceptMaps()
  if (url === undefined && id === undefined) return all
  const maps = all.filter((map) => (id === undefined ? map.url === url : map.id === id))
  if (maps.length === 0) throw refused('fhir.not-found', 'not-found', NO_MAP)
  return maps
}

/** The same system by any of its names. */
function isSystem(place: ConceptMap['from'], name: string, day: string): boolean {
  const system = systemOf(place.system, { version: place.version, day })
  return system !== undefined && isCalled(system, name)
}

const fits = (place: ConceptMap['from'], { system, version }: Coding, day: string): boolean =>
  system !== undefined &&
  isSystem(place, system, day) &&
  (version === undefined || place.version === undefined || place.version === version)

function nameOf(
  { system, version }: ConceptMap['to'],
  code: string,
  day: string,
): { readonly display?: string } {
  const found = systemOf(system, { version, day })
  const display = found && conceptOf(found, code)?.display
  return display === undefined ? {} : { display }
}

function matchesOf(map: Direction, coding: Coding, day: string): Parameter[] {
  return map.of(coding.code).map(({ code, equivalence }) => ({
    name: 'match',
    part: [
      { name: 'equivalence', valueCode: equivalence },
      {
        name: 'concept',
        valueCoding: {
          system: map.to.system,
          ...(map.to.version !== undefined && { version: map.to.version }),
          code,
          ...nameOf(map.to, code, day),
        },
      },
      { name: 'source', valueUri: map.url },
    ],
  }))
}

/** @see https://hl7.org/fhir/R4/conceptmap-operation-translate.html */
export async function translate(ask: Ask): Promise<Answer> {
  const inputs = inputsOf(ask)
  const day = dayAsked(ask, inputs)
  const codings = codingsAsked(inputs)
  if (codings.length === 0 || codings.some(({ system }) => system === undefined))
    throw refused('fhir.malformed', 'required', 'Give code with system, coding or codeableConcept')
  const target = inputs.text('targetsystem') ?? inputs.text('targetSystem')
  const maps = mapsAsked(ask, inputs).map((map) => (inputs.text('reverse') === 'true' ? swap(map) : map))
  const matches = codings.flatMap((coding) =>
    maps
      .filter((map) => fits(map.from, coding, day) && (target === undefined || isSystem(map.to, target, day)))
      .flatMap((map) => matchesOf(map, coding, day)),
  )
  return parametersAnswer([
    { name: 'result', valueBoolean: matches.length > 0 },
    ...(matches.length > 0 ? [] : [{ name: 'message', valueString: 'No map leads on from this code' }]),
    ...matches,
  ])
}
