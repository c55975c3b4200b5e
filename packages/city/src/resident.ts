import type { Relation } from './homes.ts'

export type Sex = 'male' | 'female'

/** What somebody lives with; the names of the prevalence table. */
export type ConditionKind =
  | 'hypertension'
  | 'diabetes'
  | 'dyslipidaemia'
  | 'copd'
  | 'asthma'
  | 'cancer'
  | 'ckd'
  | 'hbsag_positive'

export interface ConditionFact {
  readonly kind: ConditionKind
  readonly icd10: string
  /** Year in which it began. */
  readonly since: number
  /** A doctor has told the resident. */
  readonly known: boolean
  readonly treated: boolean
}

/** A medicine taken day by day. */
export interface MedicineFact {
  readonly atc: string
  readonly name: string
  /** As a doctor writes it: "1 viên 5 mg, uống buổi sáng". */
  readonly dose: string
  readonly against: ConditionKind
}

export interface FamilyFact {
  readonly relative: 'father' | 'mother' | 'sibling'
  readonly kind: ConditionKind
}

/** The body as it is today, whether or not anybody has measured it. */
export interface Health {
  readonly conditions: readonly ConditionFact[]
  readonly medicines: readonly MedicineFact[]
  /** Codes of the allergen list. */
  readonly allergies: readonly string[]
  readonly family: readonly FamilyFact[]
  /** cm, one decimal. */
  readonly height: number
  /** kg, one decimal. */
  readonly weight: number
  /** cm, whole; null under 18 years. */
  readonly waist: number | null
  /** mmHg, whole; null under 18 years. */
  readonly pressure: Pressure | null
  readonly smoking: 'never' | 'former' | 'sometimes' | 'daily'
  readonly alcohol: 'none' | 'sometimes' | 'often'
  /** Minutes of walking or sport a day: none, under 30, 30 and more. */
  readonly moving: 'none' | 'little' | 'enough'
  readonly vegetablesDaily: boolean
}

export interface Pressure {
  readonly systolic: number
  readonly diastolic: number
}

/** One dose of one vaccine, given at a ward's health station. */
export interface Vaccination {
  readonly key: string
  readonly vaccine: string
  readonly dose: number
  readonly day: string
  readonly facility: string
}

/** One result of a visit, in the unit of the test's LOINC entry. */
export interface LabResult {
  /** Short name of the laboratory list: "HBA1C". */
  readonly test: string
  readonly value: number
}

/** One visit to a facility, for outpatients. */
export interface Visit {
  /** The facility's own name for it; unique in the city. */
  readonly key: string
  readonly facility: string
  readonly day: string
  /** Minutes after midnight, local time. */
  readonly minute: number
  /** First the reason for coming, then what was found beside it. */
  readonly icd10: readonly [string, ...string[]]
  readonly pressure: Pressure | null
  readonly labs: readonly LabResult[]
  readonly medicines: readonly Prescribed[]
}

export interface Prescribed {
  readonly atc: string
  readonly name: string
  readonly dose: string
  readonly days: number
}

export interface Insurance {
  /** Social insurance number, 10 digits. */
  readonly number: string
  /** Health insurance card: object code, benefit level, province, number; 15 characters. */
  readonly card: string
}

/** How sure the city is of who somebody is. */
export type Level = 'phone' | 'card' | 'verified'

export interface Resident {
  /** 1 for the first resident of the city, then on. */
  readonly no: number
  readonly name: string
  readonly sex: Sex
  readonly birthDate: string
  readonly relation: Relation
  /** Places in the household of parents who live there. */
  readonly father: number | null
  readonly mother: number | null
  /** 0500xxxxxx, a range no operator uses; null for most children and many of the old. */
  readonly phone: string | null
  readonly idNumber: string | null
  readonly idIssuedOn: string | null
  readonly oldIdNumber: string | null
  readonly insurance: Insurance | null
  readonly level: Level
  /** Day of the first declaration; null for those who have not declared. */
  readonly declaredOn: string | null
  readonly health: Health
  readonly vaccinations: readonly Vaccination[]
  readonly visits: readonly Visit[]
}

export interface Address {
  /** 5 digits, of the units standing since 2025-07-01. */
  readonly ward: string
  readonly wardName: string
  readonly street: string
  /** "480/12/3": number on the street, then on each alley. */
  readonly house: string
  /** The alley: "480 Bình Quới"; null for a house on the street. */
  readonly alley: string | null
  /** "480/12/3 Bình Quới, Phường Bình Quới, Thành phố Hồ Chí Minh" */
  readonly text: string
}

export interface Household {
  /** 1 for the first household of the city, then on. */
  readonly no: number
  readonly address: Address
  /** The head first. */
  readonly members: readonly Resident[]
}
