import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson, writeJson } from '../json.ts'
import { applyPatch } from './index.ts'

const patched = (document: string, patch: string): string => {
  const result = applyPatch(parseJson(document), parseJson(patch))
  return result.ok ? writeJson(result.value) : `${result.why} at ${result.at}`
}

// the examples of RFC 6902, appendix A, and what its sections 4 and 5 demand
test.each([
  ['{"foo":"bar"}', '[{"op":"add","path":"/baz","value":"qux"}]', '{"foo":"bar","baz":"qux"}'],
  ['{"foo":["bar","baz"]}', '[{"op":"add","path":"/foo/1","value":"qux"}]', '{"foo":["bar","qux","baz"]}'],
  ['{"baz":"qux","foo":"bar"}', '[{"op":"remove","path":"/baz"}]', '{"foo":"bar"}'],
  ['{"foo":["bar","qux","baz"]}', '[{"op":"remove","path":"/foo/1"}]', '{"foo":["bar","baz"]}'],
  ['{"baz":"qux"}', '[{"op":"replace","path":"/baz","value":"boo"}]', '{"baz":"boo"}'],
  [
    '{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}',
    '[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]',
    '{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}',
  ],
  [
    '{"foo":["a","b","c","d"]}',
    '[{"op":"move","from":"/foo/1","path":"/foo/3"}]',
    '{"foo":["a","c","d","b"]}',
  ],
  [
    '{"a":1}',
    '[{"op":"test","path":"/a","value":1.0},{"op":"add","path":"/b","value":2.50}]',
    '{"a":1,"b":2.50}',
  ],
  ['{"a":1}', '[{"op":"add","path":"/b","value":1},{"op":"test","path":"/a","value":2}]', 'test-failed at 1'],
  ['{"foo":"bar"}', '[{"op":"add","path":"/child","value":{"x":{}}}]', '{"foo":"bar","child":{"x":{}}}'],
  ['{"foo":"bar"}', '[{"op":"add","path":"/baz/bat","value":"qux"}]', 'no-such-place at 0'],
  ['{"/":9,"~1":10}', '[{"op":"test","path":"/~01","value":10}]', '{"/":9,"~1":10}'],
  ['{"foo":["bar"]}', '[{"op":"add","path":"/foo/-","value":["a"]}]', '{"foo":["bar",["a"]]}'],
  ['{"foo":null}', '[{"op":"test","path":"/foo","value":null}]', '{"foo":null}'],
  ['{"a":[1]}', '[{"op":"copy","from":"/a","path":"/b"}]', '{"a":[1],"b":[1]}'],
  ['{"a":1}', '[{"op":"replace","path":"","value":{"b":10.00}}]', '{"b":10.00}'],
  ['{"a":{"b":1}}', '[{"op":"move","from":"/a","path":"/a/b"}]', 'malformed at 0'],
  ['{"a":1}', '[{"op":"test","path":"/a","value":"1"}]', 'test-failed at 0'],
  ['{"a":[1,2]}', '[{"op":"remove","path":"/a/2"}]', 'no-such-place at 0'],
  ['{"a":[1,2]}', '[{"op":"replace","path":"/a/-","value":1}]', 'no-such-place at 0'],
  ['{"a":[1,2]}', '[{"op":"replace","path":"/a/01","value":1}]', 'no-such-place at 0'],
  ['{"a":1}', '[{"op":"remove","path":""}]', 'malformed at 0'],
  ['{"a":1}', '[{"op":"add","path":"/b"}]', 'malformed at 0'],
  ['{"a":1}', '[{"op":"spam","path":"/a"}]', 'malformed at 0'],
  ['{"a":1}', '[{"op":"add","path":"a","value":1}]', 'malformed at 0'],
  ['{"a":1}', '[{"op":"add","path":"/~2","value":1}]', 'malformed at 0'],
  ['{"a":1}', '{"op":"add","path":"/b","value":1}', 'malformed at 0'],
  ['{"a":1}', '[{"op":"add","path":"/__proto__","value":{"x":1}}]', '{"a":1,"__proto__":{"x":1}}'],
  ['{"a":1}', '[{"op":"remove","path":"/constructor"}]', 'no-such-place at 0'],
])('%s with %s is %s', (document, patch, expected) => {
  expect(patched(document, patch)).toBe(expected)
})

test('what is copied again and again is refused before it fills the memory', () => {
  const doubling = Array.from({ length: 100 }, () => ({ op: 'copy', from: '/a', path: '/a/-' }))
  expect(applyPatch({ a: [1] }, doubling)).toMatchObject({ ok: false, why: 'too-large' })
})

test('nothing that is given is changed, and adding then removing gives the document again', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.string(),
      fc.jsonValue(),
      (document, name, value) => {
        fc.pre(!Object.hasOwn(document, name))
        const before = JSON.stringify(document)
        const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
        const result = applyPatch(document, [
          { op: 'add', path, value },
          { op: 'test', path, value },
          { op: 'remove', path },
        ])
        expect(JSON.stringify(document)).toBe(before)
        expect(result).toEqual({ ok: true, value: document })
      },
    ),
  )
})
