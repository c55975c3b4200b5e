/** Campaigns, places and printing. */
export const campaigns = {
  'nav.campaigns': 'Chiến dịch',
} as const
