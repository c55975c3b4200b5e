import { parseArgs } from 'node:util'
import { dayInVietnam } from '@sokhoe/model'
import { campaignOf, newCampaign } from '../declaration/index.ts'
import { issueTickets } from '../identity/index.ts'
import { baseOf } from './demo.ts'
import { inHouse } from './house.ts'
import { type Io, orSentence } from './io.ts'

const USAGE = `Use: campaign new --ward CODE [--code TEXT] [--alley TEXT] [--title TEXT] [--starts YYYY-MM-DD] [--ends YYYY-MM-DD]
                    [--target N] [--json]
     campaign tickets CODE N [--until YYYY-MM-DD] [--json]`

const OPTIONS = {
  ward: { type: 'string' },
  code: { type: 'string' },
  alley: { type: 'string' },
  title: { type: 'string' },
  starts: { type: 'string' },
  ends: { type: 'string' },
  target: { type: 'string' },
  until: { type: 'string' },
  json: { type: 'boolean' },
} as const

const isDay = (text: string | undefined): boolean =>
  text === undefined || (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)))

const given = <T extends object>(values: T): { [Name in keyof T]: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never

type Values = ReturnType<
  typeof parseArgs<{ options: typeof OPTIONS; args: string[]; allowPositionals: true }>
>['values']

async function begin(
  { ward, code, alley, title, starts, ends, target, json }: Values,
  io: Io,
): Promise<number> {
  if (
    ward === undefined ||
    !isDay(starts) ||
    !isDay(ends) ||
    (target !== undefined && !/^\d{1,8}$/.test(target))
  )
    return usage(io)
  return await inHouse(io, 'campaign', async ({ config, ctx }) => {
    const asked = given({
      code,
      alley,
      title,
      starts,
      ends,
      target: target === undefined ? undefined : Number(target),
    })
    const campaign = await newCampaign(ctx, { ward, ...asked })
    const url = `${config.PUBLIC_URL ?? (await baseOf(config))}/q/${campaign.code}`
    io.out(json ? JSON.stringify({ code: campaign.code, url, ward }) : `${campaign.code}  ${url}`)
    return 0
  })
}

async function tickets([code, count]: readonly string[], { until, json }: Values, io: Io): Promise<number> {
  if (code === undefined || !/^[1-9]\d{0,4}$/.test(count ?? '') || !isDay(until)) return usage(io)
  return await inHouse(io, 'tickets', async ({ ctx }) => {
    const campaign = await campaignOf(ctx, code)
    const last = until ?? dayInVietnam(new Date(ctx.now().getTime() + 30 * 86_400_000))
    const texts = await issueTickets(ctx, campaign, Number(count), last)
    if (json) io.out(JSON.stringify(texts))
    else for (const text of texts) io.out(text)
    return 0
  })
}

function usage(io: Io): number {
  io.err(USAGE)
  return 1
}

/** `campaign new`, `campaign tickets`: what the station's screens will do, for whoever runs the house. */
export async function campaignCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const [what, ...rest] = positionals
    if (what === 'new') return await begin(values, io)
    if (what === 'tickets') return await tickets(rest, values, io)
    return usage(io)
  })
}
