import { allFacilities, facilityOf } from '@sokhoe/codes'
import { z } from 'zod'
import { authorizeWork } from '../../access/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { setKeyAddress } from './address.ts'
import { addKey, endKey } from './keys.ts'
import { newClient, suspendClient } from './registry.ts'
import { clientsTold } from './told.ts'

const Key = z.string().min(1).max(20_000)
const Address = z.string().min(1).max(500)
const OfClient = z.object({ id: z.string().max(40) })
const OfKey = OfClient.extend({ kid: z.string().max(100) })

const Asked = z.object({
  id: z.string().max(40),
  name: z.string().max(120),
  facility: z.string().max(40),
  scopes: z.string().max(4000),
  /** Its first key; PEM or JWK. */
  key: Key.optional(),
  keyAddress: Address.optional(),
})

/** @throws {Problem} staff.sign-in-needed, staff.not-yours */
const manages = (ctx: Context): Promise<void> => authorizeWork(ctx, 'client.manage', null)

/** A client of the operator's own is made at the machine, never here. */
const register = (ctx: Context, { key, keyAddress, ...client }: z.infer<typeof Asked>): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    await newClient(ctx, client)
    if (key !== undefined) await addKey(ctx, client.id, key)
    if (keyAddress !== undefined) await setKeyAddress(ctx, client.id, keyAddress)
  })

const told = async (ctx: Context) =>
  (await clientsTold(ctx)).map((client) => ({
    ...client,
    facilityName: facilityOf(client.facility)?.name ?? null,
  }))

/** Which programs of facilities may come to the exchange, as the Department keeps them. */
export const clientRoutes: Routes = async (app) => {
  app.get('/api/department/clients', { schema: { summary: 'Programs of facilities' } }, async ({ ctx }) => {
    await manages(ctx)
    return { clients: await told(ctx) }
  })

  app.get('/api/department/facilities', { schema: { summary: 'Facilities by name' } }, async ({ ctx }) => {
    await manages(ctx)
    return { facilities: allFacilities().map(({ id, name }) => ({ id, name })) }
  })

  app.post(
    '/api/department/clients',
    { schema: { summary: 'Register a program', body: Asked } },
    async ({ ctx, body }, reply) => {
      await manages(ctx)
      await register(ctx, body)
      return reply.code(201).send({ id: body.id })
    },
  )

  app.put(
    '/api/department/clients/:id',
    {
      schema: {
        summary: 'Suspend a program, or take it back',
        params: OfClient,
        body: z.object({ suspended: z.boolean() }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await manages(ctx)
      await suspendClient(ctx, params.id, body.suspended)
      return reply.code(204).send()
    },
  )

  app.put(
    '/api/department/clients/:id/key-address',
    {
      schema: {
        summary: 'Where a program publishes its keys',
        params: OfClient,
        body: z.object({ address: Address.nullable() }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await manages(ctx)
      await setKeyAddress(ctx, params.id, body.address)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/department/clients/:id/keys',
    { schema: { summary: 'Register one more key', params: OfClient, body: z.object({ key: Key }) } },
    async ({ ctx, params, body }, reply) => {
      await manages(ctx)
      return reply.code(201).send({ kid: await addKey(ctx, params.id, body.key) })
    },
  )

  app.delete(
    '/api/department/clients/:id/keys/:kid',
    { schema: { summary: 'End a key', params: OfKey } },
    async ({ ctx, params }, reply) => {
      await manages(ctx)
      await endKey(ctx, params.id, params.kid)
      return reply.code(204).send()
    },
  )
}
