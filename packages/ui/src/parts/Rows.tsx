import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon, type IconName } from './Icon.tsx'

type Props = { icon: IconName; title: ReactNode; hint?: ReactNode; end?: ReactNode } & (
  | { to: string }
  | { href: string }
  | { onClick: () => void }
)

/** One way to go on: the whole row is the target. */
export function ActRow({ icon, title, hint, end, ...target }: Props) {
  const inside = (
    <>
      <Icon name={icon} />
      <span className="grow">
        <span className="b">{title}</span>
        {hint && <span className="hint block">{hint}</span>}
      </span>
      {end}
      <Icon name="right" className="go" />
    </>
  )
  return (
    <li>
      {'to' in target && (
        <Link className="act" href={target.to}>
          {inside}
        </Link>
      )}
      {'href' in target && (
        <a className="act" href={target.href}>
          {inside}
        </a>
      )}
      {'onClick' in target && (
        <button type="button" className="act" onClick={target.onClick}>
          {inside}
        </button>
      )}
    </li>
  )
}
