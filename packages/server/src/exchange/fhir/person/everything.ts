import type { Answer, Ask, Interaction } from '../answer.ts'
import { hasScope, needScope } from '../answer.ts'
import { inputsOf } from '../parameters.ts'
import { type Line, searchset } from '../search/bundle.ts'
import type { Item } from '../search/item.ts'
import { directoryItems, horizonOf } from '../search/scene.ts'
import { directoryNumbers, leaving, type OpenPerson, openedAsOf, openPerson } from './open.ts'
import { openPage, type PagePlace, sealPage } from './page.ts'
import { chosen, type Wanted, wantedIn } from './wanted.ts'

/** More go on further pages, asked for or not. */
const MOST_AT_ONCE = 2000

/** What is about nobody in particular and comes along with the resources that name it: each once over all pages. */
async function along(
  { ctx }: Ask,
  shown: readonly Item[],
  before: readonly Item[],
  { types }: Wanted,
): Promise<Item[]> {
  const nos = directoryNumbers(shown)
  if (nos.size === 0) return []
  for (const no of directoryNumbers(before)) nos.delete(no)
  const items = await directoryItems(ctx, [...nos])
  return items.filter(({ type }) => (types === null || types.includes(type)) && hasScope(ctx, type, 'r'))
}

interface Page {
  readonly lines: readonly Line[]
  readonly total: number
  readonly next: PagePlace | undefined
}

const countOf = ({ count }: Wanted): number => Math.min(count ?? MOST_AT_ONCE, MOST_AT_ONCE)

/** A reading that goes on is answered as of one moment, as the pages that follow are. */
async function begun(ctx: Ask['ctx'], person: OpenPerson, wanted: Wanted): Promise<[OpenPerson, PagePlace]> {
  const now = { wanted, at: ctx.now().getTime(), told: 0 }
  if (chosen(person.items, wanted).length <= countOf(wanted)) return [person, { ...now, marks: [] }]
  const { marks } = await horizonOf(person.scene)
  return [await openedAsOf(ctx, person, { marks }), { ...now, marks: [...marks] }]
}

async function pageOf(ask: Ask, opened: OpenPerson, wanted: Wanted, from?: PagePlace): Promise<Page> {
  const { ctx } = ask
  const [person, place] = from ? [opened, from] : await begun(ctx, opened, wanted)
  const all = chosen(person.items, wanted)
  const end = place.told + countOf(wanted)
  const shown = all.slice(place.told, end)
  const others = await along(ask, shown, all.slice(0, place.told), wanted)
  return {
    lines: [
      ...shown.map((item): Line => ({ item, mode: 'match', text: leaving(ctx, person, item) })),
      ...others.map((item): Line => ({ item, mode: 'include', text: item.bytes() })),
    ],
    total: all.length,
    next: end < all.length ? { ...place, told: end } : undefined,
  }
}

/**
 * Everything of one person that the asker may see, with what is about nobody in particular and is named there.
 * @see https://hl7.org/fhir/R4/patient-operation-everything.html
 */
async function everything(ask: Ask): Promise<Answer> {
  const { ctx, params, base } = ask
  const { id = '' } = params
  needScope(ctx, 'Patient', 'r')
  const inputs = inputsOf(ask)
  const token = inputs.text('_page')
  const from = token === undefined ? undefined : openPage(ctx, id, token)
  const wanted = from?.wanted ?? wantedIn(inputs)
  const { person, noted } = await openPerson(
    ask,
    'exchange.everything',
    from && { marks: new Map(from.marks) },
  )
  const [page] = await Promise.all([pageOf(ask, person, wanted, from), noted])
  const place = `${base}/Patient/${id}/$everything`
  const { lines, total, next } = page
  return {
    status: 200,
    body: searchset({
      base,
      self: place,
      total,
      lines,
      ...(next && { next: `${place}?_page=${sealPage(ctx, id, next)}` }),
    }),
  }
}

export const everythingOf: readonly Interaction[] = (['GET', 'POST'] as const).map((method) => ({
  method,
  path: 'Patient/:id/$everything',
  run: everything,
}))
