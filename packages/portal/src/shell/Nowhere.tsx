import { Link } from 'wouter'
import { say } from '../platform/say.ts'
import { Page } from './Page.tsx'

/** Why there is nothing to show here, and where to go instead. */
export function Nowhere({ why, to }: { why: 'address' | 'role' | 'none'; to: string | undefined }) {
  return (
    <Page title={say(`nowhere.${why}`)} className="narrow">
      <p className="soft">{say(`nowhere.${why}.what`)}</p>
      {to && (
        <Link className="btn" href={to}>
          {say('nowhere.back')}
        </Link>
      )}
    </Page>
  )
}
