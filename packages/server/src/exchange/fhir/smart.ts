import { smartConfiguration } from '../clients/index.ts'
import type { Interaction } from './answer.ts'
import { BASE } from './door.ts'

/** Where and how a program obtains a token. */
export const smart: readonly Interaction[] = [
  {
    method: 'GET',
    path: '.well-known/smart-configuration',
    open: true,
    run: async ({ base }) => ({
      status: 200,
      type: 'application/json',
      body: JSON.stringify(smartConfiguration(base.slice(0, -BASE.length))),
    }),
  },
]
