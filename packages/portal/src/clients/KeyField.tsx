import { FieldError } from '@sokhoe/ui/parts/Field'
import { say } from '../platform/say.ts'
import './clients.css'

type Props = { value: string; error: string | undefined; onText: (text: string) => void }

/** A public key, pasted or from a file. */
export function KeyField({ value, error, onText }: Props) {
  return (
    <div className={`field ${error ? 'bad' : ''}`}>
      <label htmlFor="client-key">{say('clients.key')}</label>
      <p className="hint" id="client-key-hint">
        {say('clients.key.hint')}
      </p>
      <textarea
        id="client-key"
        className="input num-c"
        rows={6}
        spellCheck={false}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'client-key-hint client-key-error' : 'client-key-hint'}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <label className="btn second small key-file">
        {say('clients.key.file')}
        <input
          type="file"
          accept=".pem,.pub,.json,.jwk,.jwks"
          onChange={(event) => void event.currentTarget.files?.[0]?.text().then(onText)}
        />
      </label>
      <FieldError id="client-key-error" text={error} />
    </div>
  )
}
