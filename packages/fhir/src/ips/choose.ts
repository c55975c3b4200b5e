import { codesOf, dateOf, momentOf } from './look.ts'
import { isOldResult, type Place, placeOf, type Rules, SPOKEN_OF, type Statement } from './place.ts'
import type { SectionId } from './sections.ts'

export interface Choosing extends Rules {
  /** A name that two diagnosis codes share which are one illness told more and less exactly. */
  readonly familyOf?: (icd10: string) => string | undefined
}

interface Placed {
  readonly statement: Statement
  readonly place: Place
  /** When it was so, ms since 1970. */
  readonly at: number
}

const newer = (a: Placed, b: Placed): Placed =>
  b.at > a.at || (b.at === a.at && b.statement.stated >= a.statement.stated) ? b : a

/** Of each topic what was said last. Conditions, medicines and the like never share a topic. */
function latest(all: readonly Placed[]): Placed[] {
  const standing = new Map<string, Placed>()
  for (const placed of all) {
    const key = `${kindOf(placed)} ${placed.place.topic}`
    const other = standing.get(key)
    standing.set(key, other ? newer(other, placed) : placed)
  }
  return [...standing.values()]
}

/** A prescription and what somebody says of the same medicine speak of one thing; so do a report and its like only. */
const kindOf = ({ statement: { type } }: Placed): string =>
  type.startsWith('Medication') ? 'Medication' : type

const ICD10 = 'http://hl7.org/fhir/sid/icd-10'

const familiesOf = ({ statement }: Placed, familyOf: NonNullable<Choosing['familyOf']>): string[] =>
  codesOf(statement.resource()['code']).flatMap(({ system, code }) =>
    system === ICD10 ? (familyOf(code) ?? []) : [],
  )

const isOwnWord = ({ statement }: Placed): boolean => statement.source === 'self'

/** An illness that a facility named exactly is not told once more in the person's own, wider words. */
function withoutWiderWords(placed: readonly Placed[], { familyOf }: Choosing): readonly Placed[] {
  if (!familyOf) return placed
  const conditions = placed.filter(({ place }) => place.section === 'problems' && !place.none)
  const exact = new Set(
    conditions.filter((each) => !isOwnWord(each)).flatMap((each) => familiesOf(each, familyOf)),
  )
  if (exact.size === 0) return placed
  return placed.filter(
    (each) =>
      !(
        conditions.includes(each) &&
        isOwnWord(each) &&
        familiesOf(each, familyOf).some((one) => exact.has(one))
      ),
  )
}

/** "None known" stands alone or not at all. */
function withoutNeedlessNone(placed: readonly Placed[]): readonly Placed[] {
  const real = placed.filter(({ place }) => !place.none)
  if (real.length > 0) return real
  const [first, ...others] = placed
  return first ? [others.reduce(newer, first)] : []
}

const byDate = (a: Placed, b: Placed): number => b.at - a.at

function placed(statement: Statement, rules: Rules): Placed | undefined {
  const resource = statement.resource()
  const place = placeOf(resource, rules)
  return place && { statement, place, at: momentOf(dateOf(resource)) ?? statement.stated }
}

const LOINC_CODE = /^\d{1,7}-\d$/
const MEASURED = new Set(['Observation', 'DiagnosticReport'])

/** Measurements of one LOINC code are of one topic: behind the latest that counts no other needs to be read. */
const seriesOf = ({ type, code, fullUrl }: Statement): string =>
  MEASURED.has(type) && LOINC_CODE.test(code) ? `${type} ${code}` : fullUrl

const saidAt = ({ date, stated }: Statement): number => momentOf(date) ?? stated

const newestFirst = (series: readonly Statement[]): readonly Statement[] =>
  series.length > 1 ? series.toSorted((a, b) => saidAt(b) - saidAt(a) || b.stated - a.stated) : series

function latestOf(series: readonly Statement[], rules: Rules): Placed | undefined {
  for (const statement of newestFirst(series)) {
    const found = placed(statement, rules)
    if (found) return found
  }
  return undefined
}

/** What stands in each section, newest first; sections of which nothing is said are left out. */
export function choose(
  statements: readonly Statement[],
  rules: Choosing,
): ReadonlyMap<SectionId, readonly Statement[]> {
  const told = statements.filter(
    (statement) => SPOKEN_OF.has(statement.type) && !isOldResult(statement, rules.now),
  )
  const all = [...Map.groupBy(told, seriesOf).values()].flatMap((series) => latestOf(series, rules) ?? [])
  const standing = withoutWiderWords(latest(all), rules)
  const sections = new Map<SectionId, readonly Statement[]>()
  const said = standing.filter(({ place }) => place.section !== undefined)
  for (const [section, of] of Map.groupBy(said, ({ place }) => place.section))
    if (section)
      sections.set(
        section,
        withoutNeedlessNone(of)
          .toSorted(byDate)
          .map(({ statement }) => statement),
      )
  return sections
}
