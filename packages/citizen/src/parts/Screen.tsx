import { sayTime } from '@sokhoe/ui/format'
import { useCutSince } from '@sokhoe/ui/online'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Mark } from '@sokhoe/ui/parts/Mark'
import { LanguageToggle, TextToggle } from '@sokhoe/ui/parts/Toggles'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { ActingBanner } from '../family/Switcher.tsx'
import { say } from '../platform/say.ts'
import { useUnsent } from '../platform/unsent.ts'

type Frame = {
  /** Stands in the header where `back` is given, and always in the document's title. */
  title: string
  back?: string | (() => void)
  aside?: ReactNode
  dock?: ReactNode
  tabs?: ReactNode
  /** When the data on this screen were last said by the server, where they are a kept copy. */
  asOf?: number | undefined
  className?: string
  children: ReactNode
}

let firstScreen = true

/** The frame of every screen: header, network banner, content, dock. On navigation the focus goes to the heading. */
export function Screen({ title, back, aside, dock, tabs, asOf, className = '', children }: Frame) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    document.title = `${title} · Sổ Khỏe`
  }, [title])
  useEffect(() => {
    if (firstScreen) {
      firstScreen = false
      return
    }
    window.scrollTo(0, 0)
    frame.current?.querySelector<HTMLElement>('h1')?.focus()
  }, [])
  return (
    <div className={`phone ${className}`} ref={frame}>
      {back === undefined ? (
        <BrandHeader aside={aside} />
      ) : (
        <BackHeader title={title} back={back} aside={aside} />
      )}
      <NetworkBanner asOf={asOf} />
      <ActingBanner />
      <main>{children}</main>
      {dock && <footer className="dock">{dock}</footer>}
      {tabs}
    </div>
  )
}

function BrandHeader({ aside }: { aside: ReactNode }) {
  return (
    <header className="brand">
      <Mark />
      <span className="grow" />
      {aside ?? (
        <>
          <TextToggle />
          <LanguageToggle />
        </>
      )}
    </header>
  )
}

function BackHeader({
  title,
  back,
  aside,
}: {
  title: string
  back: string | (() => void)
  aside: ReactNode
}) {
  return (
    <header>
      {typeof back === 'string' ? (
        <Link className="ibtn" href={back} aria-label={say('back')}>
          <Icon name="left" />
        </Link>
      ) : (
        <button type="button" className="ibtn" onClick={back} aria-label={say('back')}>
          <Icon name="left" />
        </button>
      )}
      <h1 tabIndex={-1}>{title}</h1>
      {aside}
    </header>
  )
}

/** Sending takes a moment as a rule: only what lasts is worth a word. */
const A_WHILE_MS = 5000

function useLasting(now: boolean): boolean {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!now) return setLasts(false)
    const timer = setTimeout(() => setLasts(true), A_WHILE_MS)
    return () => clearTimeout(timer)
  }, [now])
  return lasts
}

function NetworkBanner({ asOf }: { asOf: number | undefined }) {
  const cutSince = useCutSince()
  const unsent = useUnsent()
  const waits = useLasting(unsent > 0)
  if (cutSince === undefined && asOf === undefined && !waits) return null
  return (
    <div className="network" role="status">
      <Icon name="sync" />
      <span>
        {cutSince !== undefined && say('offline.since', { time: sayTime(cutSince) })}
        {asOf !== undefined && ` ${say('offline.as-of', { time: sayTime(asOf) })}`}
        {unsent > 0 && ` ${say('offline.unsent', { n: unsent })}`}
      </span>
    </div>
  )
}
