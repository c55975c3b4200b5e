import { parseArgs } from 'node:util'
import { tokenFor } from '../exchange/index.ts'
import { homeNamed } from '../identity/index.ts'
import { isMakeBelieve } from '../platform/config.ts'
import { readPublicId } from '../platform/ids.ts'
import { refuse } from '../platform/keys.ts'
import { inHouse, type Joined } from './house.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = `Use: token --client ID [--scope "system/Observation.rs …"] [--minutes N] [--json]
     token --person ID [--scope "patient/*.rs"] [--minutes N] [--json]     in a demonstration only`

const OPTIONS = {
  client: { type: 'string' },
  person: { type: 'string' },
  scope: { type: 'string' },
  minutes: { type: 'string' },
  json: { type: 'boolean' },
} as const

const HOUR = 60
/** A day's work on a demonstration needs no second token. */
const DAY = 24 * HOUR

interface Asked {
  readonly client?: string | undefined
  readonly person?: string | undefined
  readonly scope?: string | undefined
  readonly minutes?: string | undefined
}

async function whose({ config, ctx }: Joined, { client, person }: Asked) {
  if (person === undefined) return { client: client ?? '' }
  if (!isMakeBelieve(config.MODE))
    throw refuse('token', 'A resident’s token is printed in a demonstration only.')
  const patientId = readPublicId(ctx.keys.id, person)?.patientId
  if (patientId === undefined || (await homeNamed(ctx, person)) === undefined)
    throw refuse('token', 'There is no Patient of this id.')
  return { patientId }
}

async function tell(house: Joined, asked: Asked) {
  const longest = isMakeBelieve(house.config.MODE) ? DAY : HOUR
  const minutes = asked.minutes === undefined ? longest : Number(asked.minutes)
  if (minutes > longest) throw refuse('token', `A token lives ${longest} minutes at most.`)
  return await tokenFor(house.ctx, {
    of: await whose(house, asked),
    scope: asked.scope,
    seconds: minutes * 60,
  })
}

/** `token`: prints a token for the operator's own use, and writes down that it was made. */
export async function tokenCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const { values } = parseArgs({ args: [...args], options: OPTIONS })
    const isWhole = values.minutes === undefined || /^[1-9]\d{0,3}$/.test(values.minutes)
    if (!isWhole || (values.client === undefined && values.person === undefined)) {
      io.err(USAGE)
      return 1
    }
    const { token, scope, seconds } = await inHouse(io, 'token', (house) => tell(house, values))
    io.out(
      values.json
        ? JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: seconds, scope })
        : token,
    )
    return 0
  })
}
