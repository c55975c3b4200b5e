/**
 * Where every table lives once one machine is outgrown (Citus): on the coordinator alone, copied to every node, or
 * spread by one column. A test holds the migrations to this: no table without a place, the spreading column in every
 * unique key, no foreign key between different spreads, no trigger.
 */
export type Placement = 'local' | 'reference' | { readonly distributed: string }

const byHome: Placement = { distributed: 'home' }

export const PLACEMENT: Readonly<Record<string, Placement>> = {
  'platform.setting': 'reference',
  'keys.data_key': byHome,
  'audit.head': byHome,
  'audit.event': byHome,
  'audit.root': 'reference',
  'access.grant': byHome,
  'access.proxy': byHome,
  'identity.person': byHome,
  'identity.enrolment': byHome,
  'identity.patient': byHome,
  'identity.link': byHome,
  'identity.identifier': { distributed: 'hash' },
  'identity.name_key': { distributed: 'hash' },
  'identity.keeper': { distributed: 'phone_hash' },
  'identity.card': { distributed: 'token_hash' },
  'identity.live_code': { distributed: 'code_hash' },
  'book.print_check': { distributed: 'code_hash' },
  'identity.household': byHome,
  'identity.possible_same': { distributed: 'hash' },
  'record.shelf': byHome,
  'record.pack': byHome,
  'record.amend': byHome,
  'record.cohort': byHome,
  'record.outbox': byHome,
  'identity.account': { distributed: 'phone_hash' },
  'identity.challenge': { distributed: 'phone_hash' },
  'identity.attempt': { distributed: 'phone_hash' },
  'identity.device': { distributed: 'phone_hash' },
  'identity.session': { distributed: 'phone_hash' },
  'identity.issue': { distributed: 'bucket' },
  'identity.ticket': { distributed: 'ticket_hash' },
  'identity.message': 'local',
  'declaration.campaign': 'reference',
  'declaration.draft': { distributed: 'phone_hash' },
  'declaration.kept': { distributed: 'phone_hash' },
  'declaration.visit': { distributed: 'uuid' },
  'declaration.tablet': { distributed: 'tablet' },
  'declaration.handed_over': { distributed: 'tablet' },
  'identity.staff': 'reference',
  'identity.staff_session': { distributed: 'token_hash' },
  'insight.cursor': 'local',
  'insight.ward_age': 'local',
  'insight.ward_age_day': 'local',
  'insight.ward_day': 'local',
  'insight.campaign_day': 'local',
  'insight.campaign_age': 'local',
  'insight.campaign_hour': 'local',
}
