import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Field } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { type FormEvent, useState } from 'react'
import { Trouble } from '../parts/Trouble.tsx'
import { askForFile } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { useWork } from './api.ts'

const MOST = 500

/** A sheet of tickets. Their codes are told once, in that file: whoever loses it prints another. */
export function TicketDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const { api } = useWork()
  const [typed, setTyped] = useState('20')
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof askForFile>>>()
  const [busy, setBusy] = useState(false)
  const count = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0
  const fits = count >= 1 && count <= MOST
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!fits) return
    setBusy(true)
    setAnswer(
      await askForFile('POST', `${api}/campaigns/${code}/tickets`, `so-khoe-phieu-${code}.pdf`, { count }),
    )
    setBusy(false)
  }
  return (
    <Dialog title={say('tickets.print')} onClose={onClose} leave={say('print.close')}>
      <form onSubmit={(event) => void submit(event)}>
        <p className="soft">{say('tickets.what')}</p>
        <Field
          label={say('tickets.count')}
          inputMode="numeric"
          className="num-c"
          value={typed}
          onText={setTyped}
          error={fits ? undefined : say('tickets.count.wrong', { most: MOST })}
        />
        <Trouble answer={answer} />
        {answer?.is === 'ready' && <p role="status">{say('tickets.given')}</p>}
        <button type="submit" className="btn wide" disabled={busy} aria-busy={busy}>
          <Icon name="save" />
          {say('tickets.pdf')}
        </button>
      </form>
    </Dialog>
  )
}
