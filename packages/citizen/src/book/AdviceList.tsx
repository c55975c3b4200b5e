import { ADVICE_CAVEATS } from '@sokhoe/model/advice-texts'
import type { Advised } from '@sokhoe/model/reading'
import { Icon, type IconName } from '@sokhoe/ui/parts/Icon'
import { Link } from 'wouter'
import { currentLanguage, say } from '../platform/say.ts'
import { inWords } from '../timeline/words.ts'

const ICONS: Readonly<Record<Advised['tone'], IconName>> = {
  good: 'done',
  watch: 'warn',
  urgent: 'warn',
  info: 'info',
}

/** What the latest numbers say, in plain words, with where the rule comes from. Never a diagnosis. */
export function AdviceList({ advice }: { advice: readonly Advised[] }) {
  return (
    <section>
      <h2 className="gap">{say('book.advice')}</h2>
      <ul className="advice">
        {advice.map((one) => (
          <li key={one.id} className={one.tone}>
            <Icon name={ICONS[one.tone]} />
            <div className="grow">
              <p>{inWords(one.words)}</p>
              {one.missing && (
                <p>
                  {say('book.missing', { what: inWords(one.missing) })}{' '}
                  <Link href="/app/declare/risk/1">{say('book.tell')}</Link>
                </p>
              )}
              <p className="hint">
                {say('book.source')}: {one.source}
                {one.unverified && <span className="tag quiet">{say('book.unverified')}</span>}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p className="hint">{ADVICE_CAVEATS.selfTold[currentLanguage()]}</p>
    </section>
  )
}
