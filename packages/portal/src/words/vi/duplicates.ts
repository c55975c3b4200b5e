/** People who may be one. */
export const duplicates = {
  'nav.duplicates': 'Có thể trùng',
} as const
