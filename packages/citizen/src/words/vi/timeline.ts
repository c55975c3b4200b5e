/** Home, timeline, trends and lists. */
export const timeline = {
  'section.visit': 'Lần khám',
  'fact.visit': 'Khám bệnh',
} as const
