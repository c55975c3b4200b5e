import { expect, test } from 'vitest'
import { htmlOf } from './html.ts'
import type { Paper } from './paper.ts'

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&\u202e`
const paper: Paper = {
  title: 'Sổ sức khỏe điện tử',
  owner: HOSTILE,
  ownerLines: [HOSTILE],
  warning: HOSTILE,
  sections: [
    {
      title: HOSTILE,
      columns: [{ title: HOSTILE, share: 1 }],
      rows: [{ mark: 'import', cells: [HOSTILE], note: HOSTILE }],
      absent: '',
    },
    { title: 'Khuyết tật', columns: [], rows: [], absent: 'Không ghi nhận.' },
  ],
  leftOut: HOSTILE,
  printed: '25/11/2026 09:52',
  printedFor: 'theo yêu cầu của chủ sổ',
  code: 'Q7M2-81XD-90AB',
  codeUrl: 'https://sokhoe.example/p/Q7M281XD90AB',
}

test('what somebody wrote stays words: nothing runs and nothing is fetched', () => {
  const page = htmlOf(paper)
  expect(page).not.toMatch(/<script|<img|<link|<iframe|\son\w+=(?!alert)/)
  expect(page).not.toContain('\u202e')
  expect(page.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)?.length).toBe(8)
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`)
  expect([...page.matchAll(/(?:src|href|url)\s*[=(]/g)].filter(([word]) => word !== 'src=')).toEqual([])
})

test('it says its language, has headings and tables that can be read aloud, and says absence in words', () => {
  const page = htmlOf(paper)
  expect(page).toMatch(/^<!doctype html>\n<html lang="vi">/)
  expect(page.match(/<h1>/g)).toHaveLength(1)
  expect(page.match(/<h2 /g)).toHaveLength(2)
  expect(page).toContain('<th scope="col">Nguồn</th>')
  expect(page).toContain('Nhập từ giấy</td>')
  expect(page).toContain('<p>Không ghi nhận.</p>')
  expect(page).toContain('Q7M2-81XD-90AB')
})
