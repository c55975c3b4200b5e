import type { Definition } from '@sokhoe/model/coverage'

const FEED = {
  vi: 'Sổ Khỏe: mỗi lần một sổ được mở, đổi mức xác thực, đổi nơi ở hoặc đóng; không đọc hồ sơ của ai.',
  en: 'Sổ Khỏe: each time a book is opened, becomes surer, moves or closes; nobody’s record is read.',
}
const NOW = { vi: 'Thời điểm ghi ở đầu trang.', en: 'The time at the top of the page.' }
const CLOSED = {
  vi: 'Sổ đã đóng. Người ở nơi khác đến khai được tính ở phường, xã đang ở, nếu đã cho biết.',
  en: 'Closed books. Somebody who lives elsewhere counts where she lives, if she said so.',
}
const PEOPLE = {
  vi: 'Dân số ước tính của cùng nơi (xem “Dân số ước tính”).',
  en: 'The estimated population of the same place (see “Estimated population”).',
}

/** What each number on the Department's and the stations' screens means; the key is what screens ask by. */
export const DEFINITIONS: readonly Definition[] = [
  {
    key: 'coverage.registered',
    name: { vi: 'Người có sổ', en: 'People with a book' },
    numerator: {
      vi: 'Số người có sổ đang mở, ở mọi mức xác thực. Mỗi người tính một lần.',
      en: 'People whose book is open, at any level. Each person counts once.',
    },
    denominator: null,
    exclusions: CLOSED,
    source: FEED,
    asOf: NOW,
  },
  {
    key: 'coverage.verified',
    name: { vi: 'Sổ đã xác nhận', en: 'Verified books' },
    numerator: {
      vi: 'Trong số người có sổ: người đã được trạm đối chiếu giấy tờ trước mặt.',
      en: 'Of the people with a book: those whose papers a station compared face to face.',
    },
    denominator: null,
    exclusions: CLOSED,
    source: FEED,
    asOf: NOW,
  },
  {
    key: 'coverage.share',
    name: { vi: 'Tỷ lệ người có sổ', en: 'Share of people with a book' },
    numerator: {
      vi: 'Số người có sổ ở mức xác thực và lứa tuổi đang chọn. Tuổi lấy năm đang xem trừ năm sinh.',
      en: 'People with a book of the chosen level and age. Age is the year shown less the year of birth.',
    },
    denominator: PEOPLE,
    exclusions: {
      vi: 'Nơi có từ 1 đến 4 người được ẩn. Nơi vượt 100% vẫn hiện và được đánh dấu: dân số ước tính thấp hơn thực tế, hoặc có sổ trùng.',
      en: 'Places with 1 to 4 people are hidden. A place above 100 % is shown and marked: its population is underestimated, or books are double.',
    },
    source: FEED,
    asOf: NOW,
  },
  {
    key: 'coverage.missing',
    name: { vi: 'Còn thiếu tới mục tiêu', en: 'Missing to the target' },
    numerator: {
      vi: '90% dân số ước tính, làm tròn lên, trừ số người có sổ đang chọn; không nhỏ hơn 0.',
      en: '90 % of the estimated population, rounded up, less the people counted; never below 0.',
    },
    denominator: null,
    exclusions: {
      vi: 'Nơi chưa có dân số ước tính hoặc có từ 1 đến 4 người.',
      en: 'Places without an estimated population, or with 1 to 4 people.',
    },
    source: FEED,
    asOf: NOW,
  },
  {
    key: 'coverage.target',
    name: { vi: 'Mục tiêu 90%', en: 'The 90 % target' },
    numerator: {
      vi: 'Nơi có tỷ lệ người có sổ từ 90% trở lên.',
      en: 'Places where at least 90 % of the people have a book.',
    },
    denominator: { vi: 'Mọi phường, xã, đặc khu.', en: 'All wards, communes and the special zone.' },
    exclusions: {
      vi: 'Nơi chưa có sổ nào vẫn nằm trong mẫu số.',
      en: 'Places without any book stay in the denominator.',
    },
    source: FEED,
    asOf: NOW,
  },
  {
    key: 'coverage.new',
    name: { vi: 'Sổ mới mỗi tuần', en: 'New books a week' },
    numerator: {
      vi: 'Sổ mở trong tuần (thứ Hai đến Chủ nhật) trừ sổ đóng trong tuần, mọi lứa tuổi và mức xác thực.',
      en: 'Books opened in the week (Monday to Sunday) less books closed in it, all ages and levels.',
    },
    denominator: null,
    exclusions: {
      vi: 'Tuần cuối cùng chưa hết thì chỉ tính đến thời điểm đang xem.',
      en: 'A week that is not over counts until the time shown.',
    },
    source: FEED,
    asOf: NOW,
  },
  {
    key: 'population.merger-map',
    name: { vi: 'Dân số ước tính', en: 'Estimated population' },
    numerator: {
      vi: 'Dân số của 168 phường, xã, đặc khu công bố khi sắp xếp đơn vị hành chính.',
      en: 'Residents of the 168 units as published when the units were rearranged.',
    },
    denominator: null,
    exclusions: {
      vi: 'Chưa cập nhật người đến, đi, sinh, mất sau ngày công bố. Cộng 168 nơi được 14.544.929 người, nhiều hơn 14.002.598 người công bố chung cho toàn thành phố.',
      en: 'People who came, left, were born or died since then are not in it. The 168 units add up to 14,544,929, more than the 14,002,598 published for the city as a whole.',
    },
    source: {
      vi: 'Bản đồ sáp nhập của Nhà xuất bản Tài nguyên, Môi trường và Bản đồ Việt Nam (sapnhap.bando.com.vn).',
      en: 'The merger map of the state cartography publisher (sapnhap.bando.com.vn).',
    },
    asOf: { vi: 'Tháng 7/2025.', en: 'July 2025.' },
  },
  {
    key: 'population.age-shape',
    name: { vi: 'Dân số ước tính theo tuổi', en: 'Estimated population by age' },
    numerator: {
      vi: 'Dân số ước tính của nơi đó nhân với tỷ trọng lứa tuổi của toàn thành phố. Cơ cấu tuổi thật của từng nơi chưa được công bố: chỉ nên xem là gần đúng.',
      en: 'The place’s estimated population times the age group’s share of the whole city. The real ages of each place are not published: read it as a rough figure.',
    },
    denominator: null,
    exclusions: {
      vi: 'Nhóm 15–19 tuổi được chia đều theo năm tuổi khi một nhóm cắt ngang.',
      en: 'The ages 15 to 19 are divided evenly by years where a group cuts through them.',
    },
    source: {
      vi: 'Bản đồ sáp nhập tháng 7/2025; hình tháp tuổi dựng theo tổng số của tổng điều tra 2019.',
      en: 'Merger map of July 2025; an age pyramid shaped to the totals of the census of 2019.',
    },
    asOf: { vi: 'Tháng 7/2025 và 01/04/2019.', en: 'July 2025 and 1 April 2019.' },
  },
  {
    key: 'coverage.old-ward',
    name: { vi: 'Phường, xã cũ', en: 'Old wards' },
    numerator: {
      vi: 'Người có sổ, theo phường, xã của ngày 30/06/2025 mà địa chỉ của họ nêu, hoặc là nơi duy nhất lập thành phường, xã hiện nay.',
      en: 'People with a book, by the ward of 30 June 2025 that their address names, or that alone became their ward of today.',
    },
    denominator: null,
    exclusions: {
      vi: 'Người mà không ai biết ở phường, xã cũ nào được đếm riêng, không chia theo phỏng đoán.',
      en: 'People of whom nobody knows the old ward are told apart, and never shared out by guess.',
    },
    source: FEED,
    asOf: NOW,
  },
  {
    key: 'coverage.old-district',
    name: { vi: 'Quận, huyện cũ', en: 'Old districts' },
    numerator: {
      vi: 'Cộng các phường, xã hiện nay nằm trọn trong quận, huyện của ngày 30/06/2025.',
      en: 'The sum of today’s wards that lie wholly inside the district of 30 June 2025.',
    },
    denominator: {
      vi: 'Dân số ước tính của chính các phường, xã đó.',
      en: 'The estimated population of these same wards.',
    },
    exclusions: {
      vi: 'Phường, xã lập từ nhiều quận, huyện được nêu tên và không chia theo phỏng đoán.',
      en: 'Wards made from several districts are named, and never shared out by guess.',
    },
    source: {
      vi: 'Bảng chuyển đổi mã đơn vị hành chính của Cục Thống kê.',
      en: 'The statistics office’s conversion table of administrative units.',
    },
    asOf: { vi: '01/07/2025.', en: '1 July 2025.' },
  },
  {
    key: 'board.usual',
    name: { vi: 'Mức thường của giờ này', en: 'Usual for this hour' },
    numerator: {
      vi: 'Số sổ mới cùng giờ, cùng thứ trong 8 tuần trước.',
      en: 'New books of the same hour and weekday in the 8 weeks before.',
    },
    denominator: {
      vi: 'Số tuần đã có sổ, nhiều nhất là 8.',
      en: 'Weeks since the first book, at most 8.',
    },
    exclusions: {
      vi: 'Chưa đủ một tuần thì không có mức thường.',
      en: 'There is no usual number before a whole week has passed.',
    },
    source: FEED,
    asOf: NOW,
  },
]
