import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { askForFile } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { type Place, useWork } from './api.ts'

type Size = 'a3' | 'a4' | 'a5' | 'eighth'
const SIZES: readonly Size[] = ['a4', 'a3', 'a5', 'eighth']

type Props = {
  codes: readonly string[]
  /** Of the one campaign that is printed: its places may come along. */
  places?: readonly Place[]
  onClose: () => void
}

/** Posters of all chosen campaigns and places in one PDF. */
export function PrintDialog({ codes, places = [], onClose }: Props) {
  const { api } = useWork()
  const hanging = places.filter(({ hangs }) => hangs)
  const [size, setSize] = useState<Size>('a4')
  const [withPlaces, setWithPlaces] = useState(false)
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof askForFile>>>()
  const of = withPlaces ? [...codes, ...hanging.map(({ code }) => code)] : codes
  const print = async () => {
    const path = `${api}/posters?of=${of.join(',')}&size=${size}`
    setAnswer(await askForFile('GET', path, `so-khoe-qr-${size}.pdf`))
  }
  return (
    <Dialog title={say('print.title')} onClose={onClose} leave={say('print.close')}>
      <Choices
        legend={say('print.size')}
        value={size}
        options={SIZES.map((each) => [each, say(`print.size.${each}`)] as const)}
        onChoose={setSize}
      />
      {hanging.length > 0 && (
        <label className="tick">
          <input type="checkbox" checked={withPlaces} onChange={() => setWithPlaces(!withPlaces)} />
          {say('print.with-places', { n: hanging.length })}
        </label>
      )}
      <p className="soft">{say('print.pages', { n: of.length })}</p>
      <Trouble answer={answer} />
      <button type="button" className="btn wide" onClick={() => void print()}>
        <Icon name="save" />
        {say('print.pdf')}
      </button>
    </Dialog>
  )
}
