/** Verifying books. */
export const verify = {
  'nav.verify': 'Xác nhận',
} as const
