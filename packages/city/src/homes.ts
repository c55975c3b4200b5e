import { agePyramid } from '@sokhoe/codes'
import { byAge } from './ages.ts'
import { type DayNumber, dayText, yearsBetween } from './days.ts'
import { type Dice, shuffle } from './random.ts'

/** Relation to the head of the household, codes of the health record form. */
export type Relation = 'CHU_HO' | 'VO' | 'CHONG' | 'CON' | 'CHA' | 'ME' | 'BO_ME_VO_CHONG' | 'CHAU' | 'KHAC'

/** Somebody of the age pyramid, before having a name. */
export interface Soul {
  readonly sex: 'male' | 'female'
  readonly born: DayNumber
  /** Whole years on the day the city is made for. */
  readonly age: number
}

/** A place in a household. Parents are the places they hold in the same list. */
export interface Place {
  readonly soul: Soul
  readonly relation: Relation
  readonly father: number | null
  readonly mother: number | null
}

interface Family {
  readonly man: Soul | undefined
  readonly woman: Soul | undefined
  readonly children: Soul[]
  readonly nephews: Soul[]
  elders: {
    readonly man: Soul | undefined
    readonly woman: Soul | undefined
    readonly of: 'man' | 'woman'
  } | null
}

/** People are made in neighbourhoods of this many, in which families find each other. */
const NEIGHBOURHOOD = 4000

const YEAR = 365.2425

/** Assumption: share of men living with a wife, by age. */
const MARRIED = byAge([21, 0.22], [25, 0.52], [30, 0.75], [35, 0.86], [75, 0.65])

/** Assumption: share of the unmarried who live with their parents, by age. */
const STAYS_HOME = byAge([0, 1], [18, 0.6], [23, 0.35], [30, 0])

function ageIn(dice: Dice, from: number, to: number): number {
  if (from < 85) return from + dice.whole(to - from + 1)
  return Math.min(104, from + Math.floor(-3.5 * Math.log(1 - dice.unit())))
}

/** Draws people so that every age and sex comes as often as the pyramid says, evenly and not by luck alone. */
function drawSouls(dice: Dice, until: DayNumber): Soul[] {
  const groups = agePyramid().flatMap(({ from, to, male, female }) => [
    { from, to, sex: 'male' as const, share: male },
    { from, to, sex: 'female' as const, share: female },
  ])
  const total = groups.reduce((sum, group) => sum + group.share, 0)
  const today = dayText(until)
  const souls: Soul[] = []
  let reached = 0
  let next = dice.unit()
  for (const { from, to, sex, share } of groups) {
    reached += (share / total) * NEIGHBOURHOOD
    for (; next < reached; next += 1) {
      const born = until - Math.floor((ageIn(dice, from, to) + dice.unit()) * YEAR)
      souls.push({ sex, born, age: yearsBetween(dayText(born), today) })
    }
  }
  return shuffle(dice, souls)
}

type Waiting = Map<number, Soul[]>

const waitingOf = (souls: readonly Soul[]): Waiting => Map.groupBy(souls, (soul) => soul.age)

/** Takes somebody of about that age, the nearest first; 19 or older. */
function takeNear(waiting: Waiting, age: number): Soul | undefined {
  for (const off of [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -7, 7]) {
    const soul = age + off < 19 ? undefined : waiting.get(age + off)?.pop()
    if (soul) return soul
  }
  return undefined
}

const familyOf = (man: Soul | undefined, woman: Soul | undefined): Family => ({
  man,
  woman,
  children: [],
  nephews: [],
  elders: null,
})

function wifeFor(dice: Dice, women: Waiting, man: Soul): Soul | undefined {
  if (!dice.chance(MARRIED(man.age))) return undefined
  return takeNear(women, man.age - Math.round(2.5 + 3 * dice.normal()))
}

const raisesAlone = (dice: Dice, woman: Soul): boolean =>
  woman.age >= 24 && woman.age <= 62 && dice.chance(0.12)

