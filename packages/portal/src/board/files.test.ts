import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { csvOf, guarded, xlsxOf } from './files.ts'

const TABLES = [
  {
    name: 'Nơi treo',
    head: ['Nơi treo', 'Lượt quét'],
    rows: [
      ['Chợ "Bà Chiểu", cổng 2', 186],
      ['=HYPERLINK("http://x.example")', 3],
      ['Hẻm 480', null],
    ],
  },
] as const

test('a CSV has its mark, its quotes and its lines, and what is not known is empty', () => {
  expect(csvOf(TABLES)).toBe(
    '\uFEFFNơi treo\r\nNơi treo,Lượt quét\r\n"Chợ ""Bà Chiểu"", cổng 2",186\r\n' +
      '"\'=HYPERLINK(""http://x.example"")",3\r\nHẻm 480,\r\n\r\n',
  )
})

test.each(['=1+1', '+84', '-2', '@x', '\tx', '\rx'])(
  'a text that begins like a formula stays text: %j',
  (text) => {
    expect(guarded(text)).toBe(`'${text}`)
  },
)

test('other texts are as they were', () => {
  expect(['Hẻm 480', "'a", '1+1', ''].map(guarded)).toEqual(['Hẻm 480', "'a", '1+1', ''])
})

/** Files inside a ZIP, by its central directory. */
function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  for (
    let at = zip.indexOf('PK\x01\x02', 0, 'latin1');
    at >= 0;
    at = zip.indexOf('PK\x01\x02', at + 46, 'latin1')
  ) {
    const [packed, nameLength, offset] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt32LE(at + 42),
    ]
    const data = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
    const bytes = zip.subarray(data, data + packed)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    files.set(name, (zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8'))
  }
  return files
}

test('an XLSX has a sheet a table, numbers as numbers and no formula', async () => {
  const files = unzip(Buffer.from(await (await xlsxOf(TABLES)).arrayBuffer()))
  const all = [...files.values()].join('')

  expect(files.get('xl/workbook.xml')).toContain('name="Nơi treo"')
  expect(all).toContain('<v>186</v>')
  expect(all).toContain("'=HYPERLINK")
  expect(all).not.toContain('<f>')
})
