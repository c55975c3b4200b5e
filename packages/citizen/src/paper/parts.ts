/** Parts of a book that can be printed alone, as the server names them. */
export const PARTS = ['basics', 'family', 'immunisation', 'visits', 'results', 'documents'] as const
export type Part = (typeof PARTS)[number]

export const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name)
