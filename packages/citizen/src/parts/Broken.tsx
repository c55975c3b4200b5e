import { say } from '../platform/say.ts'

/** Shown when a screen of this app fails. Plain links: nothing of the app is trusted here. */
export function Broken() {
  return (
    <div className="phone">
      <main>
        <h1 className="title">{say('problem.unknown')}</h1>
        <p>{say('broken.what')}</p>
        <div className="start">
          <button type="button" className="btn wide" onClick={() => location.reload()}>
            {say('broken.again')}
          </button>
          <a className="btn second wide" href="/">
            {say('landing.open-book')}
          </a>
        </div>
        <p className="hint">{say('problem.code', { code: 'app.screen' })}</p>
      </main>
    </div>
  )
}
