import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { say } from '../platform/say.ts'
import { OPTIONS } from './DecideForm.tsx'

/** Every key of the screen, and whether single keys do anything at all. */
export function KeysDialog({
  keys,
  onKeys,
  onClose,
}: {
  keys: boolean
  onKeys: (wanted: boolean) => void
  onClose: () => void
}) {
  const lines = [
    ...OPTIONS.map((one, at) => [String(at + 1), say(`review.say.${one}`)] as const),
    ['A–F', say('review.key.columns')],
    ['Enter', say('review.save')],
    ['U', say('review.undo')],
    ['J', say('review.key.next')],
    ['K', say('review.key.before')],
    ['?', say('review.keys')],
  ] as const
  return (
    <Dialog title={say('review.keys')} onClose={onClose} leave={say('review.key.close')}>
      <dl className="key-list">
        {lines.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="tick">
        <input type="checkbox" checked={keys} onChange={(event) => onKeys(event.target.checked)} />
        {say('review.key.wanted')}
      </label>
    </Dialog>
  )
}
