import { parseArgs } from 'node:util'
import { newStaff } from '../identity/index.ts'
import { inHouse } from './house.ts'
import { type Io, orSentence } from './io.ts'

const USAGE =
  'Use: staff new --user NAME --name "FULL NAME" --role station|station-lead|department|privacy [--ward CODE] [--json]'
const ROLES = ['station', 'station-lead', 'department', 'privacy'] as const
const OPTIONS = {
  user: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  ward: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `staff new`: the first accounts, whose owners then make the others. Password and secret are told once. */
export async function staffCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const role = ROLES.find((each) => each === values.role)
    if (positionals[0] !== 'new' || !values.user || !values.name || !role) {
      io.err(USAGE)
      return 1
    }
    const { user, name, ward = null } = values
    const made = await inHouse(io, 'staff', ({ ctx }) =>
      newStaff(ctx, { user, name, role, ward, facility: null }),
    )
    if (values.json) io.out(JSON.stringify(made))
    else {
      io.out(`user      ${made.user}`)
      io.out(`password  ${made.password}`)
      io.out(`secret    ${made.totpSecret}   for an authenticator app`)
    }
    return 0
  })
}
