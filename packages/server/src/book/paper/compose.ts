import { wardAt } from '@sokhoe/codes'
import { ageOn, dayInVietnam, sayDate } from '@sokhoe/model'
import type { Topic } from '@sokhoe/model/topics'
import { bookNumber, type Entered } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Entry } from '../../record/index.ts'
import { readCheckCode } from './checks.ts'
import { linesOfBook } from './lines.ts'
import { PARTS, type Paper, type PaperPart, type Row, type Section } from './paper.ts'
import { sectionsOf, warningOf } from './sections.ts'

const SEX: Readonly<Record<string, string>> = { male: 'Nam', female: 'Nữ', other: 'Chưa xác định' }
const LEVEL: Readonly<Record<string, string>> = {
  phone: 'Chờ trạm y tế xác nhận danh tính',
  card: 'Đã đối chiếu thẻ',
  verified: 'Danh tính đã xác nhận tại trạm y tế',
  national: 'Danh tính đã xác nhận bằng định danh điện tử',
}
const PART_NAMES: Readonly<Record<PaperPart, string>> = {
  basics: 'thông tin chung, dị ứng, bệnh, thuốc',
  family: 'tiền sử gia đình',
  immunisation: 'tiêm chủng',
  visits: 'lần khám',
  results: 'số đo, xét nghiệm',
  documents: 'giấy tờ',
}

/** The topics open to whoever entered; null for the person herself. */
const topicsOf = ({ actor }: Context): readonly Topic[] | null =>
  actor.kind === 'resident' ? (actor.acting?.topics ?? null) : []

/** Age as far as the birth date tells: in months under two years. */
function ageText(birth: string, today: string): string {
  const age = ageOn(birth, today)
  if (!age) return ''
  if (age.max < 2 && birth.length === 10) {
    const months =
      (Number(today.slice(0, 4)) - Number(birth.slice(0, 4))) * 12 +
      Number(today.slice(5, 7)) -
      Number(birth.slice(5, 7))
    return `${today.slice(8) < birth.slice(8) ? months - 1 : months} tháng tuổi`
  }
  return age.min === age.max ? `${age.max} tuổi` : `${age.min}–${age.max} tuổi`
}

const wardName = (code: string | null, today: string): string =>
  code === null ? '' : (wardAt(code, today)?.name ?? code)

/** The middle of a number stays hidden: a paper is left lying about. */
const masked = (value: string): string =>
  value.length < 8 ? value : `${value.slice(0, 3)}${'•'.repeat(value.length - 5)}${value.slice(-2)}`

const PAPERS: Readonly<Record<string, string>> = {
  cccd: 'Số căn cước',
  cmnd: 'Số chứng minh nhân dân',
  passport: 'Số hộ chiếu',
  bhxh: 'Mã số bảo hiểm xã hội',
  bhyt: 'Số thẻ bảo hiểm y tế',
}

/** Part A of form 831, from what identity knows: names, numbers, where she lives. */
function administrative({ ctx, book }: Entered, today: string): Section {
  const { demographics, level, ward } = book
  const facts: readonly (readonly [what: string, value: string])[] = [
    ['Họ và tên', demographics.name],
    ['Giới tính', SEX[demographics.sex] ?? 'Chưa rõ'],
    ['Ngày sinh', sayDate(demographics.birthDate)],
    ['Số sổ', bookNumber(ctx.keys, book.home)],
    ...demographics.identifiers.map(
      ({ system, value }) => [PAPERS[system] ?? system, masked(value)] as const,
    ),
    ['Nơi ở', [demographics.address ?? '', wardName(ward, today)].filter(Boolean).join(', ') || 'Chưa khai'],
    ['Mức xác thực', LEVEL[level] ?? level],
  ]
  const rows: Row[] = facts.map((cells) => ({ cells }))
  const columns = [
    { title: 'Mục', share: 2, strong: true },
    { title: 'Nội dung', share: 5 },
  ] as const
  return { title: 'A. Phần hành chính', columns, rows, absent: '' }
}

const titleOf = (parts: readonly PaperPart[]): string =>
  parts.length === PARTS.length
    ? 'Hồ sơ sức khỏe cá nhân (theo mẫu 831/QĐ-BYT)'
    : `Trích hồ sơ sức khỏe (theo mẫu 831/QĐ-BYT): ${parts.map((part) => PART_NAMES[part]).join('; ')}`

function leftOutOf(topics: readonly Topic[] | null, restricted: boolean): string | null {
  if (topics !== null)
    return 'Bản này do người đại diện lấy, chỉ gồm những phần chủ sổ đã mở cho người đại diện.'
  return restricted ? null : 'Bản này không gồm thông tin hạn chế, trừ khi chủ sổ chọn in.'
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Local time of Vietnam as a page shows it. */
function momentText(at: Date): string {
  const local = new Date(at.getTime() + 7 * 3_600_000)
  return `${sayDate(dayInVietnam(at))} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`
}

export interface Wish {
  readonly parts: readonly PaperPart[]
  /** Also what may be shown only with a grant of its own. */
  readonly restricted: boolean
  readonly publicUrl: string
  readonly code: string
  readonly isDisputed: (entry: Entry) => boolean
}

/** A book, or parts of it, in words: only what is open to whoever entered. */
export function compose(entered: Entered, entries: readonly Entry[], wish: Wish): Paper {
  const { ctx, book } = entered
  const { parts, restricted, publicUrl, code, isDisputed } = wish
  const { demographics, home, ward, level } = book
  const topics = topicsOf(ctx)
  const today = dayInVietnam(ctx.now())
  const lines = linesOfBook(restricted ? entries : entries.filter((entry) => !entry.restricted), isDisputed)
  const withBasics = parts.includes('basics') && (topics === null || topics.includes('basics'))
  const who = [SEX[demographics.sex] ?? 'Chưa rõ giới tính', ageText(demographics.birthDate, today)].filter(
    Boolean,
  )
  return {
    title: titleOf(parts),
    owner: demographics.name,
    ownerLines: [
      `${who.join(', ')}, sinh ${sayDate(demographics.birthDate)} · Số sổ ${bookNumber(ctx.keys, home)}`,
      [wardName(ward, today), LEVEL[level] ?? level].filter(Boolean).join(' · '),
    ],
    warning: withBasics ? warningOf(lines) : null,
    sections: [
      ...(withBasics ? [administrative(entered, today)] : []),
      ...sectionsOf(lines, parts, { topics, restricted }),
    ],
    leftOut: leftOutOf(topics, restricted),
    printed: momentText(ctx.now()),
    printedFor: topics === null ? 'theo yêu cầu của chủ sổ' : 'theo yêu cầu của người đại diện',
    code,
    codeUrl: `${publicUrl}/p/${readCheckCode(code) ?? code}`,
  }
}
