import { facilityOf } from '@sokhoe/codes'
import type { EventRow } from '../audit/index.ts'

export interface Access {
  /** Instant, ISO 8601. */
  readonly at: string
  readonly who: string
  readonly facility: string | null
  readonly purpose: string
  readonly what: string
}

const WHO: Readonly<Record<string, string>> = {
  resident: 'Chủ sổ',
  nobody: 'Chưa đăng nhập',
}
const ACTIONS: Readonly<Record<string, string>> = {
  'record.read': 'Xem hồ sơ',
  'record.put': 'Ghi vào hồ sơ',
  'record.put declaration': 'Khai sức khỏe',
  'book.card': 'Mở thẻ sức khỏe',
  'book.card live-code': 'Hiện mã dùng một lần trên máy',
  'book.card printed': 'In thẻ',
  'book.card renewed': 'Thay mã in trên thẻ',
  'book.print': 'In hoặc tải sổ',
  'book.print bundle': 'Tải toàn bộ sổ (FHIR)',
  'book.print page': 'Tải sổ dạng trang đọc',
  'book.print paper': 'In sổ ra giấy (PDF)',
  'book.unlock': 'Mở sổ trên máy mới',
  'book.raise': 'Xác nhận bằng thẻ',
}
const PURPOSES: Readonly<Record<string, string>> = {
  own: 'Việc của chính chủ sổ',
  treatment: 'Khám, chữa bệnh',
  system: 'Vận hành hệ thống',
}

function whoOf(actor: string): string {
  if (actor.startsWith('staff:')) return 'Nhân viên y tế'
  if (actor.startsWith('proxy:')) return 'Người đại diện'
  return WHO[actor] ?? 'Hệ thống Sổ Khỏe'
}

/** One line of 'who looked', in words; a refused attempt says so. Unknown codes are shown as they are, never guessed. */
export function tellAccess({ at, actor, facility, purpose, action, what: kind, refused }: EventRow): Access {
  const what = ACTIONS[`${action} ${kind}`] ?? ACTIONS[action] ?? action
  return {
    at: at.toISOString(),
    who: whoOf(actor),
    facility: facility === null ? null : (facilityOf(facility)?.name ?? facility),
    purpose: PURPOSES[purpose ?? 'system'] ?? purpose ?? 'system',
    what: refused ? `${what} (bị từ chối)` : what,
  }
}
