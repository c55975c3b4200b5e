import type { Topic } from '@sokhoe/model/topics'
import type { Line } from './lines.ts'
import type { PaperPart, Row, Section } from './paper.ts'
import { CONDITION, isNoAllergy, PLANS, type Plan, reactionOf, sinceOf } from './plans.ts'
import { firstOf, isOver, noteOf, wordsOf } from './words.ts'

/** A disease noted at every visit is one row a place: what was written last, the visits say the rest. */
const sameRow = (plan: Plan, line: Line): string =>
  plan.columns === CONDITION
    ? JSON.stringify([line.mark, line.place, ...plan.cells(line).slice(0, 2)])
    : (line.resource.id ?? '')

/** A disease noted again and again stands once: since when it was first said, when last, and how often. */
function cellsOf(plan: Plan, [latest, ...before]: readonly [Line, ...Line[]]): readonly string[] {
  const cells = plan.cells(latest)
  const oldest = before.at(-1)
  if (plan.columns !== CONDITION || !oldest) return cells
  const [name = '', code = '', since = '', last = '', place = ''] = cells
  return [name, code, firstOf(sinceOf(oldest), since), `${last} (${before.length + 1} lần)`, place]
}

const DISPUTED = 'Chủ sổ báo dòng này có chỗ sai, đang chờ trả lời.'

function notesOf({ resource, disputed }: Line): { note?: string } {
  const { note = '' } = noteOf(resource)
  const notes = [disputed ? DISPUTED : '', note].filter(Boolean).join(' ')
  return notes === '' ? {} : { note: notes }
}

function rowsOf(plan: Plan, lines: readonly Line[]): Row[] {
  const groups = Map.groupBy(lines.filter(plan.belongs), (line) => sameRow(plan, line))
  return [...groups.values()].flatMap(([line, ...before]) =>
    line ? [{ mark: line.mark, cells: cellsOf(plan, [line, ...before]), ...notesOf(line) }] : [],
  )
}

export interface Reader {
  /** Topics open to the reader; null: all. */
  readonly topics: readonly Topic[] | null
  readonly restricted: boolean
}

const isOpen = ({ topic, restricted }: Plan, reader: Reader): boolean => {
  if (restricted && !reader.restricted) return false
  const needed: readonly Topic[] = restricted ? [topic, 'restricted'] : [topic]
  return reader.topics === null || needed.every((one) => reader.topics?.includes(one))
}

/** The tables of these parts, as far as they are open: one that is not is left away, rather than empty. */
export function sectionsOf(lines: readonly Line[], parts: readonly PaperPart[], reader: Reader): Section[] {
  return PLANS.filter((plan) => parts.includes(plan.part) && isOpen(plan, reader)).map((plan) => ({
    title: plan.title,
    columns: plan.columns,
    rows: rowsOf(plan, lines),
    absent: plan.absent,
  }))
}

/** What could harm her at once, for the frame on top; null where nothing of the kind is known. */
export function warningOf(lines: readonly Line[]): string | null {
  const known = lines.filter(
    (line) => line.type === 'AllergyIntolerance' && !isOver(line.resource) && !isNoAllergy(line),
  )
  if (known.length === 0) return null
  const told = known.map((line) => {
    const reaction = reactionOf(line)
    return `${wordsOf(line.resource['code'])}${reaction === '' ? '' : ` (${reaction})`}`
  })
  return `Dị ứng: ${[...new Set(told)].join('; ')}`
}
