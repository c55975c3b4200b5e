import type { RequestListener, Server } from 'node:http'
import swagger from '@fastify/swagger'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { bookRoutes, paperRoutes, readingRoutes, rightsRoutes } from '../book/index.ts'
import { declarationRoutes } from '../declaration/index.ts'
import { directoryRoutes } from '../directory/index.ts'
import { clientBy, clientRoutes, fhirRoutes, oauthRoutes } from '../exchange/index.ts'
import {
  cardRoutes,
  codesRoutes,
  type EidSettings,
  eidRoutes,
  familyAtStation,
  familyRoutes,
  moveRoutes,
  openDesk,
  peopleRoutes,
  placeRoutes,
  staffRoutes,
  tellMe,
  whoIs,
} from '../identity/index.ts'
import { insightRoutes } from '../insight/index.ts'
import { type Config, isMakeBelieve } from '../platform/config.ts'
import type { Context } from '../platform/context.ts'
import { openHttp, type Routes } from '../platform/http.ts'
import { stationRoutes } from '../station/index.ts'
import { pageRoutes } from './pages.ts'

export interface App {
  readonly config: Config
  readonly ctx: Context
  /** Where this server is reached when no PUBLIC_URL says otherwise. */
  readonly base: string
  readonly server?: Server
  readonly hand?: (handler: RequestListener) => void
}

/** What this server understands, for programs: OpenAPI drawn from the very schemas that check requests. */
const describe: Routes = async (app) => {
  app.get('/api/openapi.json', { schema: { hide: true } } as object, async () => app.swagger())
}

/** The server is open already and answers for the house; from here on the house answers. */
const handingTo =
  (server: Server, hand: (handler: RequestListener) => void) => (handler: RequestListener) => {
    hand(handler)
    return server
  }

/** Off unless the settings name it. */
function nationalOf(config: Config): EidSettings | undefined {
  const { NATIONAL_ID_ISSUER: issuer, NATIONAL_ID_CLIENT_ID: clientId } = config
  const { NATIONAL_ID_CLIENT_SECRET: clientSecret } = config
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  const { NATIONAL_ID_SCOPE: scope, NATIONAL_ID_NUMBER_CLAIM: numberClaim } = config
  return { issuer, clientId, clientSecret, scope, numberClaim, makeBelieve: isMakeBelieve(config.MODE) }
}

/** All rooms behind one edge. */
export async function openApp({ config, ctx, base, server, hand }: App) {
  const publicUrl = config.PUBLIC_URL ?? base
  const { desk, close } = openDesk(ctx, config, base)
  const national = nationalOf(config)
  const me = (ctx: Context) => tellMe(ctx, national !== undefined)
  const docs: Routes = async (app) => {
    await app.register(swagger, {
      openapi: { info: { title: 'Sổ Khỏe', version: '1' } },
      transform: jsonSchemaTransform,
    })
    await app.register(describe)
    await app.register(codesRoutes(desk, me))
    await app.register(peopleRoutes(me))
    if (national) await app.register(eidRoutes(national, publicUrl))
    await app.register(placeRoutes)
    await app.register(familyRoutes(desk))
    await app.register(familyAtStation)
    await app.register(moveRoutes(desk, publicUrl))
    await app.register(staffRoutes(desk.secure))
    await app.register(declarationRoutes(desk, publicUrl))
    await app.register(bookRoutes(publicUrl))
    await app.register(readingRoutes)
    await app.register(rightsRoutes)
    await app.register(cardRoutes(publicUrl))
    await app.register(paperRoutes(publicUrl))
    await app.register(stationRoutes)
    await app.register(clientRoutes)
    await app.register(
      oauthRoutes(ctx, {
        publicUrl: config.PUBLIC_URL,
        issuer: publicUrl,
        makeBelieve: isMakeBelieve(config.MODE),
      }),
    )
    await app.register(fhirRoutes(config.PUBLIC_URL))
    await app.register(directoryRoutes)
    await app.register(insightRoutes(isMakeBelieve(config.MODE)))
  }
  const http = await openHttp({
    base: ctx,
    mode: config.MODE,
    trustProxy: config.TRUST_PROXY,
    whoIs: async (request, ctx) => (await clientBy(request, ctx)) ?? (await whoIs(request, ctx)),
    rooms: [docs, pageRoutes(publicUrl.startsWith('https:'))],
    ...(server && hand && { serve: handingTo(server, hand) }),
  })
  await http.ready()
  return {
    http,
    close: async () => {
      await http.close()
      await close()
    },
  }
}
