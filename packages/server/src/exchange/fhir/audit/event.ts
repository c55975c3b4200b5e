import { facilityOf } from '@sokhoe/codes'
import type { EventRow } from '../../../audit/index.ts'
import type { Context } from '../../../platform/context.ts'
import { publicId, readPublicId } from '../../../platform/ids.ts'

/** Events have public ids of a space of their own: none of them is the id of a resource too. */
const SPACE = 2 ** 52

export const eventId = ({ keys }: Context, { patient_id, seq }: EventRow): string =>
  publicId(keys.id, { patientId: SPACE + patient_id, no: seq })

/** @returns undefined for an id that is none of an event */
export function readEventId({ keys }: Context, id: string) {
  const named = readPublicId(keys.id, id)
  return named && named.patientId >= SPACE ? { patientId: named.patientId - SPACE, seq: named.no } : undefined
}

/** What FHIR calls an action, by the last word of ours; what is none of these is carried out. */
const KINDS = {
  D: String.raw`\.(erase|end|key-end|undo)$`,
  C: String.raw`\.(write|put|new|state|declare|dispute|request|grant|begin|issue|key|confirm)$`,
  U: String.raw`\.(set|suspend|resume|change|raise|verified|unverified|key-address|answer|renewed)$`,
  R: String.raw`\.(read|search|history|everything|summary|export|event|find|accesses|preview|print|card|asked)$`,
} as const

export type ActionCode = keyof typeof KINDS | 'E'

const ALL = Object.values(KINDS).join('|')

export const isActionCode = (code: string): code is ActionCode => code === 'E' || Object.hasOwn(KINDS, code)

/** Regular expressions that choose the actions of one kind, or of none of them. */
export const actionsOf = (code: ActionCode): { readonly fits?: string; readonly fitsNot?: string } =>
  code === 'E' ? { fitsNot: ALL } : { fits: KINDS[code] }

const PATTERNS = Object.entries(KINDS).map(([code, text]) => [code, new RegExp(text)] as const)

const codeOf = (action: string): string => PATTERNS.find(([, pattern]) => pattern.test(action))?.[0] ?? 'E'

const REST = {
  system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
  code: 'rest',
  display: 'RESTful Operation',
}
const RECORD = {
  system: 'http://dicom.nema.org/resources/ontology/DCM',
  code: '110110',
  display: 'Patient Record',
}

const coded = (system: string, code: string) => [
  { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] },
]

/** Only what FHIR has a reason for; the rest is told in our own words. */
const REASONS: Readonly<Record<string, string>> = { treatment: 'TREAT', own: 'PATRQT', system: 'HSYSADMIN' }

const purposeOf = (purpose: string) => {
  const reason = REASONS[purpose]
  return reason === undefined ? [{ text: purpose }] : coded('v3-ActReason', reason)
}

/** Numbers of accounts are pseudonyms; a name stands nowhere. */
function agentOf({ actor, actor_id, facility, purpose }: EventRow): object {
  const [kind = '', ...rest] = actor.split(':')
  const name = rest.join(':')
  const value = kind === 'client' ? name : String(actor_id ?? '')
  const display = facility === null ? undefined : (facilityOf(facility)?.name ?? facility)
  return {
    ...(name !== '' && { role: [{ text: name }] }),
    who: {
      ...(value !== '' && { identifier: { system: `urn:sokhoe:${kind}`, value } }),
      ...(display === undefined ? value === '' && { display: actor } : { display }),
    },
    requestor: true,
    ...(purpose !== null && { purposeOfUse: purposeOf(purpose) }),
  }
}

const type = (code: string) => ({
  system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type',
  code,
})

function entitiesOf({ keys }: Context, { home, patient_id: patientId, what }: EventRow): object[] {
  const patient = `Patient/${publicId(keys.id, { patientId, no: 0 })}`
  return [
    ...(home === 0
      ? []
      : [
          {
            what: { reference: patient },
            type: type('1'),
            role: { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '1' },
          },
        ]),
    ...(what === null ? [] : [{ type: type('2'), name: what }]),
  ]
}

/** One line of the audit log as FHIR R4 has it: who, what, why, of whom; never a value. */
export function auditEvent(ctx: Context, row: EventRow): object {
  const { at, action, refused, purpose } = row
  const entity = entitiesOf(ctx, row)
  return {
    resourceType: 'AuditEvent',
    id: eventId(ctx, row),
    meta: { versionId: '1', lastUpdated: at.toISOString() },
    type: action.startsWith('exchange.') ? REST : RECORD,
    subtype: [{ system: 'urn:sokhoe:audit', code: action }],
    action: codeOf(action),
    recorded: at.toISOString(),
    outcome: refused ? '4' : '0',
    ...(refused && { outcomeDesc: 'refused' }),
    ...(purpose !== null && { purposeOfEvent: purposeOf(purpose) }),
    agent: [agentOf(row)],
    source: { observer: { display: 'Sổ Khỏe' } },
    ...(entity.length > 0 && { entity }),
  }
}
