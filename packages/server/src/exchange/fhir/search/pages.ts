import type { Query, Wishes } from '@sokhoe/fhir/query'
import { tooCostly } from './costly.ts'
import type { Ground } from './evaluate.ts'
import { compareStandings, inOrder, type Stood } from './order.ts'
import type { Place } from './page.ts'
import { type Asked, type Findings, findOrInTurn, type InTurn } from './run.ts'
import { horizonOf } from './scene.ts'

/** What is shown, with the ground on which it was found. */
export interface Group {
  readonly ground: Ground
  readonly shown: readonly Stood[]
}

export interface Page {
  readonly query: Query
  readonly groups: readonly [Group, ...Group[]]
  /** Undefined: not counted. */
  readonly total: number | undefined
  readonly about: readonly number[]
  readonly hidden: readonly number[]
  /** Where the pages that follow begin; undefined behind the last. */
  readonly next: Place | undefined
}

const [COUNT, MOST_COUNT] = [100, 1000]

const countOf = ({ count, summary }: Wishes): number =>
  summary === 'count' ? 0 : Math.min(count ?? COUNT, MOST_COUNT)

function behindOf(all: readonly Stood[], after: Place['after'], wishes: Wishes): readonly Stood[] {
  return after ? all.filter(({ standing }) => compareStandings(standing, after, wishes) > 0) : all
}

const begun = ({ types, pairs, within }: Asked): Pick<Place, 'types' | 'pairs' | 'within'> => ({
  ...{ types, pairs },
  within: typeof within === 'number' ? within : null,
})

/** The first page of a search that goes on is answered as of one moment, as those that follow are. */
async function pinned(asked: Asked, { ground, nos }: Findings): Promise<Place> {
  const { marks, at } = await horizonOf(ground.scene)
  return { ...begun(asked), marks: [...marks], at, nos }
}

async function pageOfAll(asked: Asked, findings: Findings): Promise<Page> {
  const { query, ground, about, hidden } = findings
  const { wishes } = query
  const all = inOrder(findings.matches, wishes)
  const left = behindOf(all, asked.from?.after, wishes)
  const count = countOf(wishes)
  const goesOn = count > 0 && left.length > count
  if (goesOn && !asked.from) {
    const page = await pageOf({ ...asked, from: await pinned(asked, findings) })
    return { ...page, about, hidden }
  }
  const shown = left.slice(0, count)
  const last = shown.at(-1)
  const next = goesOn && asked.from && last ? { ...asked.from, after: last.standing } : undefined
  return { query, groups: [{ ground, shown }], total: all.length, about, hidden, next }
}

/** Whose records are open at the same time while persons are looked at in turn. */
const AT_ONCE = 50
/** Whom one page, and one count, look at, at most. */
const [MOST_OF_A_PAGE, MOST_COUNTED] = [5000, 20_000]

interface Turn {
  readonly group: Group
  /** How far persons were looked at; undefined behind the last. */
  readonly last: number | undefined
  /** How many persons have been looked at by now. */
  readonly asked: number
}

/** Persons in the order of their numbers, some at once, each with what of hers fits. */
async function* turns({ crowd, look, query }: InTurn, at: Date, behind: number): AsyncGenerator<Turn> {
  let [from, asked]: [number, number] = [behind, 0]
  for (;;) {
    const { patientIds, last, looked } = await crowd.next(from)
    asked += looked
    for (let i = 0; i === 0 || i < patientIds.length; i += AT_ONCE) {
      const some = patientIds.slice(i, i + AT_ONCE)
      const { ground, matches } = await look(some, at)
      const isEnd = i + AT_ONCE >= patientIds.length
      yield {
        ...{ group: { ground, shown: inOrder(matches, query.wishes) }, asked },
        last: isEnd ? last : some.at(-1),
      }
    }
    if (last === undefined) return
    from = last
  }
}

async function countInTurn(turn: InTurn, at: Date): Promise<number> {
  let total = 0
  for await (const { group, asked } of turns(turn, at, -1)) {
    total += group.shown.length
    if (asked > MOST_COUNTED) throw tooCostly('More persons fit than are counted: ask for fewer days')
  }
  return total
}

/** Takes as many as are wanted, and tells whether there are more. */
function cutTo(groups: readonly Group[], count: number): { readonly cut: Group[]; readonly more: boolean } {
  let left = count
  const cut = groups.map(({ ground, shown }) => {
    const some = shown.slice(0, left)
    left -= some.length
    return { ground, shown: some }
  })
  return { cut, more: groups.reduce((sum, { shown }) => sum + shown.length, 0) > count }
}

/** Behind everything that this person has. */
const LAST_NO = 2 ** 31

interface Looked {
  readonly groups: readonly Group[]
  /** How far; undefined behind the last person. */
  readonly last: number | undefined
}

/** Looks at persons in turn until the page is full, or for long enough. */
async function lookInTurn(turn: InTurn, { at, after }: Place, count: number): Promise<Looked> {
  const groups: Group[] = []
  let [found, last]: [number, number | undefined] = [0, undefined]
  for await (const one of turns(turn, new Date(at), (after?.patientId ?? 0) - 1)) {
    const shown = behindOf(one.group.shown, after, turn.query.wishes)
    groups.push({ ground: one.group.ground, shown })
    found += shown.length
    last = one.last
    if (count === 0 || found > count || one.asked >= MOST_OF_A_PAGE) break
  }
  return { groups, last }
}

/** Where the next page begins: behind what was shown, or behind whom was looked at. */
function afterOf(cut: readonly Group[], more: boolean, last: number | undefined): Place['after'] {
  if (more) return cut.flatMap(({ shown }) => shown).at(-1)?.standing
  return last === undefined ? undefined : { keys: [], patientId: last, no: LAST_NO }
}

async function pageInTurn(asked: Asked, turn: InTurn): Promise<Page> {
  const { query } = turn
  const { sort, total: wanted } = query.wishes
  if (sort.length > 0)
    throw tooCostly('More persons fit than can be put in order: leave _sort out, or ask for fewer days')
  const at = asked.from?.at ?? asked.ctx.now().getTime()
  const place: Place = asked.from ?? { ...begun(asked), marks: [], at, nos: null, inTurn: true }
  const count = countOf(query.wishes)
  const isCounted = count === 0 || wanted === 'accurate'
  const total = isCounted ? await countInTurn(turn, new Date(at)) : undefined
  const { groups, last } = await lookInTurn(turn, place, count)
  const { cut, more } = cutTo(groups, count)
  const [first, ...others] = cut
  if (!first) throw new RangeError('nobody was looked at')
  const after = count > 0 ? afterOf(cut, more, last) : undefined
  const next = after && { ...place, after }
  return { query, groups: [first, ...others], total, about: [], hidden: [], next }
}

/** One page of a search: the first, or one that follows as of the same moment. */
export async function pageOf(asked: Asked): Promise<Page> {
  const found = await findOrInTurn(asked)
  return 'crowd' in found ? await pageInTurn(asked, found) : await pageOfAll(asked, found)
}
