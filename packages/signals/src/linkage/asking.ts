/** Which pairs of a whole file a person is asked about: the likeliest first, and no more than a station can answer. */
import type { Pairs } from './blocking.ts'
import { bySureness, type Judged } from './cluster.ts'
import { type Groups, groupRoots } from './grow.ts'
import type { Decision } from './said.ts'

/** Of so many rows at most somebody is asked; the rest waits for the next source, which may know more. */
const ASKED_ROWS = 0.045
/** In small files too so many rows may be asked about. */
const ALWAYS_ROWS = 40

/** How often two of whom a rule says so turn out to be one, about; of all others every second. */
const OFTEN: Readonly<Record<string, number>> = {
  ...{ 'nothing-else-to-tell': 0.9, 'no-birth-date': 0.9, 'two-sexes': 0.85, 'named-by-mother': 0.75 },
  ...{ 'number-of-another': 0.8, twins: 0.75, 'look-alikes': 0.7 },
  // Father and son of one name: nobody is born twice. They are asked about where nothing likelier is to ask.
  'two-generations': 0.02,
}
const ELSE = 0.5

export interface Asking {
  /** Pairs that are neither the same nor different by themselves. */
  readonly review: Judged
  /** By row its group. */
  readonly group: Groups
  readonly judge: (a: number, b: number) => Decision
  /** Is the one number they share plainly that of one of them, a parent's on a child? Nobody needs to be asked. */
  readonly isSettled: (a: number, b: number) => boolean
}

interface Question {
  readonly at: number
  /** How many pairs of rows the answer is expected to join. */
  readonly gain: number
  readonly score: number
}

/** Between two groups the surest pair alone, and none within a group. */
function questionsOf({ review, group, judge, isSettled }: Asking): Question[] {
  const asked = new Set<string>()
  return bySureness(review).flatMap((at): Question[] => {
    const [a = 0, b = 0] = [review.a[at], review.b[at]]
    const [left, right] = [group[a] ?? [], group[b] ?? []]
    const between = [left[0] ?? a, right[0] ?? b].sort((x, y) => x - y).join(' ')
    if (left === right || asked.has(between) || isSettled(a, b)) return []
    asked.add(between)
    const { rule, score } = judge(a, b)
    return [{ at, gain: (OFTEN[rule ?? ''] ?? ELSE) * left.length * right.length, score }]
  })
}

/** @returns pairs in the order of the file; none whose answer follows from those of others, where they are yes */
export function toAsk(asking: Asking): Pairs {
  const { review, group } = asking
  const rows = group.length
  const most = Math.max(ALWAYS_ROWS, Math.floor(ASKED_ROWS * rows))
  const questions = questionsOf(asking).sort((x, y) => y.gain - x.gain || y.score - x.score || x.at - y.at)
  const roots = groupRoots(group)
  const asked = new Set<number>()
  const open: number[] = []
  for (const { at } of questions) {
    const [a = 0, b = 0] = [review.a[at], review.b[at]]
    const added = Number(!asked.has(a)) + Number(!asked.has(b))
    if (asked.size + added > most || !roots.join(a, b)) continue
    asked.add(a).add(b)
    open.push(at)
  }
  open.sort((x, y) => x - y)
  return {
    a: Uint32Array.from(open, (at) => review.a[at] ?? 0),
    b: Uint32Array.from(open, (at) => review.b[at] ?? 0),
  }
}
