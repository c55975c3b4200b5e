import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'

/**
 * What is counted of a person, as it stands; nothing for one whose book was closed or has joined another. Who she is
 * stays as it is until the transaction ends, so that nobody joins her to another in the middle of it.
 */
export const count = (ctx: Context, home: number, n: 1 | -1) =>
  sql`insert into identity.enrolment (home, at, n, ward, former, campaign, birth_year, sex, level, channel)
    select person.home, ${ctx.now()}::timestamptz, ${n}::smallint, patient.ward, patient.former,
      person.campaign, patient.birth_year, patient.sex, person.level, person.channel
    from identity.person person join identity.patient patient on patient.person = person.home
    where person.home = ${home} and person.status = 'active' and patient.home = ${home}
    order by patient.patient_id limit 1 for no key update of person`.execute(ctx.db)

/**
 * Changes what a person is counted as: her ward, level, status, birth year. Inside the caller's transaction; the three
 * statements travel together.
 */
export async function recount(ctx: Context, home: number, change: () => Promise<unknown>): Promise<void> {
  await Promise.all([count(ctx, home, -1), change(), count(ctx, home, 1)])
}
