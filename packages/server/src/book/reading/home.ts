import { stationName, wardAt } from '@sokhoe/codes'
import type { BookHome, Line, LineKind, NextAction, Words } from '@sokhoe/model/reading'
import type { KeptBook } from '../../identity/index.ts'
import { adviceOf } from './facts.ts'
import { type Filed, sourceKindOf } from './filed.ts'
import { lineOf, type Reader, resourceOf } from './line.ts'
import { latestOf } from './lists.ts'
import { seriesIn } from './series.ts'
import { textAt } from './shapes.ts'
import { daysBetween, supplyOf } from './supply.ts'
import { both, dayWords } from './words.ts'

/** As many of a kind as a glance takes in; all stand in their list. */
const MOST = 12
const RESULTS = 4
/** Prescriptions older than this are not opened for the first page: none is given for longer. */
const OLDEST_SUPPLY = 370

const STANDS = new Set<Line['status']>(['standing', 'amended', 'preliminary'])

function standing(all: readonly Filed[], kind: LineKind, reader: Reader): Line[] {
  const lines: Line[] = []
  for (const { filed } of latestOf(all, kind)) {
    if (lines.length >= MOST) break
    const line = lineOf(filed, reader)
    if (STANDS.has(line.status)) lines.push(line)
  }
  return lines
}

/** A prescription without an end is one of its day, not what is taken now; what the person tells stands. */
function isTakenNow({ entry }: Filed): boolean {
  if (entry.type === 'MedicationStatement') return true
  const resource = resourceOf(entry)
  return supplyOf(resource) !== undefined || textAt(resource, 'status') === 'active'
}

const recent = (day: string) => {
  const oldest = new Date(Date.parse(day) - OLDEST_SUPPLY * 24 * 3_600_000).toISOString().slice(0, 10)
  return ({ kind, when, entry }: Filed): boolean =>
    kind === 'medicine' && (entry.source === 'self' || when >= oldest) && isTakenNow({ kind, when, entry })
}

const SOON = 7

function medicineActions(all: readonly Filed[], { day }: Reader): NextAction[] {
  const ends = all
    .filter(({ kind, entry }) => kind === 'medicine' && entry.type !== 'MedicationStatement')
    .flatMap(({ entry }) => supplyOf(resourceOf(entry))?.until ?? [])
  const last = ends.toSorted().at(-1)
  const left = last === undefined ? -1 : daysBetween(day, last) + 1
  if (last === undefined || left < 1 || left > SOON) return []
  return [
    {
      is: 'medicine',
      tone: left <= 2 ? 'watch' : 'info',
      title: both(`Thuốc còn ${left} ngày`, `Medicine for ${left} more ${left === 1 ? 'day' : 'days'}`),
      detail: both(`Đơn đủ đến hết ${dayWords(last)}`, `The prescription lasts to ${dayWords(last)}`),
    },
  ]
}

const AWAITED = new Set(['booked', 'proposed', 'pending'])

function appointments(all: readonly Filed[], reader: Reader): NextAction[] {
  return all
    .filter(({ entry, when }) => entry.type === 'Appointment' && when.slice(0, 10) >= reader.day)
    .filter(({ entry }) => AWAITED.has(textAt(resourceOf(entry), 'status')))
    .map((filed): NextAction => {
      const { source } = lineOf(filed, reader)
      const [day, time] = [dayWords(filed.when), filed.when.slice(11, 16)]
      const place: Words = source.place ? both(` · ${source.place}`, ` · ${source.place}`) : both('', '')
      return {
        is: 'appointment',
        tone: 'info',
        title: both('Hẹn khám', 'Appointment'),
        detail: both(`${time} ${day}${place.vi}`.trim(), `${time} ${day}${place.en}`.trim()),
      }
    })
    .toReversed()
}

/** A level of 'phone' says that nobody has seen the person's papers yet. */
const verification = ({ level }: KeptBook): NextAction[] =>
  level === 'phone'
    ? [
        {
          is: 'verify',
          tone: 'info',
          title: both('Xác nhận sổ tại trạm y tế', 'Have the book verified at the station'),
          detail: both('Mang căn cước hoặc thẻ bảo hiểm', 'Bring an identity or insurance card'),
        },
      ]
    : []

function countsIn(all: readonly Filed[]): BookHome['counts'] {
  const counts: { kinds: BookHome['counts']['kinds']; sources: BookHome['counts']['sources'] } = {
    kinds: {},
    sources: {},
  }
  const sources = new Map<string, ReturnType<typeof sourceKindOf>>()
  for (const { kind, entry } of all) {
    const source = sources.get(entry.source) ?? sourceKindOf(entry.source)
    sources.set(entry.source, source)
    counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1
    counts.sources[source] = (counts.sources[source] ?? 0) + 1
  }
  return counts
}

function wardOf({ ward: code }: KeptBook, day: string): BookHome['person']['ward'] {
  const ward = code === null ? undefined : wardAt(code, day)
  return ward ? { code: ward.code, name: ward.name, station: stationName(ward) } : null
}

function personIn(book: KeptBook, day: string): BookHome['person'] {
  const { demographics, relation, level, status } = book
  const { name, birthDate, sex } = demographics
  return { name, birthDate, sex, relation, level, status, ward: wardOf(book, day) }
}

const isTold = (all: readonly Filed[], kind: LineKind): boolean => all.some((filed) => filed.kind === kind)

/** The first page: what is in the book, what next. Who looked is added by whoever may ask the audit log. */
export function homeOf(
  all: readonly Filed[],
  book: KeptBook,
  reader: Reader,
  hidden: boolean,
): Omit<BookHome, 'visitors'> {
  const medicines = all.filter(recent(reader.day))
  const advice = adviceOf(all, reader)
  return {
    person: personIn(book, reader.day),
    allergies: standing(all, 'allergy', reader),
    conditions: standing(all, 'condition', reader),
    medicines: standing(medicines, 'medicine', reader),
    told: {
      allergy: isTold(all, 'allergy'),
      condition: isTold(all, 'condition'),
      medicine: isTold(all, 'medicine'),
    },
    next: [...appointments(all, reader), ...medicineActions(medicines, reader), ...verification(book)],
    advice,
    results: seriesIn(all, reader, RESULTS).series,
    counts: countsIn(all),
    hidden,
  }
}
