import { ask, askYear, choose, count, group, type Option, part } from './form-build.ts'

const RELATIONS: readonly Option[] = [
  ['CHU_HO', 'Chủ hộ', 'Head of household'],
  ['VO', 'Vợ', 'Wife'],
  ['CHONG', 'Chồng', 'Husband'],
  ['CON', 'Con', 'Child'],
  ['CHA', 'Cha', 'Father'],
  ['ME', 'Mẹ', 'Mother'],
  ['ANH_CHI_EM', 'Anh chị em', 'Sibling'],
  ['ONG_BA', 'Ông bà', 'Grandparent'],
  ['CHAU', 'Cháu', 'Grandchild, nephew or niece'],
  ['CON_DAU_RE', 'Con dâu, con rể', 'Child-in-law'],
  ['BO_ME_VO_CHONG', 'Cha mẹ vợ, cha mẹ chồng', 'Parent-in-law'],
  ['GIAM_HO', 'Người giám hộ', 'Guardian'],
  ['CHAM_SOC', 'Người chăm sóc', 'Carer'],
  ['DAI_DIEN', 'Người đại diện hợp pháp', 'Legal representative'],
  ['KHAC', 'Người khác', 'Other'],
]

/** The 54 peoples of Việt Nam in the order of the official list, and foreigners. */
const PEOPLES =
  'Kinh|Tày|Thái|Hoa|Khmer|Mường|Nùng|Mông|Dao|Gia Rai|Ngái|Ê Đê|Ba Na|Xơ Đăng|Sán Chay|Cơ Ho|Chăm|Sán Dìu|Hrê|Mnông|Ra Glai|Xtiêng|Bru - Vân Kiều|Thổ|Giáy|Cơ Tu|Gié - Triêng|Mạ|Khơ Mú|Co|Tà Ôi|Chơ Ro|Kháng|Xinh Mun|Hà Nhì|Chu Ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La|Pu Péo|Brâu|Ơ Đu|Rơ Măm'

const peoples: readonly Option[] = [
  ...PEOPLES.split('|').map((name, at): Option => [String(at + 1).padStart(2, '0'), name, name]),
  ['55', 'Người nước ngoài', 'Foreigner'],
]

const PHONE = '[+(]?[0-9][0-9 .()-]{6,18}'

/** Section A as far as it is needed to know whose book this is. */
export const identityPart = part(
  'identity',
  'A',
  ['Thông tin của tôi', 'About me'],
  [
    ask('A.01', 'string', ['Họ và tên', 'Full name'], {
      required: true,
      max: 100,
      hint: ['Viết như trên giấy tờ, có dấu', 'As on the papers'],
    }),
    choose(
      'A.02',
      ['Giới tính', 'Sex'],
      [
        ['1', 'Nam', 'Male'],
        ['2', 'Nữ', 'Female'],
        ['3', 'Chưa xác định', 'Undetermined'],
      ],
      { required: true },
    ),
    ask('A.05', 'date', ['Ngày sinh', 'Date of birth'], {
      required: true,
      hint: ['Không nhớ ngày thì ghi năm', 'The year is enough if the day is not known'],
    }),
    ask('A.11', 'string', ['Số định danh (căn cước công dân)', 'Personal identity number'], {
      max: 12,
      pattern: '[0-9]{9}|[0-9]{12}',
      hint: [
        '12 số trên thẻ căn cước, hoặc 9 số trên chứng minh nhân dân cũ',
        '12 digits, or 9 on the old card',
      ],
    }),
    ask('A.11.old', 'string', ['Số chứng minh nhân dân cũ', 'Old identity card number'], {
      max: 9,
      pattern: '[0-9]{9}',
    }),
    ask('A.12', 'date', ['Ngày cấp', 'Date of issue']),
    ask('A.11.passport', 'string', ['Số hộ chiếu', 'Passport number'], {
      max: 20,
      pattern: '[A-Za-z0-9]{5,20}',
      hint: ['Khi không có thẻ căn cước', 'Where there is no identity card'],
    }),
    ask('A.14', 'string', ['Mã số BHXH hoặc số thẻ BHYT', 'Social or health insurance number'], {
      max: 15,
      pattern: '[0-9]{10}|[A-Za-z]{2}[0-9]{13}',
      hint: ['10 số, hoặc 15 ký tự trên thẻ', '10 digits, or the 15 characters on the card'],
    }),
    group(
      'A.18',
      ['Nơi ở hiện tại', 'Where I live now'],
      [
        ask('A.18.1', 'string', ['Số nhà, đường, khu phố', 'House, street, quarter'], { max: 200 }),
        ask('A.18.2', 'choice', ['Phường, xã', 'Ward or commune'], { valueSet: 'urn:sokhoe:codes:wards' }),
      ],
    ),
  ],
)

