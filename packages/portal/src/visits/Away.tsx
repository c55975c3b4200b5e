import { Icon } from '@sokhoe/ui/parts/Icon'
import { Mark } from '@sokhoe/ui/parts/Mark'
import { LanguageToggle, TextToggle } from '@sokhoe/ui/parts/Toggles'
import { useState } from 'react'
import { say } from '../platform/say.ts'
import { SignIn } from '../shell/SignIn.tsx'
import { Visits } from './Visits.tsx'

/** A round goes on while nobody is signed in; sending asks for that first. */
export function Away() {
  const [signsIn, setSignsIn] = useState(false)
  if (signsIn) return <SignIn />
  return (
    <>
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <header className="top">
        <Mark />
        <span className="grow" />
        <TextToggle />
        <LanguageToggle />
        <button type="button" className="toggle" onClick={() => setSignsIn(true)}>
          <Icon name="lock" />
          {say('visits.sign-in')}
        </button>
      </header>
      <Visits />
    </>
  )
}
