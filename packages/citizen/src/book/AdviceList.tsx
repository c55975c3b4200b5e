import type { Advice } from '@sokhoe/model/advice'
import { ADVICE_CAVEATS, ADVICE_TEXTS, FACT_WORDS } from '@sokhoe/model/advice-texts'
import { sayNumber } from '@sokhoe/ui/format'
import { Icon, type IconName } from '@sokhoe/ui/parts/Icon'
import { Link } from 'wouter'
import { currentLanguage, fill, say } from '../platform/say.ts'

const ICONS: Readonly<Record<Advice['tone'], IconName>> = {
  good: 'done',
  watch: 'warn',
  urgent: 'warn',
  info: 'info',
}

/** What the told numbers say, in plain words, with where the rule comes from. Never a diagnosis. */
export function AdviceList({ advice }: { advice: readonly Advice[] }) {
  return (
    <section>
      <h2 className="gap">{say('book.advice')}</h2>
      <ul className="advice">
        {advice.map((one) => (
          <li key={one.id} className={one.tone}>
            <Icon name={ICONS[one.tone]} />
            <div className="grow">
              <p>{wordsOf(one)}</p>
              {one.textKey === 'findrisc.missing' && <Missing names={String(one.params['missing'] ?? '')} />}
              <p className="hint">
                {say('book.source')}: {one.source.name}
                {one.source.unverified && <span className="tag quiet">{say('book.unverified')}</span>}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p className="hint">{ADVICE_CAVEATS.selfTold[currentLanguage()]}</p>
    </section>
  )
}

function wordsOf({ textKey, params }: Advice): string {
  const said = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' ? sayNumber(value) : value,
  ])
  return fill(ADVICE_TEXTS[textKey][currentLanguage()], Object.fromEntries(said))
}

const isFact = (name: string): name is keyof typeof FACT_WORDS => name in FACT_WORDS

function Missing({ names }: { names: string }) {
  const words = names
    .split(' ')
    .filter(isFact)
    .map((name) => FACT_WORDS[name][currentLanguage()])
  return (
    <p>
      {say('book.missing', { what: words.join(', ') })}{' '}
      <Link href="/app/declare/risk/1">{say('book.tell')}</Link>
    </p>
  )
}
