import { expect, test } from 'vitest'
import { playwrightFailures, playwrightUnsteady, vitestFailures } from './failures.ts'

const red = (text: string): string => `${String.fromCharCode(27)}[31m${text}${String.fromCharCode(27)}[39m`

test('each failed test is named with its file and the beginning of what it said', () => {
  const failures = vitestFailures({
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'a book opens' },
          { status: 'failed', fullName: 'a book closes', failureMessages: [red('expected 1 to be 2')] },
        ],
      },
    ],
  })
  expect(failures).toEqual(['a.test.ts › a book closes\n    expected 1 to be 2'])
})

test('a file that could not be run is told with its reason', () => {
  const testResults = [{ name: 'b.test.ts', status: 'failed', message: 'no database', assertionResults: [] }]
  const failures = vitestFailures({ numPassedTests: 0, numFailedTests: 0, testResults })
  expect(failures).toEqual(['b.test.ts\n    no database'])
})

test('a failed browser test is found however deep it stands; one that passed at the second try is told apart', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'x.spec.ts',
    tests: [{ status, results: [{ error: { message: 'not visible' } }] }],
  })
  const specs = [spec('opens', 'expected'), spec('closes', 'unexpected'), spec('waits', 'flaky')]
  const report = { suites: [{ suites: [{ specs }] }] }
  expect(playwrightFailures(report)).toEqual(['x.spec.ts › closes\n    not visible'])
  expect(playwrightUnsteady(report)).toEqual(['x.spec.ts › waits\n    not visible'])
})
