import { sayInstant, sayNumber } from '@sokhoe/ui/format'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { Link, useParams } from 'wouter'
import { useWork } from '../campaigns/api.ts'
import { sayPeople, sayShare } from '../city/numbers.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import { Bar } from './Bar.tsx'
import { paceOf, useBoard, wayOf } from './board.ts'

/** Campaigns side by side: the same questions to each. */
export function Compare() {
  const { codes = '' } = useParams<{ codes: string }>()
  const { screens } = useWork()
  const each = [...new Set(codes.split(','))].filter((code) => code !== '')
  return (
    <Page
      title={say('compare.title')}
      lead={say('compare.lead', { n: each.length })}
      actions={
        <Link className="btn second" href={screens}>
          {say('compare.back')}
        </Link>
      }
    >
      <div className="side-by-side">
        {each.map((code) => (
          <Column key={code} code={code} />
        ))}
      </div>
    </Page>
  )
}

function Column({ code }: { code: string }) {
  const { screens } = useWork()
  const load = useBoard({ campaign: code })
  if (load.is === 'loading') return <Loading words={say('board.loading')} />
  if (load.is === 'refused') return <Refused answer={load.answer} again={load.again} />
  const board = load.data
  const { share, remaining } = wayOf(board)
  const facts: readonly (readonly [words: string, value: string])[] = [
    [say('board.declared'), sayPeople(board.declared)],
    [say('board.verified-column'), sayPeople(board.verified)],
    [say('campaign.target'), board.target === null ? say('board.target.none') : sayPeople(board.target)],
    [say('board.to-target'), remaining === null ? say('board.target.none') : sayPeople(remaining)],
    [say('compare.pace'), sayNumber(Math.round(paceOf(board) * 10) / 10)],
  ]
  return (
    <section className="panel">
      <div className="head">
        <h2>
          <Link href={`${screens}/${code}`}>{board.campaign?.title ?? code}</Link>
        </h2>
      </div>
      <div className="inside">
        <p className="way">
          <span className="big num-c">{share === null ? sayPeople(board.declared) : sayShare(share)}</span>
          <span className="soft">{say(share === null ? 'compare.books' : 'compare.of-target')}</span>
        </p>
        {share !== null && <Bar share={share} mark={null} height={10} />}
        <dl className="facts">
          {facts.map(([words, value]) => (
            <div key={words}>
              <dt>{words}</dt>
              <dd className="num-c b">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="asof">{say('board.source.campaign', { at: sayInstant(board.asOf) })}</p>
      </div>
    </section>
  )
}
