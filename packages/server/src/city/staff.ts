import { DEMO_WARDS } from '@sokhoe/city'
import { type Credentials, newStaff } from '../identity/index.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { rememberSetting, settingOf } from '../platform/settings.ts'

export interface DemoStaff extends Credentials {
  readonly role: string
  readonly ward: string | null
}

const SETTING = 'demo-staff'
const WARDS = ['bq', 'bt', 'gv']

/** Two of each demonstration ward, one of the Department, one who watches over privacy. Invented, like everybody. */
const asked = [
  ...DEMO_WARDS.flatMap((ward, at) => [
    { user: `lead.${WARDS[at] ?? ward}`, name: 'Trưởng trạm minh họa', role: 'station-lead', ward } as const,
    { user: `station.${WARDS[at] ?? ward}`, name: 'Nhân viên trạm minh họa', role: 'station', ward } as const,
  ]),
  { user: 'department', name: 'Sở Y tế minh họa', role: 'department', ward: null } as const,
  { user: 'privacy', name: 'Bảo vệ dữ liệu minh họa', role: 'privacy', ward: null } as const,
]

/** Makes the demonstration's accounts once; their passwords are told to whoever asks the command for them. */
export async function openDemoStaff(ctx: Context): Promise<void> {
  if ((await settingOf(ctx.pool, SETTING)) !== undefined) return
  await inTransaction(ctx, async (ctx) => {
    const made: DemoStaff[] = []
    for (const each of asked)
      made.push({ ...(await newStaff(ctx, { ...each, facility: null })), role: each.role, ward: each.ward })
    await rememberSetting(ctx.db, SETTING, JSON.stringify(made))
  })
}

export async function demoStaff(ctx: Context): Promise<readonly DemoStaff[]> {
  const told = await settingOf(ctx.pool, SETTING)
  return told === undefined ? [] : (JSON.parse(told) as DemoStaff[])
}
