import { z } from 'zod'

/** One of {@link AGE_BANDS}, or 'unknown'. */
export const AgeBand = z.enum(['0-4', '5-17', '18-39', '40-59', '60+', 'unknown'])
export type AgeBand = z.infer<typeof AgeBand>

/** Which books count: every one, those at least compared with a card, or only those whose holder was verified. */
export const CountedLevel = z.enum(['any', 'card', 'verified'])
export type CountedLevel = z.infer<typeof CountedLevel>

/** People in a cell of a table that the whole city reads. */
export const Count = z.union([z.number().int(), z.literal('few')])
export type Count = z.infer<typeof Count>

/** People who live somewhere, by whoever estimated it; null where nobody did. */
export const Population = z.object({
  estimated: z.number().int().nullable(),
  /** Key into the catalogue of definitions: how the estimate was made. */
  basis: z.enum(['population.merger-map', 'population.age-shape']),
})
export type Population = z.infer<typeof Population>

/** Null: between one and four people, not told to the Department; a station is told every number of its ward. */
const Told = z.number().int().nullable()

/**
 * How far one ward, or one campaign, has come. Counts are people whose book is open; `verified` are part of
 * `declared`. Days and hours are those of Ho Chi Minh City.
 */
export const Board = z.object({
  ward: z.object({ code: z.string(), name: z.string() }),
  campaign: z.object({ code: z.string(), title: z.string() }).nullable(),
  /** Everything that was answered before this instant is counted. */
  asOf: z.iso.datetime(),
  population: Population,
  /** People to reach: what the campaign says, else 90 % of the population; null where neither is known. */
  target: z.number().int().nullable(),
  declared: z.number().int(),
  verified: z.number().int(),
  /** More books than estimated people: flagged, never hidden. */
  overFull: z.boolean(),
  /** What each day added, not the sum until then; a day on which more books closed than opened is below zero. */
  byDay: z.array(z.object({ day: z.iso.date(), declared: z.number().int(), verified: z.number().int() })),
  byAlley: z.array(
    z.object({
      alley: z.string().nullable(),
      declared: Told,
      verified: Told,
      estimated: z.number().int().nullable(),
    }),
  ),
  byAge: z.array(
    z.object({ band: AgeBand, declared: Told, verified: Told, estimated: z.number().int().nullable() }),
  ),
  /** Code and title are null for books that came by no campaign. */
  byCampaign: z.array(
    z.object({ code: z.string().nullable(), title: z.string().nullable(), declared: Told, verified: Told }),
  ),
  /** Who helped: the resident herself, her family, a worker, or moved over from elsewhere; of today's new books. */
  todayBy: z.array(
    z.object({ channel: z.enum(['self', 'family', 'assisted', 'import']), declared: z.number().int() }),
  ),
  /** New books of each hour of today; `usual` is the mean of the same hour on the same weekday of the last 8 weeks. */
  today: z.array(
    z.object({ hour: z.number().int(), declared: z.number().int(), usual: z.number().nullable() }),
  ),
})
export type Board = z.infer<typeof Board>

/** A ward of today, or a ward or district as it stood until 30 June 2025. */
export const CoverageRow = z.object({
  code: z.string(),
  name: z.string(),
  estimated: z.number().int().nullable(),
  registered: Count,
  verified: Count,
  /** Those of the asked-for level: what share and missing are reckoned with. */
  counted: Count,
  /** counted / estimated, 0 to 1 and above; null where either is unknown or hidden. */
  share: z.number().nullable(),
  /** People still missing to the target; null where the share is. */
  missing: z.number().int().nullable(),
  over: z.boolean(),
  /** Nobody there has a book yet: drawn hatched, not as zero. */
  none: z.boolean(),
  /** New books of each week of `weeks`, oldest first. */
  weekly: z.array(Count),
  /** Wards of today that lie wholly inside; for a ward of today itself alone, for an old one where its ground lies. */
  wards: z.array(z.string()),
  /** Wards of today of which only a part lies inside: they are told, and not counted in. */
  split: z.array(z.object({ code: z.string(), name: z.string() })),
})
export type CoverageRow = z.infer<typeof CoverageRow>

export const Coverage = z.object({
  asOf: z.iso.datetime(),
  on: z.iso.date(),
  by: z.enum(['ward', 'old-district', 'old-ward']),
  level: CountedLevel,
  band: AgeBand.nullable(),
  target: z.number(),
  basis: Population.shape.basis,
  /** Only where everybody counted is invented. */
  demo: z.boolean(),
  city: z.object({
    /** Null where nobody estimated how many people of the chosen age there are; then share and missing are too. */
    estimated: z.number().int().nullable(),
    registered: z.number().int(),
    verified: z.number().int(),
    counted: z.number().int(),
    share: z.number().nullable(),
    missing: z.number().int().nullable(),
    over: z.boolean(),
    /** Units at or above the target, and units with any book. */
    reached: z.number().int(),
    withBooks: z.number().int(),
    units: z.number().int(),
    /** Books whose ward, on the asked map, nobody knows: in the city's numbers, in no unit's. */
    nowhere: z.number().int(),
  }),
  /** First day, a Monday, of each of the weeks that are told. */
  weeks: z.array(z.iso.date()),
  weekly: z.array(z.number().int()),
  rows: z.array(CoverageRow),
})
export type Coverage = z.infer<typeof Coverage>

const Bilingual = z.object({ vi: z.string(), en: z.string() })

/** What a number on a screen means, so that it can be opened. */
export const Definition = z.object({
  key: z.string(),
  name: Bilingual,
  numerator: Bilingual,
  denominator: Bilingual.nullable(),
  exclusions: Bilingual,
  source: Bilingual,
  /** When what it rests on was last true. */
  asOf: Bilingual,
})
export type Definition = z.infer<typeof Definition>
