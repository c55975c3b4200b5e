/** Coverage of the city. */
export const coverage = {
  'nav.coverage': 'Độ bao phủ',
} as const
