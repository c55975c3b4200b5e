import { Field } from '@sokhoe/ui/parts/Field'
import { say } from '../platform/say.ts'

type Said = { readonly name: string; readonly birthDate: string }
type Props = { said: Said; set: (name: keyof Said) => (text: string) => void }

/** Name and birth date as a document that somebody looks at says them. */
export function NameAndBirth({ said, set }: Props) {
  return (
    <>
      <Field label={say('verify.seen.name')} autoComplete="off" value={said.name} onText={set('name')} />
      <Field
        label={say('verify.seen.birth')}
        hint={say('verify.seen.birth.hint')}
        className="num-c"
        autoComplete="off"
        value={said.birthDate}
        onText={set('birthDate')}
      />
    </>
  )
}
