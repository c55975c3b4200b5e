import { Icon, type IconName } from '@sokhoe/ui/parts/Icon'
import { Link } from 'wouter'
import { type Phrase, say } from '../platform/say.ts'

const TABS = [
  ['book', '/app/book', 'book', 'tab.book'],
  ['results', '/app/results', 'chart', 'tab.results'],
  ['card', '/app/card', 'qr', 'tab.card'],
  ['looked', '/app/looked', 'eye', 'tab.looked'],
  ['more', '/app/more', 'menu', 'tab.more'],
] as const satisfies readonly (readonly [string, string, IconName, Phrase])[]

export type Tab = (typeof TABS)[number][0]

export function Tabs({ now }: { now: Tab }) {
  return (
    <nav className="tabs" aria-label={say('tabs')}>
      {TABS.map(([tab, to, icon, label]) => (
        <Link key={tab} href={to} aria-current={tab === now ? 'page' : undefined}>
          <Icon name={icon} />
          {say(label)}
        </Link>
      ))}
    </nav>
  )
}
