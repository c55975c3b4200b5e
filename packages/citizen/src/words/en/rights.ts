import type { WordsOf } from '@sokhoe/ui/speech'
import type { rights as phrases } from '../vi/rights.ts'

export const rights: WordsOf<typeof phrases> = {
  'consent.treatment': 'Those who treat me may read the book',
  'consent.programme': 'The station may call and remind me',
  'consent.research': 'Use in statistics that name nobody',
  'looked.title': 'Who looked at my book',
  'looked.loading': 'Getting the list…',
  'looked.empty': 'Nobody else has looked. Every look will show here.',
  'looked.own': 'Opened by me ({n})',
  'access.Chủ sổ': 'Me',
  'access.Chưa đăng nhập': 'Not signed in',
  'access.Nhân viên y tế': 'Health worker',
  'access.Hệ thống Sổ Khỏe': 'Sổ Khỏe system',
  'access.Xem hồ sơ': 'Read the record',
  'access.Khai sức khỏe': 'Declared',
  'access.Ghi vào hồ sơ': 'Wrote to the record',
  'access.Mở thẻ sức khỏe': 'Opened the health card',
  'access.Mở sổ trên máy mới': 'Opened the book on a new device',
  'access.Xác nhận bằng thẻ': 'Confirmed with a card',
  'access.Việc của chính chủ sổ': 'The owner’s own business',
  'access.Khám, chữa bệnh': 'Treatment',
  'access.Vận hành hệ thống': 'Running the system',
}