/** The rest of section A, which can wait. */
export const aboutPart = part(
  'about',
  'about',
  ['Thông tin thêm', 'More about me'],
  [
    choose(
      'A.03',
      ['Nhóm máu ABO', 'Blood group ABO'],
      [
        ['A', 'A', 'A'],
        ['B', 'B', 'B'],
        ['AB', 'AB', 'AB'],
        ['O', 'O', 'O'],
      ],
      { hint: ['Chỉ chọn khi có kết quả xét nghiệm', 'Only from a laboratory result'] },
    ),
    choose(
      'A.04',
      ['Nhóm máu Rh', 'Blood group Rh'],
      [
        ['+', 'Rh+', 'Rh+'],
        ['-', 'Rh−', 'Rh−'],
      ],
    ),
    ask('A.06', 'string', ['Tỉnh, thành phố đăng ký khai sinh', 'Province of birth registration'], {
      max: 100,
    }),
    choose('A.07', ['Dân tộc', 'Ethnic group'], peoples),
    choose(
      'A.08',
      ['Quốc tịch', 'Nationality'],
      [
        ['VN', 'Việt Nam', 'Việt Nam'],
        ['other', 'Nước khác', 'Another country'],
      ],
    ),
    ask('A.10', 'string', ['Nghề nghiệp', 'Occupation'], { max: 100 }),
    ask('A.13', 'string', ['Nơi cấp giấy tờ', 'Place of issue of the card'], { max: 100 }),
    choose('A.16', ['Quan hệ với chủ hộ', 'Relation to the head of household'], RELATIONS),
    group(
      'A.17',
      ['Nơi đăng ký thường trú', 'Permanent address'],
      [
        ask('A.17.1', 'string', ['Số nhà, đường, phường xã', 'House, street, ward'], { max: 200 }),
        ask('A.17.4', 'string', ['Tỉnh, thành phố', 'Province or city'], { max: 100 }),
      ],
    ),
    ask('A.19', 'string', ['Điện thoại bàn', 'Landline'], { max: 20, pattern: PHONE }),
    ask('A.20', 'string', ['Điện thoại di động khác', 'Another mobile number'], { max: 20, pattern: PHONE }),
    ask('A.21', 'string', ['Thư điện tử', 'Email'], { max: 100, pattern: '[^@\\s]+@[^@\\s]+' }),
    group(
      'A.22',
      ['Người thân, người chăm sóc', 'Relatives and carers'],
      [
        choose('A.22.1', ['Quan hệ', 'Relation'], RELATIONS),
        ask('A.22.2', 'string', ['Họ và tên', 'Full name'], { max: 100, required: true }),
        ask('A.22.5', 'string', ['Điện thoại di động', 'Mobile number'], { max: 20, pattern: PHONE }),
        ask('A.22.6', 'boolean', ['Là người giám hộ', 'Is my guardian']),
      ],
      { repeats: true },
    ),
    ask('B8.1', 'text', ['Điều khác muốn cho biết', 'Anything else to tell'], { max: 1000 }),
  ],
)

/** Section B1: how I was born. */
export const birthPart = part(
  'birth',
  'B1',
  ['Lúc mới sinh', 'At birth'],
  [
    choose(
      'B1.1',
      ['Sinh thường hay sinh mổ?', 'How was the birth?'],
      [
        ['0', 'Sinh thường', 'Vaginal'],
        ['1', 'Sinh mổ', 'Caesarean'],
      ],
    ),
    ask('B1.2', 'boolean', ['Sinh thiếu tháng (sinh non)?', 'Born too early?']),
    ask('B1.3', 'boolean', ['Bị ngạt lúc sinh?', 'Short of breath at birth?']),
    ask('B1.4', 'decimal', ['Cân nặng lúc sinh', 'Birth weight'], {
      unit: ['g', 'g'],
      hard: [200, 8000],
      likely: [1500, 5000],
    }),
    ask('B1.5', 'decimal', ['Chiều dài lúc sinh', 'Birth length'], {
      unit: ['cm', 'cm'],
      hard: [15, 80],
      likely: [40, 60],
    }),
    ask('B1.6', 'text', ['Dị tật bẩm sinh (có từ lúc sinh)', 'Congenital defect'], { max: 500 }),
    ask('B1.7', 'text', ['Vấn đề khác lúc sinh', 'Other problem at birth'], { max: 500 }),
  ],
)

/** Section B7: asked of women only, and shown with discretion. */
export const reproductivePart = part(
  'reproductive',
  'B7',
  ['Sức khỏe sinh sản', 'Reproductive health'],
  [
    ask('B7.1', 'string', ['Đang dùng biện pháp tránh thai nào?', 'Contraception in use'], {
      max: 200,
      sensitive: true,
    }),
    askYear('B7.2', ['Lần có thai gần nhất vào năm nào?', 'Year of the last pregnancy'], { sensitive: true }),
    count('B7.3', ['Số lần có thai', 'Pregnancies'], { sensitive: true }),
    count('B7.4', ['Số lần sảy thai', 'Miscarriages'], { sensitive: true }),
    count('B7.5', ['Số lần phá thai', 'Induced abortions'], { sensitive: true }),
    count('B7.6', ['Số lần sinh', 'Births'], { sensitive: true }),
    count('B7.7', ['Số lần sinh thường', 'Vaginal births'], { sensitive: true }),
    count('B7.8', ['Số lần sinh mổ', 'Caesareans'], { sensitive: true }),
    count('B7.9', ['Số lần sinh khó', 'Difficult births'], { sensitive: true }),
    count('B7.10', ['Số lần sinh đủ tháng', 'Term births'], { sensitive: true }),
    count('B7.11', ['Số lần sinh non (thiếu tháng)', 'Preterm births'], { sensitive: true }),
    count('B7.12', ['Số con hiện có', 'Living children'], { sensitive: true }),
    ask('B7.13', 'text', ['Bệnh phụ khoa đã có', 'Gynaecological disease'], { max: 500, sensitive: true }),
  ],
  { when: [['A.02', '2']], sensitive: true },
)
