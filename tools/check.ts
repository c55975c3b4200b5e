import { runGate } from './gate.ts'

const failed = (await runGate()).filter(({ ok }) => !ok)
if (failed.length > 0) {
  console.log(`The gate is closed: ${failed.map(({ name }) => name).join(', ')}`)
  process.exitCode = 1
}
