/** What a command sees of the world: settings, and where it speaks. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  /** A line of the result, for people and programs. */
  readonly out: (line: string) => void
  /** Progress and complaints. */
  readonly err: (line: string) => void
}

/** Runs a command; what it refuses is one sentence and exit status 1. */
export async function orSentence(io: Io, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error))
    return 1
  }
}
