import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { linkCommand } from './link.ts'

function desk() {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-link-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const errors: string[] = []
  const io = { env: {}, out: () => {}, err: errors.push.bind(errors) }
  return {
    folder,
    errors,
    path: (name: string) => join(folder, name),
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    /** @returns exit status */
    link: async (text: string | Uint8Array, ...args: readonly string[]) => {
      writeFileSync(join(folder, 'in.csv'), text)
      return await linkCommand([join(folder, 'in.csv'), join(folder, 'out.csv'), ...args], io)
    },
  }
}

const pairs = (csv: string): string[] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(0, 2).join(' '))

const REGISTRY = `\ufeffMã,Họ và tên,Ngày sinh,Giới tính,SĐT,Số CCCD,Phường,Địa chỉ
a1,Nguyễn Thị Hoà,07/09/1983,Nữ,0901234567,079183054321,"Phường 27, Quận Bình Thạnh","12/3, Hoa Sứ"
a2,NGUYEN HOA,19830907,nu,+84 901 234 567,079183054321,26911,12/3 Hoa Su
a3,Nguyễn Thị Hòa,1983-07-09,F,0901 234 567,,Phường Bình Quới,
b1,Phạm Quốc Bảo,1990,Nam,0912345678,079090011111,,
b2,Đỗ Kim Ngân,2001-02-03,Nữ,0987654321,079301022222,,
`

test('a file with Vietnamese headers, an old ward and lost tones is linked without any help', async () => {
  const { link, read, folder } = desk()
  expect(await link(REGISTRY)).toBe(0)
  expect(read('out.csv').split('\n')[0]).toBe('id1,id2,score')
  expect(pairs(read('out.csv'))).toEqual(['a1 a2', 'a1 a3', 'a2 a3'])
  expect(readdirSync(folder).sort()).toEqual(['in.csv', 'out.csv'])
})

test('columns with unusual names are told with --map, and why is told on demand', async () => {
  const { link, read, path } = desk()
  const strange = `nr;who;geb;x
"1;a";Lê Văn Tám;01/02/1970;0909090909
2;Le Tam;01/02/1970;0909090909
`
  expect(await link(strange, '--map', 'id=nr,fullName=who,birthDate=geb,phone=x', '--explain')).toBe(0)
  expect(read('out.csv')).toMatch(/^id1,id2,score,why\n1;a,2,\d+\.\d\d,.*name.*\n$/)
  expect(await link(strange, '--map', 'id=nr,fullName=who', '--review', path('review.csv'))).toBe(0)
  expect(read('review.csv')).toMatch(/^id1,id2,score\n/)
})

test('who bears one name and birth date and nothing else in common waits for a person', async () => {
  const { link, read, path } = desk()
  const same = `id,fullName,birthDate,phone,ward
1,Nguyễn Văn Minh,1990-05-06,0901111111,26911
2,Nguyễn Văn Minh,1990-05-06,0902222222,27043
${Array.from({ length: 60 }, (_, at) => `x${at},Nguyễn ${['Thu', 'Văn', 'Ngọc'][at % 3]} ${['An', 'Lan', 'Hùng', 'Tâm', 'Sơn'][at % 5]},19${50 + (at % 45)}-0${1 + (at % 9)}-1${at % 8},,`).join('\n')}
`
  expect(await link(same, '--review', path('review.csv'))).toBe(0)
  expect(pairs(read('out.csv'))).not.toContain('1 2')
  expect(pairs(read('review.csv'))).toContain('1 2')
})

test.each([
  ['an empty file', '', 'the file is empty'],
  ['no id', 'name,dob\nA,2000\n', 'line 1: no column says the id; name it with --map id=COLUMN'],
  ['nothing to compare', 'id,colour\n1,red\n', /^line 1: no column with a name/],
  ['an id twice', 'id,name\n1,A\n2,B\n1,C\n', 'line 4, field id: line 2 has the same'],
  ['an id that is empty', 'id,name\n1,A\n,B\n', 'line 3, field id: it is empty'],
  ['a row of another width', 'id,name\n1,A\n2,B,C\n', 'line 3: 3 fields, and the header has 2'],
  ['a quote that never closes', 'id,name\n1,"A\n2,B\n', /^line \d: a quote is opened and never closed$/],
  ['bytes that are no text', Uint8Array.of(105, 100, 44, 0xff, 0xfe, 10), 'the file is not UTF-8'],
  ['a file of zeros', new Uint8Array(5000), 'the file is not text: it holds bytes of zero'],
])('%s is refused in one sentence, and nothing is written', async (_what, text, sentence) => {
  const { link, errors, path } = desk()
  expect(await link(text)).toBe(1)
  expect(errors).toEqual([typeof sentence === 'string' ? sentence : expect.stringMatching(sentence)])
  expect(existsSync(path('out.csv'))).toBe(false)
})

test('fields, columns and files that do not exist are named, and an old result stays', async () => {
  const { link, errors, path, read } = desk()
  writeFileSync(path('out.csv'), 'before')
  expect(await link(REGISTRY, '--map', 'colour=Phường')).toBe(1)
  expect(await link(REGISTRY, '--map', 'city=Huyện')).toBe(1)
  expect(await link(REGISTRY, '--review', path('in.csv'))).toBe(1)
  expect(await link(REGISTRY, '--review', path('no/such/folder.csv'))).toBe(1)
  expect(await link(REGISTRY, 'one too many')).toBe(1)
  expect(errors[0]).toMatch(/^--map: there is no field 'colour'; there are id, source, fullName/)
  expect(errors[1]).toBe("--map: there is no column 'Huyện'")
  expect(errors[2]).toBe('link: each file needs its own name')
  expect(errors.join('\n')).toContain('link: the result could not be written (ENOENT)')
  expect(read('out.csv')).toBe('before')
})

test('a folder in place of the second result leaves the first one as it was', async () => {
  const { link, folder, path, read } = desk()
  writeFileSync(path('out.csv'), 'before')
  mkdirSync(path('review'))
  expect(await link(REGISTRY, '--review', path('review'))).toBe(1)
  expect(read('out.csv')).toBe('before')
  expect(readdirSync(folder).sort()).toEqual(['in.csv', 'out.csv', 'review'])
})

test('a pipe takes the result and stays a pipe', async () => {
  const { folder, path } = desk()
  const [made, ...at] = ['mkfifo', path('pipe')] as const
  execFileSync(made, at)
  writeFileSync(path('in.csv'), REGISTRY)
  const reading = readFile(path('pipe'), 'utf8')
  const io = { env: {}, out: () => {}, err: () => {} }
  expect(await linkCommand([path('in.csv'), path('pipe')], io)).toBe(0)
  expect(statSync(path('pipe')).isFIFO()).toBe(true)
  expect(pairs(await reading)).toEqual(['a1 a2', 'a1 a3', 'a2 a3'])
  expect(readdirSync(folder).sort()).toEqual(['in.csv', 'pipe'])
})

test('two files put one behind the other, each with its own line ends, are one file', async () => {
  const { link, read } = desk()
  expect(
    await link(
      'id,name,dob,phone\r\n1,An Bình,1990-02-03,0901111111\r\n2,An Bình,1990-02-03,0901111111\n3,"C\n",,\n',
    ),
  ).toBe(0)
  expect(pairs(read('out.csv'))).toEqual(['1 2'])
})

test('a header alone is linked to nothing', async () => {
  const { link, read } = desk()
  expect(await link('id,name\n')).toBe(0)
  expect(read('out.csv')).toBe('id1,id2,score\n')
})
