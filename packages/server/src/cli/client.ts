import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  addHook,
  addKey,
  clientsTold,
  endKey,
  newClient,
  removeHook,
  setKeyAddress,
  suspendClient,
} from '../exchange/index.ts'
import type { Context } from '../platform/context.ts'
import { inHouse } from './house.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = `Use: client new --id ID --name "NAME" --facility CODE [--scope "system/*.rs"] [--operator] [--key FILE] [--jwks URL]
     client list [--json]
     client key ID FILE            a public key as PEM or JWK, beside those it has
     client key ID --end KID       ends a key
     client suspend ID             its tokens end at once
     client resume ID
     client hook add|remove ID URL an address to which its subscriptions may be sent`

const OPTIONS = {
  id: { type: 'string' },
  name: { type: 'string' },
  facility: { type: 'string' },
  scope: { type: 'string' },
  operator: { type: 'boolean' },
  key: { type: 'string' },
  jwks: { type: 'string' },
  end: { type: 'string' },
  json: { type: 'boolean' },
} as const

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })

interface Asked {
  readonly values: ReturnType<typeof parse>['values']
  /** After the command's own word. */
  readonly rest: readonly string[]
  readonly io: Io
}

type Deed = (ctx: Context, asked: Asked) => Promise<boolean>

const begin: Deed = async (ctx, { values, io }) => {
  const { id, name, facility, scope = 'system/*.rs', operator = false, key, jwks } = values
  if (!id || !name || !facility) return false
  const text = key === undefined ? undefined : await readFile(key, 'utf8')
  await newClient(ctx, { id, name, facility, scopes: scope, operator })
  if (text !== undefined) io.out(await addKey(ctx, id, text))
  if (jwks !== undefined) await setKeyAddress(ctx, id, jwks)
  return true
}

const list: Deed = async (ctx, { values, io }) => {
  const told = await clientsTold(ctx)
  if (values.json) io.out(JSON.stringify(told))
  else
    for (const { id, facility, scopes, suspendedAt, keys, lastUsedAt } of told)
      io.out(
        [
          id.padEnd(24),
          facility.padEnd(10),
          scopes,
          suspendedAt ? 'suspended' : 'active',
          `${keys.length} keys`,
          lastUsedAt ?? '-',
        ].join('  '),
      )
  return true
}

const key: Deed = async (ctx, { values, rest: [id, file], io }) => {
  if (!id || (!file && !values.end)) return false
  if (file) io.out(await addKey(ctx, id, await readFile(file, 'utf8')))
  if (values.end) await endKey(ctx, id, values.end)
  return true
}

const suspending =
  (suspended: boolean): Deed =>
  async (ctx, { rest: [id] }) => {
    if (!id) return false
    await suspendClient(ctx, id, suspended)
    return true
  }

const HOOKS: Readonly<Record<string, typeof addHook>> = { add: addHook, remove: removeHook }

const hook: Deed = async (ctx, { rest: [what = '', id, address] }) => {
  const change = Object.hasOwn(HOOKS, what) ? HOOKS[what] : undefined
  if (!change || !id || !address) return false
  await change(ctx, id, address)
  return true
}

const DEEDS: Readonly<Record<string, Deed>> = {
  new: begin,
  list,
  key,
  suspend: suspending(true),
  resume: suspending(false),
  hook,
}

/** `client`: which programs may come to the exchange, for whoever runs the house. */
export async function clientCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const { values, positionals } = parse(args)
    const [what = '', ...rest] = positionals
    const deed = Object.hasOwn(DEEDS, what) ? DEEDS[what] : undefined
    const done = deed && (await inHouse(io, 'client', ({ ctx }) => deed(ctx, { values, rest, io })))
    if (!done) io.err(USAGE)
    return done ? 0 : 1
  })
}
