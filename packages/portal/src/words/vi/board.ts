/** The board of a campaign or a ward. */
export const board = {
  'board.target': 'Mục tiêu',
} as const
