import { createSpeech } from '@sokhoe/ui/speech'
import { vi } from '../words/vi/index.ts'

export { currentLanguage, sayOr } from '@sokhoe/ui/speech'

export type Phrase = keyof typeof vi

export const { say } = createSpeech(vi, () => import('../words/en/index.ts').then(({ en }) => en))
