import { facilityOf } from '@sokhoe/codes'
import type { Access, Words } from '@sokhoe/model/reading'
import type { Action } from '../access/index.ts'
import type { EventRow } from '../audit/index.ts'

const both = (vi: string, en: string): Words => ({ vi, en })

/**
 * What each action is called in a sentence after who did it. Every action that anybody may ask for has a line here,
 * which the type holds; more exact ones name the kind of data too ('book.card live-code').
 */
const DID: Readonly<Record<Action, Words>> & Readonly<Record<string, Words>> = {
  'record.read': both('xem hồ sơ', 'looked at the record'),
  'record.read home': both('xem trang đầu của sổ', 'looked at the first page of the book'),
  'record.read timeline': both('xem diễn biến sức khỏe', 'looked at the timeline'),
  'record.read series': both('xem kết quả đo và xét nghiệm', 'looked at measurements and tests'),
  'record.read copy': both('giữ bản sao để đọc khi mất mạng', 'kept a copy for reading without network'),
  'record.read line': both('xem một dòng trong sổ', 'looked at one line of the book'),
  'record.read dispute': both('xem chỗ đã báo sai', 'looked at reported mistakes'),
  'record.read list': both('xem một danh mục trong sổ', 'looked at a list in the book'),
  'record.declare': both('khai sức khỏe', 'declared health facts'),
  'record.state': both('ghi điều tự khai', 'wrote down a statement'),
  'record.state measurement': both('ghi số đo tự đo', 'wrote down own measurements'),
  'record.read statement': both('xem điều đã tự khai', 'looked at own statements'),
  'record.dispute': both('báo chỗ sai trong sổ', 'reported something wrong in the book'),
  'record.put': both('ghi vào hồ sơ', 'wrote to the record'),
  'record.put declaration': both('khai sức khỏe', 'declared health facts'),
  'record.put visit': both('ghi một lần khám', 'wrote down a visit'),
  'record.put measurement': both('ghi số đo', 'wrote down measurements'),
  'record.put correction': both('sửa thông tin trong sổ theo giấy tờ', 'corrected the book by a document'),
  'record.put move': both('ghi nơi ở mới', 'wrote down where the person lives now'),
  'book.verified': both('xác nhận sổ bằng giấy tờ', 'verified the book by a document'),
  'book.unverified': both('rút lại xác nhận sổ', 'withdrew the verification'),
  'duplicate.not-same': both('ghi nhận hai sổ là của hai người', 'settled that two books are two people’s'),
  'duplicate.review': both(
    'chuyển hai sổ có thể trùng để xem xét',
    'sent on two books that may be one person’s',
  ),
  'duplicate.same': both('ghi nhận các hồ sơ là của một người', 'settled that records are one person’s'),
  'duplicate.different': both(
    'ghi nhận các hồ sơ là của những người khác nhau',
    'settled that records are different people’s',
  ),
  'duplicate.partly': both(
    'ghi nhận hồ sơ nào là của cùng một người',
    'settled which records are one person’s',
  ),
  'duplicate.later': both(
    'để lại hồ sơ có thể trùng để hỏi thêm',
    'put off records that may be one person’s',
  ),
  'duplicate.undone': both('rút lại quyết định về hồ sơ trùng', 'took back a decision about duplicates'),
  'record.erase': both('xóa dữ liệu theo yêu cầu', 'erased data as asked'),
  'book.card': both('mở thẻ sức khỏe', 'opened the health card'),
  'book.card live-code': both('hiện mã dùng một lần trên máy', 'showed a code for one use'),
  'book.card printed': both('in thẻ', 'printed the card'),
  'book.card renewed': both('thay mã in trên thẻ', 'renewed the printed code'),
  'book.print': both('in hoặc tải sổ', 'printed or downloaded the book'),
  'book.print bundle': both('tải toàn bộ sổ (FHIR)', 'downloaded the whole book (FHIR)'),
  'book.print page': both('tải sổ dạng trang đọc', 'downloaded the book as a page'),
  'book.print paper': both('in sổ ra giấy (PDF)', 'printed the book (PDF)'),
  'book.accesses': both('xem ai đã mở sổ', 'looked at who opened the book'),
  'record.state document': both('thêm ảnh giấy tờ', 'added a photo of a paper'),
  'record.read document': both('xem giấy tờ trong sổ', 'looked at papers in the book'),
  'request.read': both('xem yêu cầu về dữ liệu', 'looked at a request about the data'),
  'request.answer': both('trả lời yêu cầu về dữ liệu', 'answered a request about the data'),
  'book.request': both('gửi yêu cầu về dữ liệu', 'sent a request about the data'),
  'book.unlock': both('mở sổ trên máy mới', 'opened the book on a new device'),
  'book.raise': both('xác nhận bằng thẻ', 'confirmed with a card'),
  'book.raise national': both(
    'xác nhận bằng định danh điện tử quốc gia',
    'confirmed with the national electronic identity',
  ),
  'consent.read': both('xem các điều đã đồng ý', 'looked at the consents'),
  'consent.set': both('đổi điều đã đồng ý', 'changed a consent'),
  'proxy.read': both('xem người được thay mặt', 'looked at who may act for the person'),
  'proxy.grant': both('cho một người thay mặt', 'let somebody act for the person'),
  'proxy.end': both('dừng việc thay mặt', 'ended a right to act'),
  'proxy.begin': both('bắt đầu quyền thay mặt', 'began to act for the person'),
  'proxy.confirm': both('ghi lời đồng ý của em', 'wrote down the child’s yes'),
  'proxy.ask': both('xin quyền thay mặt', 'asked to act for somebody'),
  'proxy.preview': both('xem lời mời thay mặt', 'looked at an invitation to act'),
  'phone.change': both('chuyển sổ sang số điện thoại khác', 'moved the book to another number'),
  'phone.vouch': both('xác nhận người nhà đổi số', 'confirmed a relative’s new number'),
  'phone.undo': both('hủy việc chuyển sổ', 'kept the book at the old number'),
  'station.find': both('tìm sổ', 'searched for the book'),
  'station.verify': both('kiểm tra giấy tờ và xác nhận sổ', 'checked papers and verified the book'),
  'station.measure': both('đo và ghi số đo', 'measured and wrote down the values'),
  'station.assist': both('khai giúp tại chỗ', 'helped with a declaration'),
  'station.household': both('xem danh sách hộ gia đình', 'looked at the household list'),
  'station.unverify': both('rút lại xác nhận sổ', 'withdrew the verification'),
  'station.proxy': both('lập quyền thay mặt tại trạm', 'set up a right to act at the station'),
  'station.phone': both('đổi số điện thoại tại trạm', 'changed the telephone at the station'),
  'station.dispute': both('xem và trả lời chỗ báo sai', 'looked at and answered a reported mistake'),
  'station.duplicate': both('xem sổ có thể bị trùng', 'looked at possible duplicates'),
  'station.number': both('thay số giấy tờ trong sổ', 'replaced a number in the book'),
  'station.correct': both(
    'sửa họ tên, ngày sinh, giới tính theo giấy tờ',
    'corrected who the person is by a paper',
  ),
  'station.move': both('ghi nơi ở mới', 'wrote down where the person lives now'),
  'station.life': both('xem các lần thay đổi giấy tờ và nơi ở', 'looked at earlier numbers, names and homes'),
  'station.death': both('xem và ghi việc qua đời', 'looked at or recorded a death'),
  'station.revive': both('mở lại sổ đã đóng vì ghi nhầm', 'reopened a book that was closed by mistake'),
  'life.death': both('đóng sổ vì chủ sổ qua đời', 'closed the book on the person’s death'),
  'life.death-undone': both(
    'mở lại sổ, việc ghi qua đời là nhầm',
    'reopened the book: the death was a mistake',
  ),
  'life.alive': both('ghi nhận chủ sổ còn sống', 'noted that the person is alive'),
  'book.move': both('ghi nơi ở mới', 'wrote down where the person lives now'),
  'life.number': both('ghi số giấy tờ mới, giữ số cũ', 'kept the new number beside the old one'),
  'life.correction': both('ghi lần sửa và giấy tờ đã xem', 'kept the correction with its paper'),
  'life.move': both('chuyển sổ sang phường mới', 'moved the book to the new ward'),
  'station.merge': both(
    'xem hai sổ có thể là một để gộp',
    'looked at two books that may be one, to merge them',
  ),
  'station.unmerge': both('tách lại sổ đã gộp', 'parted merged books'),
  'station.link': both('gắn dữ liệu của một cơ sở vào sổ', 'joined a facility’s data to the book'),
  'station.unlink': both('tách dữ liệu của một cơ sở khỏi sổ', 'took a facility’s data out of the book'),
  'book.merge-proposed': both(
    'đề nghị gộp hai sổ của cùng một người',
    'proposed to merge two books of one person',
  ),
  'book.merge-expired': both(
    'đề nghị gộp hai sổ hết hạn vì không ai trả lời',
    'a proposal to merge two books ended since nobody answered',
  ),
  'book.merge-declined': both('không đồng ý gộp hai sổ', 'declined to merge two books'),
  'book.merged': both('gộp hai sổ của cùng một người', 'merged two books of one person'),
  'book.parted': both('tách sổ đã gộp thành hai sổ', 'parted a merged book into two'),
  'patient.unlinked': both('tách dữ liệu của một cơ sở khỏi sổ', 'took a facility’s data out of the book'),
  'token.issue': both('cấp mã truy cập cho chủ sổ', 'made an access token for the person'),
  'patient.linked': both('gắn dữ liệu của một cơ sở vào sổ', 'joined a facility’s data to the book'),
  'audit.read': both('xem nhật ký mở sổ', 'looked at who opened the book'),
  'exchange.read': both('đọc một phần hồ sơ', 'read part of the record'),
  'exchange.search': both('tìm trong hồ sơ', 'searched in the record'),
  'exchange.history': both('xem các lần sửa trong hồ sơ', 'looked at earlier versions in the record'),
  'exchange.write': both('ghi vào hồ sơ', 'wrote to the record'),
  'exchange.everything': both('đọc toàn bộ hồ sơ', 'read the whole record'),
  'exchange.summary': both('đọc bản tóm tắt sức khỏe', 'read the health summary'),
  'exchange.export': both('tải dữ liệu hàng loạt', 'downloaded data in bulk'),
  'exchange.event': both('được báo có dữ liệu mới', 'was told of new data'),
}

