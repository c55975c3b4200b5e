import { type ReactNode, useEffect, useRef } from 'react'

type Props = {
  title: string
  /** One quiet line under the title: period, time of the data. */
  lead?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  className?: string
  children: ReactNode
}

let firstPage = true

/** The frame of every screen under the top bar. On navigation the focus goes to the heading. */
export function Page({ title, lead, actions, className = '', children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Sổ Khỏe`
  }, [title])
  useEffect(() => {
    if (!firstPage) heading.current?.focus()
    firstPage = false
  }, [])
  return (
    <main id="main" className={`page ${className}`}>
      <div className="page-lead">
        <div className="grow">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className="soft">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </main>
  )
}
