import { CardReader } from '@sokhoe/ui/parts/CardReader'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { type FormEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { Link } from 'wouter'
import { DeathsPanel } from '../lives/DeathsPanel.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import type { Found } from './api.ts'
import { useDesk } from './desk.ts'
import { Facts, PersonPanel } from './PersonPanel.tsx'
import { WaitingPanel } from './WaitingPanel.tsx'
import './verify.css'

/** Who stands before the worker. A scanner types into the one field wherever the focus is; Esc frees the desk. */
export function Verify() {
  const { desk, busy, trouble, free, scan, choose, open } = useDesk()
  const field = useRef<HTMLInputElement>(null)
  // what waits is asked again after each person
  const [served, setServed] = useState(0)
  useKeys(field, free)
  const next = () => {
    free()
    setServed((n) => n + 1)
    field.current?.focus()
  }
  return (
    <Page
      title={say('verify.title')}
      lead={say('verify.lead')}
      actions={
        <Link className="btn second" href="/station/duplicates">
          {say('nav.duplicates')}
        </Link>
      }
    >
      <div className="cols desk">
        <div className="stack">
          <ScanForm field={field} busy={busy} onText={(text) => void scan(text)} />
          <Trouble answer={trouble} />
          {desk.is === 'nobody' && <Nobody />}
          {desk.is === 'several' && <Several people={desk.people} onChoose={(one) => void choose(one)} />}
          {desk.is === 'person' && (
            <PersonPanel
              key={desk.person.person}
              at={desk}
              onNext={next}
              onDone={() => setServed((n) => n + 1)}
            />
          )}
        </div>
        <div className="stack">
          <DeathsPanel key={`deaths ${served}`} onOpen={(person) => void open(person)} />
          <WaitingPanel key={served} onOpen={(person) => void open(person)} />
        </div>
      </div>
    </Page>
  )
}

const TYPED = 'input, textarea, select, [contenteditable]'

/** A hand scanner is a keyboard: what it types goes into the field, never to a button that stands in focus. */
function useKeys(field: RefObject<HTMLInputElement | null>, free: () => void) {
  const leave = useRef(free)
  leave.current = free
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
        leave.current()
        field.current?.focus()
        return
      }
      const plain = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey
      const typing = event.target instanceof Element && event.target.closest(TYPED)
      if (plain && event.key !== ' ' && !typing) field.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [field])
}

function ScanForm({
  field,
  busy,
  onText,
}: {
  field: RefObject<HTMLInputElement | null>
  busy: boolean
  onText: (text: string) => void
}) {
  const id = useId()
  const [camera, setCamera] = useState(false)
  useEffect(() => field.current?.focus(), [field])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = field.current?.value.trim() ?? ''
    if (text === '') return
    if (field.current) field.current.value = ''
    onText(text)
  }
  return (
    <section className="panel at-desk">
      <form className="scan-line" onSubmit={submit}>
        <label htmlFor={id} className="label">
          {say('verify.scan')}
        </label>
        <div className="scan-row">
          <input
            ref={field}
            id={id}
            className="input"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={4096}
            aria-describedby={`${id}-hint`}
          />
          <button type="submit" className="btn" aria-busy={busy}>
            <Icon name="eye" />
            {say(busy ? 'verify.finding' : 'verify.find')} <kbd>Enter</kbd>
          </button>
        </div>
        <p className="hint" id={`${id}-hint`}>
          {say('verify.scan.hint')}
        </p>
      </form>
      {camera ? (
        <CardReader
          onText={(text) => {
            setCamera(false)
            onText(text)
          }}
        />
      ) : (
        <button type="button" className="btn second small" onClick={() => setCamera(true)}>
          <Icon name="qr" />
          {say('verify.camera')}
        </button>
      )}
    </section>
  )
}

function Nobody() {
  return (
    <Notice tone="watch" alert>
      <p>{say('verify.nobody')}</p>
      <Link href="/station/assist">{say('verify.assist')}</Link>
    </Notice>
  )
}

function Several({ people, onChoose }: { people: readonly Found[]; onChoose: (one: Found) => void }) {
  return (
    <section className="panel" aria-label={say('verify.several', { n: people.length })}>
      <div className="head">
        <h2>{say('verify.several', { n: people.length })}</h2>
      </div>
      <ul className="people">
        {people.map((one) => (
          <li key={one.person}>
            <Facts person={one} />
            <button type="button" className="btn second small" onClick={() => onChoose(one)}>
              {say('verify.choose')}
              <span className="sr">: {one.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
