import { facilityOf, stationName, wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import { z } from 'zod'
import type { Context, Staff } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { namesOf, newStaff, setActive, staffOf } from './accounts.ts'
import { endStaffSession, STAFF_COOKIE, STAFF_SECONDS, signInStaff, staffBy } from './sign-in.ts'

const Answer = z.object({
  user: z.string().max(100),
  password: z.string().max(300),
  code: z
    .string()
    .max(20)
    .transform((text) => text.replaceAll(/\s/g, '')),
})

const NewAccount = z.object({
  user: z.string().max(40),
  name: z.string().trim().min(1).max(120),
  role: z.enum(['station', 'station-lead', 'department', 'privacy']),
  ward: z
    .string()
    .regex(/^\d{5}$/)
    .nullable()
    .default(null),
  facility: z.string().max(40).nullable().default(null),
})

/** @throws {Problem} staff.sign-in-needed */
export function staffIn({ actor }: Context): Staff {
  if (actor.kind !== 'staff') throw new Problem('staff.sign-in-needed')
  return actor
}

/**
 * Whose accounts somebody looks after: the Department everybody's, a station's lead those of her ward.
 * @throws {Problem} staff.not-yours
 */
function manages({ role, ward }: Staff): string | null {
  if (role === 'department') return null
  if (role === 'station-lead') return ward
  throw new Problem('staff.not-yours')
}

/** A lead makes accounts of her own ward only, and none above her own. */
function mayMake(staff: Staff, asked: z.infer<typeof NewAccount>): void {
  const ward = manages(staff)
  if (ward === null) return
  if (asked.ward !== ward || (asked.role !== 'station' && asked.role !== 'station-lead'))
    throw new Problem('staff.not-yours')
}

/** People who work: signing in with password and code together, and who looks after whose accounts. */
export const staffRoutes =
  (secure: boolean): Routes =>
  async (app) => {
    const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const

    app.post(
      '/api/staff/sign-in',
      { schema: { summary: 'Sign in as staff', body: Answer } },
      async ({ ctx, body, cookies }, reply) => {
        await endStaffSession(ctx, cookies[STAFF_COOKIE])
        const token = await signInStaff(ctx, body)
        reply.setCookie(STAFF_COOKIE, token, { ...cookie, maxAge: STAFF_SECONDS })
        return await tellStaff(ctx, await staffBy(ctx, token))
      },
    )

    app.post(
      '/api/staff/sign-out',
      { schema: { summary: 'End the shift' } },
      async ({ ctx, cookies }, reply) => {
        await endStaffSession(ctx, cookies[STAFF_COOKIE])
        return reply.clearCookie(STAFF_COOKIE, { path: '/' }).code(204).send()
      },
    )

    app.get('/api/staff/me', { schema: { summary: 'Who is at work' } }, async ({ ctx }) =>
      tellStaff(ctx, staffIn(ctx)),
    )

    app.get('/api/staff/accounts', { schema: { summary: 'Accounts I look after' } }, async ({ ctx }) =>
      staffOf(ctx, manages(staffIn(ctx))),
    )

    app.post(
      '/api/staff/accounts',
      { schema: { summary: 'Make an account; its password and secret are told once', body: NewAccount } },
      async ({ ctx, body }, reply) => {
        mayMake(staffIn(ctx), body)
        return reply.code(201).send(await newStaff(ctx, body))
      },
    )

    app.put(
      '/api/staff/accounts/:id',
      {
        schema: {
          summary: 'Suspend an account, or take it back',
          params: z.object({ id: z.coerce.number().int().positive() }),
          body: z.object({ active: z.boolean() }),
        },
      },
      async ({ ctx, params, body }, reply) => {
        const staff = staffIn(ctx)
        const accounts = await staffOf(ctx, manages(staff))
        if (params.id === staff.id || !accounts.some(({ id }) => id === params.id))
          throw new Problem('staff.not-yours')
        await setActive(ctx, params.id, body.active)
        return reply.code(204).send()
      },
    )
  }

async function tellStaff(ctx: Context, actor: Context['actor'] | undefined) {
  if (actor?.kind !== 'staff') throw new Problem('staff.sign-in-needed')
  const { role, ward, facility } = actor
  const unit = ward === null ? undefined : wardAt(ward, dayInVietnam(ctx.now()))
  return {
    ...(await namesOf(ctx, actor.id)),
    role,
    ward,
    wardName: unit?.name ?? null,
    facility,
    stationName: unit ? stationName(unit) : (facilityOf(facility)?.name ?? null),
  }
}
