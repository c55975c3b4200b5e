/**
 * What of a book can be opened to a proxy, one by one: parts to read, and two rights to act. The sensitive parts are
 * never implied by another; whoever is under 15 has them open to her representative.
 */
export const TOPICS = [
  'basics',
  'results',
  'visits',
  'immunisation',
  'documents',
  'reproductive',
  'mental-health',
  'restricted',
  'write',
  'manage',
] as const
export type Topic = (typeof TOPICS)[number]

export const SENSITIVE: readonly Topic[] = ['reproductive', 'mental-health', 'restricted']
/** What a proxy is given where nothing else is chosen: everything but the sensitive parts. */
export const USUAL_TOPICS: readonly Topic[] = TOPICS.filter((topic) => !SENSITIVE.includes(topic))

export interface Filed {
  /** FHIR resource type. */
  readonly type: string
  /** First code of what it is about, '' where it has none. */
  readonly code: string
  /** Labelled as restricted when it arrived. */
  readonly restricted: boolean
}

const BY_TYPE: Readonly<Record<string, Topic>> = {
  Observation: 'results',
  DiagnosticReport: 'results',
  ImagingStudy: 'results',
  Specimen: 'results',
  Encounter: 'visits',
  Procedure: 'visits',
  ServiceRequest: 'visits',
  CarePlan: 'visits',
  Appointment: 'visits',
  Immunization: 'immunisation',
  DocumentReference: 'documents',
  Binary: 'documents',
  Media: 'documents',
  Consent: 'manage',
}

/** ICD-10: chapter V; O00–O99, N70–N98, Z30–Z39 (contraception, pregnancy, birth), and the form's own questions. */
const MENTAL = /^F\d/
const REPRODUCTIVE = /^(?:O\d|N(?:7\d|8\d|9[0-8])|Z3\d)|^(?:C5\.|reproductive)/

/**
 * The parts to which a resource belongs: a reader needs all of them. A whole questionnaire holds answers of every
 * part, so it needs the sensitive ones too.
 */
export function topicsOf({ type, code, restricted }: Filed): readonly Topic[] {
  if (type === 'QuestionnaireResponse') return ['basics', ...SENSITIVE]
  const plain = BY_TYPE[type] ?? 'basics'
  return [
    plain,
    ...(restricted ? (['restricted'] as const) : []),
    ...(MENTAL.test(code) ? (['mental-health'] as const) : []),
    ...(REPRODUCTIVE.test(code) ? (['reproductive'] as const) : []),
  ]
}

/** Whether somebody to whom these topics are open may see a resource. */
export const isOpenTo = (topics: readonly Topic[], filed: Filed): boolean =>
  topicsOf(filed).every((topic) => topics.includes(topic))
