import { enabled, progress, type Questionnaire, textOf } from '@sokhoe/model/questionnaire'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { useDeclared } from '../declare/declared.ts'
import { useDrafts } from '../declare/drafts.ts'
import type { SignedIn } from '../declare/FormGate.tsx'
import { furtherParts, partItem } from '../declare/steps.ts'
import { currentLanguage, say } from '../platform/say.ts'

/** Ways to tell more or to change what was told; known as far as the answers are on this phone. */
export function Parts({ form, session }: { form: Questionnaire; session: SignedIn }) {
  const { drafts } = useDrafts()
  const told = useDeclared(form, session)
  const language = currentLanguage()
  if (told.is !== 'ready') return null
  const declared = told.response
  const begun = drafts.get('first')
  return (
    <section id="more">
      <h2 className="gap">{say('book.tell-more')}</h2>
      <ul className="acts">
        <ActRow
          icon="edit"
          title={say('book.edit-first')}
          hint={begun ? say('book.unsent') : say('book.edit-first.hint')}
          to={`/app/declare/first/${begun?.step ?? 1}`}
        />
        {furtherParts(form, enabled(form, declared)).map((part) => {
          const draft = drafts.get(part)
          const { answered, asked } = progress(form, draft?.response ?? declared, part)
          const item = partItem(form, part)
          const hint = `${say('book.progress', { n: answered, of: asked })}${draft ? ` · ${say('book.unsent')}` : ''}`
          return (
            <ActRow
              key={part}
              icon={answered === asked ? 'done' : 'list'}
              title={item ? textOf(item, language) : part}
              hint={hint}
              to={`/app/declare/${part}/${draft?.step ?? 1}`}
            />
          )
        })}
      </ul>
    </section>
  )
}
