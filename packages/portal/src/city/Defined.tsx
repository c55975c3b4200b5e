import type { Definition } from '@sokhoe/model/coverage'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { currentLanguage } from '@sokhoe/ui/speech'
import { type ReactNode, useState } from 'react'
import { createPortal } from 'react-dom'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'

/**
 * A number or heading that opens what it means: what is counted, over what, what is left out, from where.
 * @param meaning key in the catalogue of definitions
 */
export function Defined({ meaning, children }: { meaning: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="defined" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {children}
        <Icon name="info" />
        <span className="sr">{say('coverage.meaning')}</span>
      </button>
      {open &&
        // outside of what it explains, so that it does not take on the size of a heading or a table
        createPortal(<Meaning meaning={meaning} onClose={() => setOpen(false)} />, document.body)}
    </>
  )
}

function Meaning({ meaning, onClose }: { meaning: string; onClose: () => void }) {
  const all = useLoad<readonly Definition[]>('/api/department/definitions')
  const found = all.is === 'ready' ? all.data.find(({ key }) => key === meaning) : undefined
  const language = currentLanguage()
  return (
    <Dialog
      title={found?.name[language] ?? say('coverage.meaning')}
      leave={say('coverage.close')}
      onClose={onClose}
    >
      {all.is === 'loading' && <Loading words={say('loading')} />}
      {all.is === 'refused' && <Refused answer={all.answer} again={all.again} />}
      {found && <Lines definition={found} />}
    </Dialog>
  )
}

function Lines({ definition }: { definition: Definition }) {
  const language = currentLanguage()
  const { numerator, denominator, exclusions, source, asOf } = definition
  const lines = [
    ['coverage.numerator', numerator],
    ['coverage.denominator', denominator],
    ['coverage.exclusions', exclusions],
    ['coverage.source', source],
    ['coverage.as-of', asOf],
  ] as const
  return (
    <dl className="meaning">
      {lines.map(
        ([words, text]) =>
          text && (
            <div key={words}>
              <dt>{say(words)}</dt>
              <dd>{text[language]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
