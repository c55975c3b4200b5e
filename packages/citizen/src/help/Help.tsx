import { LanguageToggle, TextToggle } from '@sokhoe/ui/parts/Toggles'
import { Link } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { type Phrase, say } from '../platform/say.ts'

const goBack = () => history.back()

function Sections({ parts }: { parts: readonly (readonly [title: Phrase, text: Phrase])[] }) {
  return parts.map(([title, text]) => (
    <section key={title} className="told">
      <h2>{words(title)}</h2>
      <p>{words(text)}</p>
    </section>
  ))
}

/** These phrases have no parameters. */
const words = say as (key: Phrase) => string

export function Help() {
  return (
    <Screen title={say('help.title')} back={goBack}>
      <div className="toggles">
        <TextToggle withWords />
        <LanguageToggle />
      </div>
      <Sections
        parts={[
          ['help.code', 'help.code.text'],
          ['help.poster', 'help.poster.text'],
          ['help.new-phone', 'help.new-phone.text'],
          ['help.network', 'help.network.text'],
          ['help.wrong', 'help.wrong.text'],
          ['help.emergency', 'help.emergency.text'],
        ]}
      />
      <p className="gap">
        <Link href="/app/data">{say('data.title')}</Link>
      </p>
    </Screen>
  )
}

/** How the Department of Health keeps what residents tell. */
export function DataKept() {
  return (
    <Screen title={say('data.title')} back={goBack}>
      <Sections
        parts={[
          ['data.who', 'data.who.text'],
          ['data.sees', 'data.sees.text'],
          ['data.sealed', 'data.sealed.text'],
          ['data.phone', 'data.phone.text'],
          ['data.rights', 'data.rights.text'],
        ]}
      />
    </Screen>
  )
}
