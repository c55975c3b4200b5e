import { useState } from 'react'
import { say } from '../say.ts'
import { setTextSize, textSize } from '../settings.ts'
import { currentLanguage, speak } from '../speech.ts'
import { Icon } from './Icon.tsx'

/** Names the other language in that language, for whoever cannot read this one. */
export function LanguageToggle() {
  const next = currentLanguage() === 'vi' ? 'en' : 'vi'
  return (
    <button
      type="button"
      className="toggle"
      lang={next}
      onClick={() => void speak(next)}
      aria-label={next === 'en' ? 'English: switch to English' : 'Tiếng Việt: chuyển sang tiếng Việt'}
    >
      <Icon name="globe" />
      {next === 'en' ? 'English' : 'Tiếng Việt'}
    </button>
  )
}

export function TextToggle({ withWords = false }: { withWords?: boolean }) {
  const [size, setSize] = useState(textSize)
  const turn = () => {
    const next = size === 'large' ? 'normal' : 'large'
    setTextSize(next)
    setSize(next)
  }
  return (
    <button
      type="button"
      className="toggle"
      aria-pressed={size === 'large'}
      onClick={turn}
      aria-label={say('text.large')}
    >
      <Icon name="text" />
      {withWords && say('text.large')}
    </button>
  )
}
