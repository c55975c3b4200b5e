import fc from 'fast-check'
import { expect, test } from 'vitest'
import { narrativeFaults } from './xhtml.ts'

const div = (inner: string, attributes = ' xmlns="http://www.w3.org/1999/xhtml"') =>
  `<div${attributes}>${inner}</div>`

test.each([
  'Huyết áp 120/80 &amp; mạch 70 &lt; 80 &#160;&nbsp;',
  '<p class="a" style="color:red">a<br/><b>b</b></p><!-- a note -->',
  '<table border="1"><thead><tr><th colspan="2">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
  `<a href='https://example.org/?a=1&amp;b=2'>x</a><a href="Patient/1">y</a><a name='z'/><img src='#p' alt='c'/>`,
  '<div xmlns="http://www.w3.org/1999/xhtml">a</div>',
  '<img src="data:image/png;base64,AAAA" alt="b"/>',
])('text, lists, tables, links and pictures may stand in a narrative: %s', (inner) => {
  expect(narrativeFaults(div(inner))).toEqual([])
})

test.each([
  ['<script>a</script>', 'element'],
  ['<iframe src="a"/>', 'element'],
  ['<form/>', 'element'],
  ['<P>a</P>', 'element'],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'element'],
  ['<constructor a="b">a</constructor>', 'element'],
  ['<p onclick="a">b</p>', 'attribute'],
  ['<p constructor="a">b</p>', 'attribute'],
  ['<a href="javascript:a()">b</a>', 'script'],
  ['<a href=" JavaScript:a()">b</a>', 'script'],
  ['<a href="jAva&#x0A;script:a()">b</a>', 'script'],
  ['<a href="javascript&colon;a()">b</a>', 'script'],
  ['<img src="data:text/html,a"/>', 'script'],
  ['<p style="width: expression(a)">b</p>', 'script'],
  ['<p>a', 'not-xhtml'],
  ['<p>a</b></p>', 'not-xhtml'],
  ['a & b', 'not-xhtml'],
  ['<p a>b</p>', 'not-xhtml'],
  ['<p class=a>b</p>', 'not-xhtml'],
  ['<![CDATA[a]]>', 'not-xhtml'],
  ['<?php a ?>', 'not-xhtml'],
  ['<!ENTITY x>', 'not-xhtml'],
  ['</div><div>', 'no-div'],
  ['</div>b<div>', 'not-xhtml'],
  [' <p> &nbsp; </p>\n', 'no-content'],
])('what could run, or is no whole markup, is refused: %s', (inner, fault) => {
  expect(narrativeFaults(div(inner))).toContain(fault)
})

test.each([
  [div('a', '')],
  [div('a', ' xmlns="a"')],
  ['a'],
  ['<p xmlns="http://www.w3.org/1999/xhtml">a</p>'],
  [`${div('a')}b`],
  [`a${div('a')}`],
  [div('a') + div('b')],
  ['<div'],
  [''],
  [7],
])('a narrative is one div of XHTML and nothing beside it: %s', (text) => {
  expect(narrativeFaults(text)).not.toEqual([])
})

test('any text is a narrative or is none', () => {
  const piece = fc.constantFrom(
    '<div>',
    '</div>',
    '<',
    '>',
    '"',
    '&',
    '<a href="',
    '<!--',
    '-->',
    ' a=',
    "'",
    '/',
    'x',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(Array.isArray(narrativeFaults(pieces.join('')))).toBe(true)
    }),
  )
})

// quadratic time would outlast the test's own limit many times over
test('hostile markup takes no longer than its length', () => {
  for (const inner of [
    `<p ${'a="b" '.repeat(100_000)}`,
    '<p>'.repeat(200_000),
    '<!--'.repeat(100_000),
    '&'.repeat(500_000),
    `<p ${' '.repeat(500_000)}`,
  ])
    expect(narrativeFaults(div(inner))).not.toEqual([])
})
