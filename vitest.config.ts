import { defineConfig } from 'vitest/config'

const long = process.env['TEST_LONG'] === '1' ? [] : ['**/*.long.test.ts']
const exclude = ['**/node_modules/**', '**/dist/**', ...long]

/** Two kinds: pure tests start at once; those of the server have a real PostgreSQL. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        test: {
          name: 'pure',
          include: ['packages/{model,fhir,codes,city,citizen}/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
          exclude,
        },
      },
      {
        test: {
          name: 'server',
          include: ['packages/server/**/*.test.ts'],
          exclude,
          globalSetup: ['packages/server/test/globalSetup.ts'],
        },
      },
    ],
  },
})
