/** Declaring for somebody at the station. */
export const assist = {
  'nav.assist': 'Khai giúp',
} as const
