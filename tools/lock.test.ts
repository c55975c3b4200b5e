import { expect, test } from 'vitest'
import { completed, type Lock, machineOf, missingIn } from './lock.ts'

const lock: Lock = {
  packages: {
    '': {},
    'node_modules/a': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { 'a-linux-x64-musl': '1.0.0', b: '2.0.0' },
    },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
  },
}

test('a package says by its name which machine it is for', () => {
  expect(machineOf('@biomejs/cli-darwin-arm64')).toEqual({ os: ['darwin'], cpu: ['arm64'] })
  expect(machineOf('jscpd-windows-x64-msvc')).toEqual({ os: ['win32'], cpu: ['x64'] })
  expect(machineOf('x-linux-arm-gnueabihf')).toEqual({ os: ['linux'], cpu: ['arm'], libc: ['glibc'] })
  expect(machineOf('left-pad')).toBeUndefined()
})

test('only what is named and not described is missing, and completing adds just that', () => {
  expect(missingIn(lock).map(({ name }) => name)).toEqual(['a-linux-x64-musl'])

  const whole = completed(lock)

  expect(missingIn(whole)).toEqual([])
  expect(whole.packages['node_modules/a-linux-x64-musl']).toEqual({
    version: '1.0.0',
    dev: true,
    optional: true,
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
  })
  expect(Object.keys(whole.packages)[0]).toBe('')
})
