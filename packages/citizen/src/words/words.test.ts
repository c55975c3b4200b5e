import { test } from 'vitest'
import { expectGoodWords, expectOneAreaEach } from '../../../ui/test/words.ts'
import { en } from './en/index.ts'
import { vi } from './vi/index.ts'

test('the app speaks both languages in short calm sentences', () => {
  expectGoodWords(vi, en)
})

test('every phrase belongs to one area', () => {
  expectOneAreaEach(import.meta.glob('./vi/*.ts', { eager: true }))
})