/** Couples first; then some women who raise children alone. */
function marry(dice: Dice, souls: readonly Soul[]): { families: Family[]; single: Soul[] } {
  const women = waitingOf(souls.filter((soul) => soul.sex === 'female'))
  const families: Family[] = []
  const single: Soul[] = []
  for (const man of souls.filter((soul) => soul.sex === 'male')) {
    const wife = wifeFor(dice, women, man)
    if (wife) families.push(familyOf(man, wife))
    else single.push(man)
  }
  for (const woman of shuffle(dice, [...women.values()].flat()))
    if (raisesAlone(dice, woman)) families.push(familyOf(undefined, woman))
    else single.push(woman)
  return { families, single }
}

/** A mother is 18 to 43 years older, a father at least 18, and brothers and sisters ten months apart or more. */
function canRaise(family: Family, child: Soul, most: number): boolean {
  const { man, woman, children } = family
  if (!woman || children.length >= most) return false
  const gap = (child.born - woman.born) / YEAR
  if (gap < 18.01 || gap > 43) return false
  if (man && child.born - man.born < 18 * YEAR) return false
  return children.every((other) => Math.abs(other.born - child.born) > 300)
}

type Mothers = Map<number, Family[]>

/** A mother who was about 28 at the birth; sixteen tries. */
function likelyMother(dice: Dice, mothers: Mothers, child: Soul): Family | undefined {
  for (let attempt = 0; attempt < 16; attempt += 1) {
    const gap = Math.min(42, Math.max(18, Math.round(28 + 4.5 * dice.normal())))
    const likely = mothers.get(child.age + gap)
    const family = likely?.[dice.whole(likely.length)]
    if (family && canRaise(family, child, attempt < 10 ? 2 : 3)) return family
  }
  return undefined
}

const GAPS = Array.from({ length: 25 }, (_, at) => 19 + at)

const anyMother = (mothers: Mothers, child: Soul): Family | undefined =>
  GAPS.flatMap((gap) => mothers.get(child.age + gap) ?? []).find((family) => canRaise(family, child, 5))

/** Children and unmarried young people go to mothers; a child for whom none is left lives with an aunt or uncle. */
function raise(dice: Dice, families: Family[], single: readonly Soul[]): Soul[] {
  const mothers = Map.groupBy(families, (family) => family.woman?.age ?? -1)
  const aunts = families.filter((family) => (family.woman?.age ?? 0) >= 40)
  const alone: Soul[] = []
  for (const soul of single) {
    const family = dice.chance(STAYS_HOME(soul.age))
      ? (likelyMother(dice, mothers, soul) ?? anyMother(mothers, soul))
      : undefined
    if (family) family.children.push(soul)
    else if (soul.age >= 18) alone.push(soul)
    else aunts[dice.whole(aunts.length)]?.nephews.push(soul)
  }
  for (const family of families) family.children.sort((a, b) => a.born - b.born)
  return alone
}

const canShelter = (child: Soul | undefined, elder: Soul | undefined): boolean =>
  !elder ||
  (child !== undefined && child.born - elder.born > 18.01 * YEAR && child.born - elder.born < 43 * YEAR)

/** The son or daughter of a family whose age fits both old parents; sons more often than daughters. */
function childIn(dice: Dice, host: Family, parents: Family): 'man' | 'woman' | undefined {
  const order = dice.chance(0.6) ? (['man', 'woman'] as const) : (['woman', 'man'] as const)
  return order.find((who) => canShelter(host[who], parents.man) && canShelter(host[who], parents.woman))
}

/** Couples and widowed people of 60 and more, without young people to care for. */
const isOld = ({ man, woman, children, nephews }: Family): boolean =>
  Math.max(man?.age ?? 0, woman?.age ?? 0) >= 60 && children.length + nephews.length === 0

const aloneAs = (soul: Soul): Family =>
  soul.sex === 'male' ? familyOf(soul, undefined) : familyOf(undefined, soul)

/** Finds a family with a fitting son or daughter and moves the old parents in; nine tries. */
function moveIn(dice: Dice, hosts: readonly Family[], parents: Family): boolean {
  for (let attempt = 0; attempt < 9; attempt += 1) {
    const host = hosts[dice.whole(hosts.length)]
    const of = host && !host.elders ? childIn(dice, host, parents) : undefined
    if (!host || !of) continue
    host.elders = { man: parents.man, woman: parents.woman, of }
    return true
  }
  return false
}

