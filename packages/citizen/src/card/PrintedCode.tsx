import { send } from '@sokhoe/ui/http'
import { useCutSince } from '@sokhoe/ui/online'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { bookApi, type Whose } from '../family/whose.ts'
import type { Card } from '../platform/api.ts'
import { saveFile, saveFromServer } from '../platform/save.ts'
import { say } from '../platform/say.ts'
import { cardImage } from './image.ts'

/** What is done with the code printed on a card: print it, keep a picture of it, make it void. */
export function PrintedCode({ whose, card, renewed }: { whose: Whose; card: Card; renewed: () => void }) {
  const [asked, setAsked] = useState(false)
  const [done, setDone] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const cut = useCutSince() !== undefined
  const print = async () => {
    const answer = await saveFromServer(bookApi('/card.pdf', whose), 'the-suc-khoe.pdf')
    setRefusal(answer.is === 'refused' ? answer : undefined)
  }
  const savePicture = async () => {
    const image = await cardImage(card)
    if (image) saveFile(image, 'the-suc-khoe.png')
  }
  const renew = async () => {
    const answer = await send('POST', bookApi('/card/renew', whose), {})
    setAsked(false)
    setRefusal(answer.is === 'refused' ? answer : undefined)
    setDone(answer.is === 'ready')
    if (answer.is === 'ready') renewed()
  }
  return (
    <>
      <ul className="acts">
        {!cut && <ActRow icon="print" title={say('printed.print')} onClick={() => void print()} />}
        <ActRow icon="image" title={say('printed.picture')} onClick={() => void savePicture()} />
      </ul>
      {done && <Notice tone="good">{say('printed.renewed')}</Notice>}
      {refusal && <Refused answer={refusal} />}
      {cut ? (
        <p className="hint gap">{say('printed.offline')}</p>
      ) : (
        <button type="button" className="btn danger wide gap" onClick={() => setAsked(true)}>
          {say('printed.renew')}
        </button>
      )}
      {asked && (
        <Dialog title={say('printed.renew.title')} onClose={() => setAsked(false)}>
          <p>{say('printed.renew.what')}</p>
          <div className="start">
            <button type="button" className="btn danger wide" onClick={() => void renew()}>
              {say('printed.renew.yes')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
