import {
  type Answer,
  answersOf,
  type Extension,
  hasAnswer,
  instancesOf,
  PARTS,
  type Part,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
  type ResponseItem,
  withAnswer,
  withoutInstance,
} from '@sokhoe/model/questionnaire'

/** Answers that are not declared yet, with the moment each was given: the later answer wins, whichever tab or phone gave it. */
export type Draft = {
  readonly uuid: string
  readonly part: Part
  /** Public id of the person whose book it is; absent for one's own. */
  readonly book?: string
  readonly response: QuestionnaireResponse
  /** When each question (or repeating group) was last answered, ms. */
  readonly stamps: Readonly<Record<string, number>>
  /** Answers up to this moment are on the server too, ms. */
  readonly synced: number
  readonly step: number
  readonly state: 'open' | 'queued'
  /** Unusual values that were asked back and stand, as `linkId=value`. */
  readonly confirmed: readonly string[]
}

export const newDraft = (uuid: string, part: Part, response: QuestionnaireResponse): Draft => ({
  uuid,
  part,
  response,
  stamps: {},
  synced: 0,
  step: 1,
  state: 'open',
  confirmed: [],
})

/** What is stamped as one: a repeating group as a whole, because its instances have no names. */
const unitOf = (form: Questionnaire, linkId: string): string =>
  placesOf(form).get(linkId)?.inRepeating ?? linkId

const stamped = (
  form: Questionnaire,
  draft: Draft,
  linkId: string,
  response: QuestionnaireResponse,
  now: number,
): Draft => {
  const unit = unitOf(form, linkId)
  const stamp = Math.max(now, (draft.stamps[unit] ?? 0) + 1)
  return { ...draft, response, state: 'open', stamps: { ...draft.stamps, [unit]: stamp } }
}

export const answered = (
  form: Questionnaire,
  draft: Draft,
  linkId: string,
  answers: readonly Answer[],
  now: number,
  at = 0,
): Draft => stamped(form, draft, linkId, withAnswer(form, draft.response, linkId, answers, at), now)

export const withoutOne = (
  form: Questionnaire,
  draft: Draft,
  group: string,
  index: number,
  now: number,
): Draft => stamped(form, draft, group, withoutInstance(form, draft.response, group, index), now)

const leaves = (item: ResponseItem): ResponseItem[] => [
  ...(item.answer?.length ? [item] : []),
  ...(item.item ?? []).flatMap(leaves),
]

function withInstances(
  form: Questionnaire,
  response: QuestionnaireResponse,
  group: string,
  from: QuestionnaireResponse,
): QuestionnaireResponse {
  let next = response
  while (instancesOf(next, group).length > 0) next = withoutInstance(form, next, group, 0)
  for (const [index, instance] of instancesOf(from, group).filter(hasAnswer).entries())
    for (const leaf of leaves(instance)) next = withAnswer(form, next, leaf.linkId, leaf.answer ?? [], index)
  return next
}

/** One question (or repeating group) as the other response has it; unanswered there means unanswered here. */
export function copied(
  form: Questionnaire,
  to: QuestionnaireResponse,
  from: QuestionnaireResponse,
  unit: string,
): QuestionnaireResponse {
  const item = placesOf(form).get(unit)?.item
  if (item?.type === 'group') return withInstances(form, to, unit, from)
  return withAnswer(form, to, unit, answersOf(from, unit))
}

/** Two states of one draft become one: of every answer the later stands. Same result in either order. */
export function merged(form: Questionnaire, mine: Draft, other: Draft): Draft {
  let { response } = mine
  const stamps = { ...mine.stamps }
  for (const [unit, stamp] of Object.entries(other.stamps)) {
    if (stamp <= (stamps[unit] ?? 0)) continue
    response = copied(form, response, other.response, unit)
    stamps[unit] = stamp
  }
  const unchanged = Math.max(0, ...Object.values(stamps)) === lastChange(mine)
  return {
    ...mine,
    response,
    stamps,
    state: unchanged ? mine.state : 'open',
    confirmed: [...new Set([...mine.confirmed, ...other.confirmed])].toSorted(),
    step: Math.max(mine.step, other.step),
  }
}

export const lastChange = (draft: Draft): number => Math.max(0, ...Object.values(draft.stamps))

/** How many answers the server does not have. */
export const unsentIn = (draft: Draft): number =>
  Object.values(draft.stamps).filter((stamp) => stamp > draft.synced).length

const DRAFT = 'urn:sokhoe:ext:draft'

/** The copy kept on the server, so that another phone can go on: stamps travel beside the answers. */
export const toServer = ({
  response,
  part,
  step,
  stamps,
  confirmed,
}: Draft): QuestionnaireResponse & { extension: Extension[] } => ({
  ...response,
  extension: [
    {
      url: DRAFT,
      extension: [
        { url: 'part', valueCode: part },
        { url: 'step', valueInteger: step },
        { url: 'stamps', valueString: JSON.stringify({ stamps, confirmed }) },
      ],
    },
  ],
})

type Marks = Pick<Draft, 'stamps' | 'confirmed'>

function marksOf(text: string | undefined): Marks {
  try {
    const { stamps = {}, confirmed = [] } = JSON.parse(text ?? '{}') as Partial<Marks>
    return { stamps, confirmed }
  } catch {
    return { stamps: {}, confirmed: [] }
  }
}

/** The draft as the server gave it back; undefined where it is none of this app. */
export function fromServer(
  uuid: string,
  kept: QuestionnaireResponse & { extension?: readonly Extension[] },
): Draft | undefined {
  const { extension, ...response } = kept
  const marks = extension?.find((one) => one.url === DRAFT)?.extension ?? []
  const markOf = (name: string) => marks.find((mark) => mark.url === name)
  const part = PARTS.find((one) => one === markOf('part')?.valueCode)
  if (!part) return undefined
  const { stamps, confirmed } = marksOf(markOf('stamps')?.valueString)
  const synced = Math.max(0, ...Object.values(stamps))
  return {
    ...newDraft(uuid, part, response),
    stamps,
    confirmed,
    synced,
    step: markOf('step')?.valueInteger ?? 1,
  }
}
