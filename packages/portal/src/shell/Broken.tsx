import { say } from '../platform/say.ts'

/** Shown when a screen of this app fails; nothing of the app is trusted here. */
export function Broken() {
  return (
    <main className="page narrow">
      <h1>{say('problem.unknown')}</h1>
      <p className="soft">{say('broken.what')}</p>
      <button type="button" className="btn" onClick={() => location.reload()}>
        {say('broken.again')}
      </button>
      <p className="hint">{say('problem.code', { code: 'app.screen' })}</p>
    </main>
  )
}
