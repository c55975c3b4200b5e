export {
  type CardOptions,
  type CardReading,
  type CardRefusal,
  insuranceExpired,
  readCard,
  writeIdCard,
  writeInsuranceCard,
} from './card.ts'
export { CardWarning, IdCard, InsuranceCard } from './cardschema.ts'
export {
  ageOn,
  type DateReading,
  dayInVietnam,
  daysInMonth,
  daysOf,
  isDate,
  packDate,
  readDate,
  sayDate,
} from './dates.ts'
export { type Encoding, repairText } from './encodings.ts'
export {
  type IdentifierWarning,
  type IdNumberReading,
  type InsuranceNumber,
  type InsuranceNumberReading,
  type NumberReading,
  OBJECT_CODES,
  type PassportReading,
  PROVINCES,
  readIdNumber,
  readInsuranceNumber,
  readOldIdNumber,
  readPassport,
  readSocialInsurance,
  type Sex,
  type SocialInsuranceReading,
} from './identifiers.ts'
export {
  asciiKey,
  compareNames,
  displayName,
  exactKey,
  type NameParts,
  normaliseName,
  repairName,
  soundKey,
  splitName,
  tonelessKey,
} from './names.ts'
export { maskPhone, type PhoneReading, type PhoneRefusal, readPhone, sayPhone } from './phone.ts'
