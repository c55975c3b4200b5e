import { createSpeech } from './speech.ts'
import { vi } from './words/vi.ts'

export const { say } = createSpeech(vi, () => import('./words/en.ts').then(({ en }) => en))