/** Why, as it goes on after what was done; nothing for one's own business. */
const WHY: Readonly<Record<string, Words>> = {
  treatment: both('để khám, chữa bệnh', 'for care'),
  'own-contribution': both('phần do chính nơi này gửi', 'what it had sent itself'),
  verification: both('để xác nhận đúng người', 'to make sure of the person'),
  life: both('vì có thay đổi trong đời sống', 'for a change in her life'),
  measurement: both('để ghi kết quả đo', 'to keep the measurement'),
  assistance: both('để giúp khai', 'to help with a declaration'),
  household: both('để lập danh sách theo hộ', 'for the list of households'),
  duplicate: both('để gộp sổ bị trùng', 'to settle duplicates'),
  family: both('cho người trong nhà', 'for the family'),
  search: both('để tìm đúng sổ', 'to find the right book'),
  request: both('để giải quyết yêu cầu', 'to settle the request'),
  dispute: both('để kiểm tra chỗ báo sai', 'to check the reported mistake'),
  proxy: both('thay mặt chủ sổ', 'on behalf of the person'),
}

const OWNER = both('Chủ sổ', 'The person')
const NOBODY = both('Người chưa đăng nhập', 'Somebody not signed in')
const SYSTEM = both('Hệ thống Sổ Khỏe', 'The system')
const PROGRAM = both('Phần mềm của cơ sở khám, chữa bệnh', 'A facility’s software')
const PROXY = both('Người đại diện', 'A representative')
const STAFF: Readonly<Record<string, Words>> = {
  station: both('Nhân viên trạm y tế', 'Health station worker'),
  'station-lead': both('Trưởng trạm y tế', 'Head of the health station'),
  department: both('Sở Y tế', 'Department of Health'),
  privacy: both('Người bảo vệ dữ liệu', 'Privacy officer'),
}
const WORKER = both('Nhân viên y tế', 'Health worker')

