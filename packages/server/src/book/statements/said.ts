import { dayInVietnam, isDate } from '@sokhoe/model'
import { z } from 'zod'

/** What a person may state one by one, and as what FHIR keeps it. */
export const KINDS = {
  allergy: 'AllergyIntolerance',
  condition: 'Condition',
  medicine: 'MedicationStatement',
  immunisation: 'Immunization',
  family: 'FamilyMemberHistory',
  surgery: 'Procedure',
} as const
export type Kind = keyof typeof KINDS

const CONTROL = /[\p{Cc}\p{Cs}]/u
/** A text as somebody typed it: composed, without space around, without what no keyboard makes. */
export const line = (most: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .refine((text) => !CONTROL.test(text)),
    )

/** Words of several lines; may be none. */
export const words = (most: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .max(most)
        .refine((text) => !CONTROL.test(text.replaceAll('\n', ''))),
    )

const Day = z
  .string()
  .regex(/^\d{4}(-\d\d(-\d\d)?)?$/)
  .refine((day) => isDate(day) && day >= '1900')

export const Said = z.strictObject({
  kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
  name: line(200),
  /** Since when, or on which day: a year, a month or a day, never later than today. */
  when: Day.optional(),
  note: line(1000).optional(),
  /** Which relative, for a family's history. */
  who: line(100).optional(),
  /** A condition that is over. */
  healed: z.boolean().optional(),
})
export type Said = z.infer<typeof Said>

/** A partial date is later than today only where all of it is. */
export const isLater = (day: string, now: Date): boolean => day > dayInVietnam(now).slice(0, day.length)
