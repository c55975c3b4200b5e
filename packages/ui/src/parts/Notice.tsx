import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

export type Tone = 'info' | 'good' | 'watch' | 'urgent'

const ICONS: Readonly<Record<Tone, IconName>> = { info: 'info', good: 'done', watch: 'warn', urgent: 'warn' }

/** One thing to know, in the flow of the page. `alert` is for what has just gone wrong. */
export function Notice({
  tone = 'info',
  alert = false,
  children,
}: {
  tone?: Tone
  alert?: boolean
  children: ReactNode
}) {
  return (
    <div className={`notice ${tone}`} role={alert ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} />
      <div className="grow">{children}</div>
    </div>
  )
}
