import { readTypedDate } from '@sokhoe/ui/form/typed.ts'
import { DateFields } from '@sokhoe/ui/parts/DateFields'
import { Field, FieldError } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { newUuid } from '@sokhoe/ui/vault'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { bookApi } from '../family/whose.ts'
import { say } from '../platform/say.ts'
import { PAPERS, type Paper } from './api.ts'
import { Chips, RightsScreen } from './parts.tsx'
import { prepared, upload } from './upload.ts'

const KINDS = 'image/jpeg,image/png,image/webp,application/pdf'
const LIST = '/app/mine/documents'

/** A photo of an old paper, or a PDF, is added to the book. */
export const NewDocument = () => (
  <RightsScreen title={say('papers.add')} back={LIST}>
    <DocumentForm />
  </RightsScreen>
)

/** The picture before it is sent, as its address for an image; gone with the screen. */
function usePreview(file: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!file?.type.startsWith('image/')) return setAddress(undefined)
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address
}

type Form = { paper: Paper; title: string; day: string; month: string; year: string }
const EMPTY: Form = { paper: 'other', title: '', day: '', month: '', year: '' }

function useSending(file: Blob | undefined, form: Form) {
  const [share, setShare] = useState<number>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [asked, setAsked] = useState(false)
  const uuid = useRef(newUuid())
  const [, go] = useLocation()
  const date = readTypedDate(form)
  const dateFault = date.ok || date.reason === 'empty' ? undefined : say(`date.${date.reason}`)
  const sendIt = async () => {
    setAsked(true)
    const { paper, title } = form
    if (!file || title.trim() === '' || dateFault) return
    setShare(0)
    const about = { uuid: uuid.current, paper, title, ...(date.ok && { date: date.date }) }
    const answer = await upload(bookApi('/documents'), about, file, setShare)
    setShare(undefined)
    if (answer.is === 'ready') go(LIST)
    else setRefusal(answer)
  }
  return { share, refusal, asked, dateFault, sendIt }
}

function DocumentForm() {
  const [file, setFile] = useState<Blob>()
  const [form, setForm] = useState(EMPTY)
  const preview = usePreview(file)
  const { share, refusal, asked, dateFault, sendIt } = useSending(file, form)
  const missing = asked && !file ? say('papers.file.needed') : undefined
  return (
    <>
      <div className={`file-pick ${missing ? 'bad' : ''}`}>
        <p className="b">{say('papers.file')}</p>
        <p className="hint" id="file-hint">
          {say('papers.file.hint')}
        </p>
        <label className="btn second wide file">
          <Icon name="image" />
          {say('papers.pick')}
          <input
            type="file"
            className="sr"
            accept={KINDS}
            aria-describedby="file-hint file-error"
            aria-invalid={missing ? true : undefined}
            onChange={({ currentTarget: { files } }) => {
              const picked = files?.[0]
              if (picked) void prepared(picked).then(setFile)
            }}
          />
        </label>
        {file && !preview && <p className="soft">{say('papers.picked')}</p>}
        <FieldError id="file-error" text={missing} />
      </div>
      {preview && <img className="paper-shown" src={preview} alt={say('papers.preview')} />}
      <Chips
        legend={say('papers.kind')}
        options={PAPERS}
        value={form.paper}
        word={(paper) => say(`paper.${paper}`)}
        onPick={(paper) => setForm({ ...form, paper })}
      />
      <Field
        label={say('papers.name')}
        hint={say('papers.name.hint')}
        value={form.title}
        maxLength={200}
        error={asked && form.title.trim() === '' ? say('fault.required') : undefined}
        onText={(title) => setForm({ ...form, title })}
      />
      <DateFields
        id="paper-date"
        legend={say('papers.date')}
        hint={say('mine.when.hint')}
        value={form}
        error={asked ? dateFault : undefined}
        onChange={(date) => setForm({ ...form, ...date })}
      />
      {refusal && <Refused answer={refusal} />}
      {share !== undefined && (
        <div role="status">
          <p className="soft">{say('papers.sending', { n: Math.round(share * 100) })}</p>
          <progress className="sending" value={share} aria-label={say('papers.sending.bar')} />
        </div>
      )}
      <button
        type="button"
        className="btn wide gap"
        disabled={share !== undefined}
        onClick={() => void sendIt()}
      >
        {say('papers.send')}
      </button>
    </>
  )
}
