import { type ReactNode, useEffect, useId, useRef } from 'react'
import { say } from '../say.ts'

/** A question that must be answered first. The browser keeps the focus inside and gives it back. */
export function Dialog({
  title,
  onClose,
  leave = say('cancel'),
  children,
}: {
  title: string
  onClose: () => void
  /** What the button that closes it says. */
  leave?: string
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
      <button type="button" className="btn plain wide" onClick={() => dialog.current?.close()}>
        {leave}
      </button>
    </dialog>
  )
}