/** What a proxy's holder is to the book's person: the other way round of what the person is to her. */
const HOLDERS: Readonly<Record<string, Words>> = {
  child: both('Cha hoặc mẹ', 'Parent'),
  parent: both('Con', 'Child'),
  spouse: both('Vợ hoặc chồng', 'Spouse'),
  sibling: both('Anh chị em', 'Sibling'),
  grandparent: both('Cháu', 'Grandchild'),
  ward: both('Người giám hộ', 'Guardian'),
}

/** Who holds a proxy of this book, by the proxy's number. */
export type Holders = ReadonlyMap<number, { readonly name: string; readonly relation: string }>

function proxyWords(actor: string, holders: Holders): Words {
  const holder = holders.get(Number(actor.slice('proxy:'.length)))
  if (!holder) return PROXY
  const is = HOLDERS[holder.relation] ?? PROXY
  return both(`${is.vi} ${holder.name}`, `${is.en} ${holder.name}`)
}

function actorOf(actor: string, holders: Holders): Pick<Access, 'by' | 'who'> {
  if (actor === 'resident') return { by: 'self', who: OWNER }
  if (actor.startsWith('proxy:')) return { by: 'proxy', who: proxyWords(actor, holders) }
  if (actor.startsWith('staff:')) return { by: 'staff', who: STAFF[actor.slice('staff:'.length)] ?? WORKER }
  if (actor.startsWith('client:')) return { by: 'client', who: PROGRAM }
  return actor === 'nobody' ? { by: 'nobody', who: NOBODY } : { by: 'system', who: SYSTEM }
}

