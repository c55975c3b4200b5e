/** What the two Vietnamese cards say, as other programs receive it. Absent is null, never an empty text. */
import { z } from 'zod'
import { isDate } from './dates.ts'

/** 'YYYY-MM-DD', or 'YYYY-MM' or 'YYYY' where that is all there is. */
const CardDate = z.string().refine(isDate)

export const CardWarning = z.enum([
  'province-unknown',
  'sex-differs-from-number',
  'year-differs-from-number',
  'object-code-unknown',
  'name-repaired',
  'name-odd',
  'address-repaired',
  'address-damaged',
  'issued-before-birth',
  'validity-reversed',
  'facility-unreadable',
  'residence-area-unknown',
  'check-odd',
  'extra-fields',
])
export type CardWarning = z.infer<typeof CardWarning>

export const IdCard = z.object({
  kind: z.literal('cccd'),
  idNumber: z.string().regex(/^0\d{11}$/),
  oldIdNumber: z
    .string()
    .regex(/^(\d{9}|0\d{11})$/)
    .nullable(),
  name: z.string().min(1).max(255),
  birthDate: CardDate,
  sex: z.enum(['male', 'female']),
  address: z.string().nullable(),
  issuedOn: CardDate.nullable(),
  warnings: z.array(CardWarning),
})
export type IdCard = z.infer<typeof IdCard>

export const InsuranceCard = z.object({
  kind: z.literal('bhyt'),
  cardNumber: z.string().regex(/^([A-Z]{2}[1-5]\d{12}|\d{10}|TE1\d{2}KT\d{8})$/),
  objectCode: z.string().nullable(),
  benefitLevel: z.string().nullable(),
  provinceCode: z.string().nullable(),
  socialInsuranceNumber: z.string().nullable(),
  name: z.string().min(1).max(255),
  birthDate: CardDate,
  sex: z.enum(['male', 'female']),
  address: z.string().nullable(),
  /** Province and serial of the facility of first registration, 5 digits. */
  facility: z
    .string()
    .regex(/^\d{5}$/)
    .nullable(),
  validFrom: CardDate.nullable(),
  validTo: CardDate.nullable(),
  issuedOn: CardDate.nullable(),
  managedBy: z.string().nullable(),
  parentName: z.string().nullable(),
  residenceArea: z.enum(['K1', 'K2', 'K3']).nullable(),
  /** Since when insured for five years without a break. */
  fiveYearsFrom: CardDate.nullable(),
  /** The issuer's check string; its algorithm is not public, so it is kept and not verified. */
  check: z.string().nullable(),
  warnings: z.array(CardWarning),
})
export type InsuranceCard = z.infer<typeof InsuranceCard>
