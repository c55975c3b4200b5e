/** What failed, a block each, to be told once more at the end of a long print. */
export type Failures = readonly string[]

export interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    /** Why a file could not be run at all; empty where it could. */
    readonly message?: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages?: readonly string[] | null
    }[]
  }[]
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly title: string
    readonly file: string
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly error?: { readonly message?: string } }[]
    }[]
  }[]
}

export interface PlaywrightReport extends PlaywrightSuite {
  readonly stats: { readonly expected: number; readonly flaky: number; readonly unexpected: number }
}

/** Enough of a message to see what was expected and where; the whole stands further up. */
const LINES = 14

const PAINT = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

const told = (where: string, messages: readonly string[]): string => {
  const lines = messages.join('\n').replaceAll(PAINT, '').split('\n').slice(0, LINES)
  return [where, ...lines.map((line) => `    ${line}`)].join('\n')
}

/** Failed tests of a run, and files that could not be run. */
export const vitestFailures = ({ testResults }: VitestReport): Failures =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [told(name, [message ?? ''])]
    return failed.map((test) => told(`${name} › ${test.fullName}`, test.failureMessages ?? []))
  })

type Ending = 'unexpected' | 'flaky'

/** Browser tests of a run that ended so: failed, or passed at the second try alone. */
const ended = (how: Ending, { suites = [], specs = [] }: PlaywrightSuite): Failures => [
  ...specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === how)
      .map(({ results }) =>
        told(
          `${file} › ${title}`,
          results.map(({ error }) => error?.message ?? ''),
        ),
      ),
  ),
  ...suites.flatMap((suite) => ended(how, suite)),
]

export const playwrightFailures = (report: PlaywrightSuite): Failures => ended('unexpected', report)

/** What passed at the second try alone: no failure, and nobody's rest until its cause is known. */
export const playwrightUnsteady = (report: PlaywrightSuite): Failures => ended('flaky', report)