/** Unknown codes are shown as they are, never guessed. */
const didOf = (action: string, what: string | null): Words =>
  DID[`${action} ${what}`] ?? DID[action] ?? both(action, action)

/** The Department stands in no list of facilities. */
const DEPARTMENT = 'SYT'

const placeOf = (facility: string | null): string | null => {
  if (facility === null) return null
  return facility === DEPARTMENT ? 'Sở Y tế' : (facilityOf(facility)?.name ?? facility)
}

const REFUSED = both('nhưng bị từ chối', 'but was refused')

/** One event as a sentence in two halves: who, and what for what; a refused attempt says so. */
export function sayAccess(event: EventRow, holders: Holders): Access {
  const { at, actor, facility, purpose, action, what, refused } = event
  const did = didOf(action, what)
  const why = WHY[purpose ?? '']
  const more = [...(why ? [why] : []), ...(refused ? [REFUSED] : [])]
  return {
    at: at.toISOString(),
    ...actorOf(actor, holders),
    did: both(
      [did.vi, ...more.map(({ vi }) => vi)].join(', '),
      [did.en, ...more.map(({ en }) => en)].join(', '),
    ),
    place: placeOf(facility),
    refused,
  }
}

/** The line of 'who looked' that `GET /api/me/accesses` has always given, in Vietnamese. */
interface ToldAccess {
  /** Instant, ISO 8601. */
  readonly at: string
  readonly who: string
  readonly facility: string | null
  readonly purpose: string
  readonly what: string
}

const PURPOSES: Readonly<Record<string, string>> = {
  own: 'Việc của chính chủ sổ',
  treatment: 'Khám, chữa bệnh',
  'own-contribution': 'Phần do chính nơi này gửi',
  system: 'Vận hành hệ thống',
}

/** A facility's program that was refused had nothing else in mind than the others that come. */
const purposeOf = (actor: string, purpose: string | null): string =>
  purpose ?? (actor.startsWith('client:') ? 'treatment' : 'system')

function whoOf(actor: string): string {
  if (actor.startsWith('staff:')) return 'Nhân viên y tế'
  if (actor.startsWith('proxy:')) return 'Người đại diện'
  if (actor.startsWith('client:')) return PROGRAM.vi
  if (actor === 'nobody') return 'Chưa đăng nhập'
  return actor === 'resident' ? OWNER.vi : SYSTEM.vi
}

export function tellAccess({
  at,
  actor,
  facility,
  purpose,
  action,
  what: kind,
  refused,
}: EventRow): ToldAccess {
  const { vi } = didOf(action, kind)
  const what = `${vi.slice(0, 1).toUpperCase()}${vi.slice(1)}`
  return {
    at: at.toISOString(),
    who: whoOf(actor),
    facility: placeOf(facility),
    purpose: PURPOSES[purposeOf(actor, purpose)] ?? purposeOf(actor, purpose),
    what: refused ? `${what} (bị từ chối)` : what,
  }
}
