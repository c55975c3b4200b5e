import { expect, test } from 'vitest'
import { isFilledMarkup, isPlainMarkup } from './narrative.ts'

const div = (inner: string, attributes = ' xmlns="http://www.w3.org/1999/xhtml"') =>
  `<div${attributes}>${inner}</div>`

test('text, lists, tables, links and pictures may stand in a narrative', () => {
  for (const inner of [
    'Huyết áp 120/80 &amp; mạch 70 &lt; 80 &#160;&nbsp;',
    '<p class="a" style="color:red">a<br/><b>b</b></p><!-- a note -->',
    '<table border="1"><thead><tr><th colspan="2">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    "<a href='https://example.org/?a=1&amp;b=2'>x</a><a href=\"Patient/1\">y</a><a name='z'/><img src='#p' alt='c'/>",
    '<div xmlns="http://www.w3.org/1999/xhtml">a</div>',
  ])
    expect(isPlainMarkup(div(inner))).toBe(true)
})

test('what could run, or is no whole markup, is refused', () => {
  for (const inner of [
    '<script>a</script>',
    '<p onclick="a">b</p>',
    '<a href="javascript:a()">b</a>',
    '<a href=" JavaScript:a()">b</a>',
    '<img src="data:text/html,a"/>',
    '<iframe src="a"/>',
    '<form/>',
    '<p>a',
    '<p>a</b></p>',
    '<P>a</P>',
    'a & b',
    '<p a>b</p>',
    '<p class=a>b</p>',
    '<![CDATA[a]]>',
    '<?php a ?>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '</div><div>',
  ])
    expect(isPlainMarkup(div(inner)), inner).toBe(false)
  for (const text of [
    div('a', ''),
    div('a', ' xmlns="a"'),
    'a',
    '<p>a</p>',
    `${div('a')}b`,
    `a${div('a')}`,
    '<div',
  ])
    expect(isPlainMarkup(text), text).toBe(false)
})

test('a narrative says something', () => {
  expect(isFilledMarkup(div(' <p> </p>\n'))).toBe(false)
  expect(isFilledMarkup(div('<p>a</p>'))).toBe(true)
  expect(isFilledMarkup(div('<img src="#a"/>'))).toBe(true)
})

test('hostile markup takes no longer than its length', () => {
  const started = performance.now()
  for (const inner of [
    `<p ${'a="b" '.repeat(100_000)}`,
    '<p>'.repeat(200_000),
    '<!--'.repeat(100_000),
    '&'.repeat(500_000),
    `<p ${' '.repeat(500_000)}`,
  ])
    expect(isPlainMarkup(div(inner))).toBe(false)
  expect(performance.now() - started).toBeLessThan(1000)
})
