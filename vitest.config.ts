import { defineConfig } from 'vitest/config'

/** Reads sources only, so that the gate need not wait for a database. */
const ROOMS = 'packages/server/test/rooms.test.ts'

const long = process.env['TEST_LONG'] === '1' ? [] : ['**/*.long.test.ts']
const gated = process.env['SOKHOE_GATE'] === 'done' ? [ROOMS] : []
const exclude = ['**/node_modules/**', '**/dist/**', ...long, ...gated]

/** Two kinds: pure tests start at once; those of the server have a real PostgreSQL. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    // ends of patience, not measures: a busy machine loses nothing
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        test: {
          name: 'pure',
          include: [
            'packages/{model,fhir,codes,signals,city,ui,citizen,portal}/**/*.test.{ts,tsx}',
            'tools/**/*.test.ts',
            ROOMS,
          ],
          exclude,
        },
      },
      {
        test: {
          name: 'server',
          include: ['packages/server/**/*.test.ts'],
          exclude: [...exclude, ROOMS],
          globalSetup: ['packages/server/test/globalSetup.ts'],
        },
      },
    ],
  },
})