/** More than half of the old live in the household of a grown child. */
function shelter(dice: Dice, families: readonly Family[], alone: readonly Soul[]) {
  const old = [...families.filter(isOld), ...alone.filter((soul) => soul.age >= 60).map(aloneAs)]
  const hosts = families.filter((family) => !isOld(family))
  const apart = old.filter((parents) => !(dice.chance(0.75) && moveIn(dice, hosts, parents)))
  return { homes: [...hosts, ...apart], alone: alone.filter((soul) => soul.age < 60) }
}

interface Draft {
  readonly soul: Soul
  readonly relation: Relation
  readonly parents: { readonly father: Soul | undefined; readonly mother: Soul | undefined }
}

const NOBODY = { father: undefined, mother: undefined } as const

/** A head's father is CHA and mother ME; those of the spouse are BO_ME_VO_CHONG. */
function eldersIn({ elders, ...family }: Family, head: Soul): Draft[] {
  const ofHead = elders !== null && family[elders.of] === head
  const drafts: Draft[] = []
  if (elders?.man)
    drafts.push({ soul: elders.man, relation: ofHead ? 'CHA' : 'BO_ME_VO_CHONG', parents: NOBODY })
  if (elders?.woman)
    drafts.push({ soul: elders.woman, relation: ofHead ? 'ME' : 'BO_ME_VO_CHONG', parents: NOBODY })
  return drafts
}

function placesOf(family: Family, head: Soul): Draft[] {
  const { man, woman, elders, children, nephews } = family
  const parentsOf = (soul: Soul): Draft['parents'] =>
    elders && soul === family[elders.of] ? { father: elders.man, mother: elders.woman } : NOBODY

  const spouse = head === man ? woman : man
  const husbandOrWife = spouse?.sex === 'female' ? 'VO' : 'CHONG'
  return [
    { soul: head, relation: 'CHU_HO', parents: parentsOf(head) },
    ...(spouse ? [{ soul: spouse, relation: husbandOrWife, parents: parentsOf(spouse) } as const] : []),
    ...children.map((soul) => ({ soul, relation: 'CON', parents: { father: man, mother: woman } }) as const),
    ...nephews.map((soul) => ({ soul, relation: 'CHAU', parents: NOBODY }) as const),
    ...eldersIn(family, head),
  ]
}

function seat(drafts: readonly Draft[]): Place[] {
  const seats = new Map(drafts.map((draft, at) => [draft.soul, at]))
  const seatOf = (soul: Soul | undefined): number | null => (soul ? (seats.get(soul) ?? null) : null)
  return drafts.map(({ soul, relation, parents }) => ({
    soul,
    relation,
    father: seatOf(parents.father),
    mother: seatOf(parents.mother),
  }))
}

/** Grown people without family live alone or share a room with one or two others. */
function shareRooms(dice: Dice, alone: readonly Soul[]): Place[][] {
  const rooms: Place[][] = []
  for (let at = 0; at < alone.length; ) {
    const size = dice.chance(0.55) ? 1 : 2 + dice.whole(2)
    const room = alone.slice(at, at + size)
    rooms.push(
      seat(room.map((soul, place) => ({ soul, relation: place === 0 ? 'CHU_HO' : 'KHAC', parents: NOBODY }))),
    )
    at += size
  }
  return rooms
}

/**
 * Makes the households of one neighbourhood, in chance order.
 *
 * Ages and sexes follow the city's pyramid exactly; how people live together is shaped by hand. The first place of
 * a household is its head, an adult; spouse, children by age and old parents follow.
 */
export function homesOf(dice: Dice, until: DayNumber): Place[][] {
  const { families, single } = marry(dice, drawSouls(dice, until))
  const { homes, alone } = shelter(dice, families, raise(dice, families, single))
  const households = homes.flatMap((family) => {
    const head = family.man && (!family.woman || dice.chance(0.65)) ? family.man : family.woman
    return head ? [seat(placesOf(family, head))] : []
  })
  return shuffle(dice, [...households, ...shareRooms(dice, alone)])
}
