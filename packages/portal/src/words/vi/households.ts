/** Households. */
export const households = {
  'nav.households': 'Hộ gia đình',
} as const
