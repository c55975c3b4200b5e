import {
  EXT,
  extensionOf,
  type Part,
  placesOf,
  type Questionnaire,
  type QuestionnaireItem,
} from '@sokhoe/model/questionnaire'

/** What is asked on one screen. */
export type Step = { readonly title: QuestionnaireItem; readonly items: readonly QuestionnaireItem[] }

const MOST_ON_A_SCREEN = 4
const FEW_OPTIONS = 4

/** The group at the top of a part. */
export const partItem = (form: Questionnaire, part: Part): QuestionnaireItem | undefined =>
  form.item.find((item) => extensionOf(item, EXT.part)?.valueCode === part)

const isSmall = (item: QuestionnaireItem): boolean => {
  if (item.type === 'choice') return !item.repeats && (item.answerOption?.length ?? 0) <= FEW_OPTIONS
  if (item.type !== 'group') return true
  return (
    !item.repeats && (item.item ?? []).every((child) => child.type === 'integer' || child.type === 'decimal')
  )
}

/** A follow-up stays on the screen of the question it follows. */
const follows = (item: QuestionnaireItem, items: readonly QuestionnaireItem[]): boolean =>
  item.enableWhen?.some((when) => items.some((other) => other.linkId === when.question)) ?? false

const titleFor = (part: QuestionnaireItem, item: QuestionnaireItem): QuestionnaireItem =>
  item.type === 'group' && !isSmall(item) ? item : part

type Growing = {
  readonly title: QuestionnaireItem
  readonly items: QuestionnaireItem[]
  readonly small: boolean
}

const joins = (item: QuestionnaireItem, { items, small }: Growing): boolean =>
  follows(item, items) || (small && isSmall(item) && items.length < MOST_ON_A_SCREEN)

/** Divides a part into screens: a long question has its own, short ones share, follow-ups stay with theirs. */
export function stepsOf(form: Questionnaire, part: Part, open: ReadonlySet<string>): Step[] {
  const whole = partItem(form, part)
  if (!whole) return []
  const steps: Growing[] = []
  for (const item of whole.item ?? []) {
    const last = steps.at(-1)
    const isFollowUp = last !== undefined && follows(item, last.items)
    if (!open.has(item.linkId) && !isFollowUp) continue
    if (last && joins(item, last)) last.items.push(item)
    else steps.push({ title: titleFor(whole, item), items: [item], small: isSmall(item) })
  }
  return steps.map(({ title, items }) => ({ title, items }))
}

/** All linkIds asked on a step. */
export function linkIdsOf(step: Step): string[] {
  const below = (item: QuestionnaireItem): string[] => [item.linkId, ...(item.item ?? []).flatMap(below)]
  return step.items.flatMap(below)
}

/** Parts that come after the first declaration, as far as they are asked of this person. */
export const furtherParts = (form: Questionnaire, open: ReadonlySet<string>): Part[] =>
  form.item.flatMap((item) => {
    const part = placesOf(form).get(item.linkId)?.part
    return part && part !== 'identity' && part !== 'first' && open.has(item.linkId) ? [part] : []
  })
