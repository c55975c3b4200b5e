import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from './tools/chromium.ts'

const executablePath = findChromium()
/** As with the other tests: what takes minutes runs with TEST_LONG=1. */
const long = process.env['TEST_LONG'] === '1' ? [] : ['**/*.long.*']

/** Both apps in real Chromium: the resident's as on the phone most residents have, the staff's on a desk. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // files side by side, each worker with a house of its own
  workers: 2,
  // the long way round alone tries again, and tells at its end what was not steady (tools/test.ts)
  retries: process.env['TEST_LONG'] === '1' ? 1 : 0,
  // both are ends of patience, not measures: what is there at once costs no time, and a busy machine loses nothing
  timeout: 300_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    trace: 'retain-on-failure',
    launchOptions: {
      args: [...CHROMIUM_FLAGS, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
      ...(executablePath && { executablePath }),
    },
  },
  projects: [
    {
      name: 'phone',
      testIgnore: ['**/*.desk.spec.ts', ...long],
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
    },
    {
      name: 'desk',
      testMatch: '**/*.desk.spec.ts',
      testIgnore: long,
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
})
