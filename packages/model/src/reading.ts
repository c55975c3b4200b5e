/** The shapes in which a book is read: home, timeline, measured series, lists, who looked. Types for the app. */

import { z } from 'zod'

/** The same words in both languages. */
export const Words = z.object({ vi: z.string(), en: z.string() })
export type Words = z.infer<typeof Words>

export const LINE_KINDS = [
  'allergy',
  'condition',
  'medicine',
  'result',
  'immunisation',
  'visit',
  'document',
  'family',
  'habit',
  'procedure',
  'consent',
  'declaration',
] as const
export const LineKind = z.enum(LINE_KINDS)
export type LineKind = z.infer<typeof LineKind>

export const SOURCE_KINDS = ['self', 'station', 'hospital', 'import'] as const
export const SourceKind = z.enum(SOURCE_KINDS)
export type SourceKind = z.infer<typeof SourceKind>

const LineSource = z.object({
  kind: SourceKind,
  /** Name of the place; null where the person herself says it, or nobody knows the place's name. */
  place: z.string().nullable(),
})

/** A number exactly as its source wrote it ('10.0'), two of them for a pressure ('134/82'). */
const Measured = z.object({ text: z.string(), unit: z.string() })
export type Measured = z.infer<typeof Measured>

/** Where a result stands against a range or class, and whose that is. Never a diagnosis. */
const Verdict = z.object({
  is: z.enum(['within', 'above', 'below']),
  tone: z.enum(['good', 'watch', 'urgent']),
  words: Words,
  source: Words,
  /** The limits are from memory and await confirmation. */
  unverified: z.boolean(),
})
export type Verdict = z.infer<typeof Verdict>

export const LINE_STATUSES = ['standing', 'ended', 'amended', 'entered-in-error', 'preliminary'] as const

/** One fact of a book in plain words. */
export const Line = z.object({
  /** Public id of the resource. */
  id: z.string(),
  kind: LineKind,
  /** FHIR date as written, with its precision; '' where nobody told one. */
  date: z.string(),
  /** Day and time in Vietnam by which lines are in order: when it happened, else when it arrived. */
  when: z.string(),
  /** What happened or was told together has the same name here. */
  event: z.string(),
  title: Words,
  value: Measured.nullable(),
  detail: Words.nullable(),
  source: LineSource,
  status: z.enum(LINE_STATUSES),
  /** First code of what it is about; '' where it has none. */
  code: z.string(),
  author: z.enum(['self', 'proxy', 'staff']),
  /** Not shown to anybody else without a grant of its own. */
  restricted: z.boolean(),
  /** "Nobody knows of any" and its kin: said, but no warning. */
  absent: z.boolean(),
  verdict: Verdict.nullable(),
  /** Version of the resource; above 1 there are older ones. */
  version: z.number(),
})
export type Line = z.infer<typeof Line>

export const Timeline = z.object({
  lines: z.array(Line),
  /** Where the next page begins; null on the last. */
  next: z.string().nullable(),
  total: z.number(),
})
export type Timeline = z.infer<typeof Timeline>

export const BookList = z.object({
  kind: LineKind,
  /** Newest first; of what was stated several times the latest, with how often. */
  lines: z.array(Line.extend({ times: z.number() })),
  /** More than are shown. */
  left: z.number(),
})
export type BookList = z.infer<typeof BookList>

const Point = z.object({
  id: z.string(),
  date: z.string(),
  when: z.string(),
  value: Measured,
  /** In the unit of the series, to be drawn; for a pressure the upper number. Null: its unit has no sourced factor. */
  at: z.number().nullable(),
  /** The lower number of a pressure. */
  lower: z.number().nullable(),
  /** How the number drawn came of the one written; null where it is that one. */
  converted: Words.nullable(),
  source: LineSource,
  status: z.enum(LINE_STATUSES),
  verdict: Verdict.nullable(),
})
export type Point = z.infer<typeof Point>

const SeriesRange = z.object({
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Upper bound of the lower number of a pressure. */
  lowerHigh: z.number().nullable(),
  words: Words,
  source: Words,
  unverified: z.boolean(),
})
export type SeriesRange = z.infer<typeof SeriesRange>

export const Series = z.object({
  code: z.string(),
  title: Words,
  /** What it tells, in everyday words; null where we have none. */
  means: Words.nullable(),
  unit: z.string(),
  /** Oldest first. */
  points: z.array(Point),
  range: SeriesRange.nullable(),
  /** What the numbers did, in words; the finding that the chart shows. */
  finding: Words,
  advice: z.array(z.object({ tone: z.enum(['good', 'watch', 'urgent', 'info']), words: Words })),
})
export type Series = z.infer<typeof Series>

const SeriesLine = z.object({
  code: z.string(),
  title: Words,
  latest: Line,
  times: z.number(),
})
export type SeriesLine = z.infer<typeof SeriesLine>

export const SeriesList = z.object({ series: z.array(SeriesLine) })
export type SeriesList = z.infer<typeof SeriesList>

const NextAction = z.object({
  is: z.enum(['appointment', 'medicine', 'advice', 'verify']),
  tone: z.enum(['info', 'watch', 'urgent']),
  title: Words,
  detail: Words.nullable(),
})
export type NextAction = z.infer<typeof NextAction>

export const Access = z.object({
  /** Instant, ISO 8601. */
  at: z.string(),
  by: z.enum(['self', 'proxy', 'staff', 'client', 'system', 'nobody']),
  /** Whoever did it, as the sentence begins. */
  who: Words,
  /** The rest of the sentence: what was done, for what. */
  did: Words,
  place: z.string().nullable(),
  refused: z.boolean(),
})
export type Access = z.infer<typeof Access>

export const Accesses = z.object({ accesses: z.array(Access), next: z.string().nullable() })
export type Accesses = z.infer<typeof Accesses>

const Advised = z.object({
  id: z.string(),
  tone: z.enum(['good', 'watch', 'urgent', 'info']),
  words: Words,
  source: z.string(),
  unverified: z.boolean(),
  /** What is still to be told before anything can be said; null where nothing is missing. */
  missing: Words.nullable(),
})
export type Advised = z.infer<typeof Advised>

export const BookHome = z.object({
  person: z.object({
    name: z.string(),
    birthDate: z.string(),
    sex: z.string(),
    /** 'self', or whose it is to the telephone's owner. */
    relation: z.string(),
    level: z.string(),
    status: z.string(),
    ward: z.object({ code: z.string(), name: z.string(), station: z.string() }).nullable(),
  }),
  allergies: z.array(Line),
  conditions: z.array(Line),
  medicines: z.array(Line),
  /** Whether anybody was ever asked: nothing told is not the same as none. */
  told: z.object({ allergy: z.boolean(), condition: z.boolean(), medicine: z.boolean() }),
  next: z.array(NextAction),
  advice: z.array(Advised),
  results: z.array(SeriesLine),
  visitors: z.array(Access),
  counts: z.object({
    kinds: z.partialRecord(LineKind, z.number()),
    sources: z.partialRecord(SourceKind, z.number()),
  }),
  /** Parts that the reader may not see; empty in one's own book. */
  hidden: z.boolean(),
})
export type BookHome = z.infer<typeof BookHome>

/** A book for reading without network: its small pages by their address under the book, and every line. */
export const BookCopy = z.object({ pages: z.record(z.string(), z.unknown()), lines: z.array(Line) })
export type BookCopy = z.infer<typeof BookCopy>
