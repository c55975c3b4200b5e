import {
  ask,
  askYear,
  choose,
  group,
  NONE,
  type Option,
  part,
  say,
  UNKNOWN,
  YES_NO_UNKNOWN,
} from './form-build.ts'

/** The version of the consent texts below: a change of a word there is a new version. */
const CONSENT_VERSION = '2026-11'

/** The 15 diseases of the form, and three it lacks that a doctor must know of; often met ones first. */
const DISEASES: readonly Option[] = [
  ['2', 'Tăng huyết áp', 'High blood pressure', { hint: ['Huyết áp cao, “cao máu”', 'Hypertension'] }],
  ['3', 'Đái tháo đường (tiểu đường)', 'Diabetes'],
  ['lipid', 'Rối loạn mỡ máu (mỡ máu cao)', 'High blood fats'],
  ['1', 'Bệnh tim mạch (bệnh tim)', 'Heart or vessel disease'],
  ['stroke', 'Đột quỵ (tai biến mạch máu não)', 'Stroke'],
  ['6', 'Hen suyễn (suyễn)', 'Asthma'],
  ['5', 'Bệnh phổi mạn tính', 'Chronic lung disease'],
  ['kidney', 'Bệnh thận mạn (suy thận)', 'Chronic kidney disease'],
  ['4', 'Bệnh dạ dày (bao tử)', 'Stomach disease'],
  ['8', 'Viêm gan', 'Hepatitis'],
  ['7', 'Bướu cổ', 'Goitre'],
  ['13', 'Ung thư', 'Cancer'],
  ['14', 'Lao', 'Tuberculosis'],
  ['12', 'Động kinh', 'Epilepsy'],
  ['10', 'Bệnh tâm thần', 'Mental illness'],
  ['11', 'Tự kỷ', 'Autism'],
  ['9', 'Tim bẩm sinh', 'Congenital heart disease'],
  ['15', 'Bệnh khác', 'Another disease'],
]

const STATUS: readonly Option[] = [
  ['1', 'Đang mắc', 'Still ill'],
  ['0', 'Đã khỏi', 'Healed'],
]

const status = (disease: string) =>
  choose(`B3.2.2.${disease}`, ['Hiện nay thế nào?', 'How is it now?'], STATUS, {
    when: [['B3.2.1', disease]],
  })

const conditions = group(
  'B3.2',
  ['Bệnh đang có', 'My diseases'],
  [
    choose(
      'B3.2.1',
      ['Đang có bệnh nào dưới đây?', 'Which of these diseases?'],
      [...DISEASES, NONE, UNKNOWN],
      {
        repeats: true,
        sensitive: true,
        hint: ['Chọn mọi bệnh bác sĩ đã từng nói', 'All that a doctor has ever named'],
      },
    ),
    choose('medicine.2', ['Đang uống thuốc huyết áp?', 'Taking blood pressure medicine?'], YES_NO_UNKNOWN, {
      when: [['B3.2.1', '2']],
    }),
    askYear('B3.2.3.2', ['Biết tăng huyết áp từ khoảng năm nào?', 'Since about which year?'], {
      when: [['B3.2.1', '2']],
    }),
    choose('medicine.3', ['Đang dùng thuốc tiểu đường?', 'Taking diabetes medicine?'], YES_NO_UNKNOWN, {
      when: [['B3.2.1', '3']],
    }),
    askYear('B3.2.3.3', ['Biết tiểu đường từ khoảng năm nào?', 'Since about which year?'], {
      when: [['B3.2.1', '3']],
    }),
    ask('B3.2.3.8', 'string', ['Viêm gan loại nào? (A, B, C…)', 'Which hepatitis? (A, B, C…)'], {
      max: 200,
      when: [['B3.2.1', '8']],
    }),
    status('8'),
    ask('B3.2.3.13', 'string', ['Ung thư gì?', 'Which cancer?'], { max: 200, when: [['B3.2.1', '13']] }),
    status('13'),
    ask('B3.2.3.14', 'string', ['Lao ở đâu? (phổi, hạch…)', 'Tuberculosis of what?'], {
      max: 200,
      when: [['B3.2.1', '14']],
    }),
    status('14'),
    ask('B3.2.3.15', 'string', ['Tên bệnh khác', 'Name of the other disease'], {
      max: 200,
      repeats: true,
      when: [['B3.2.1', '15']],
    }),
  ],
)

/** What people here are allergic to most; codes of the allergen list. */
const ALLERGENS: readonly Option[] = [
  ['ALG001', 'Penicilin, amoxicilin', 'Penicillins'],
  ['ALG002', 'Cephalosporin (cefuroxim, cefixim…)', 'Cephalosporins'],
  ['ALG004', 'Thuốc sulfa (Bactrim, Biseptol)', 'Sulfonamide antibiotics'],
  ['ALG011', 'Aspirin', 'Aspirin'],
  ['ALG012', 'Thuốc giảm đau, kháng viêm (ibuprofen, diclofenac…)', 'Anti-inflammatory painkillers'],
  ['ALG013', 'Paracetamol', 'Paracetamol'],
  ['ALG020', 'Thuốc cản quang (tiêm khi chụp phim)', 'Contrast for X-ray'],
  ['ALG022', 'Thuốc tê', 'Local anaesthetic'],
  ['ALG036', 'Tôm', 'Shrimp'],
  ['ALG037', 'Cua, ghẹ', 'Crab'],
  ['ALG039', 'Nghêu, sò, ốc', 'Shellfish'],
  ['ALG040', 'Cá biển', 'Sea fish'],
  ['ALG041', 'Sữa bò', 'Cow milk'],
  ['ALG042', 'Trứng', 'Egg'],
  ['ALG043', 'Đậu phộng', 'Peanut'],
  ['ALG054', 'Bụi nhà', 'House dust'],
  ['ALG055', 'Phấn hoa', 'Pollen'],
  ['ALG061', 'Ong đốt', 'Bee sting'],
  ['ALG063', 'Cao su (găng tay y tế)', 'Latex'],
]

/** The four kinds of allergy of the form. */
export const ALLERGY_KINDS: readonly Option[] = [
  ['1', 'Thuốc', 'Medicine'],
  ['2', 'Hóa chất, mỹ phẩm', 'Chemicals, cosmetics'],
  ['3', 'Thức ăn', 'Food'],
  ['4', 'Thứ khác', 'Something else'],
]

const allergies = [
  choose(
    'allergy',
    ['Dị ứng với những gì?', 'Allergic to what?'],
    [...ALLERGENS, ['other', 'Thứ khác', 'Something else'], NONE, UNKNOWN],
    { repeats: true, hint: ['Thuốc, thức ăn hay thứ khác', 'Medicines, food or other things'] },
  ),
  group(
    'B3.1',
    ['Dị ứng khác', 'Another allergy'],
    [
      choose('B3.1.1', ['Loại', 'Kind'], ALLERGY_KINDS),
      ask('B3.1.2', 'string', ['Tên thứ gây dị ứng', 'What causes it'], { max: 200, required: true }),
      ask('B3.1.3', 'text', ['Khi dị ứng bị thế nào?', 'What happens then?'], { max: 500 }),
    ],
    { repeats: true, when: [['allergy', 'other']] },
  ),
]

const medicines = [
  choose(
    'medicine',
    ['Đang dùng thuốc nào thường xuyên?', 'Which medicines regularly?'],
    [
      ['blood-pressure', 'Thuốc huyết áp', 'For blood pressure'],
      ['diabetes', 'Thuốc tiểu đường', 'For diabetes'],
      ['lipid', 'Thuốc mỡ máu', 'For blood fats'],
      ['heart', 'Thuốc tim', 'For the heart'],
      ['anticoagulant', 'Thuốc loãng máu (chống đông)', 'Blood thinner'],
      ['inhaler', 'Thuốc xịt, hít cho phổi', 'Inhaler'],
      ['stomach', 'Thuốc dạ dày (bao tử)', 'For the stomach'],
      ['painkiller', 'Thuốc giảm đau', 'Painkiller'],
      ['traditional', 'Thuốc nam, thuốc bắc', 'Traditional medicine'],
      ['other', 'Thuốc khác', 'Another medicine'],
      NONE,
      UNKNOWN,
    ],
    { repeats: true },
  ),
  ask('medicine.name', 'string', ['Tên thuốc khác', 'Name of the other medicine'], {
    max: 200,
    repeats: true,
    hint: ['Ghi như trên hộp hay toa thuốc', 'As on the box or prescription'],
    when: [['medicine', 'other']],
  }),
]

const smoking = group(
  'B2.1',
  ['Hút thuốc', 'Smoking'],
  [
    choose(
      'B2.1.a',
      ['Có hút thuốc lá, thuốc lào không?', 'Smoking?'],
      [
        ['0', 'Không hút', 'No'],
        ['1', 'Có, không phải ngày nào cũng hút', 'Yes, not every day'],
        ['2', 'Hút hằng ngày', 'Every day'],
      ],
    ),
    ask('B2.1.b', 'boolean', ['Trước đây có hút và đã bỏ?', 'Smoked before and stopped?'], {
      when: [['B2.1.a', '0']],
    }),
  ],
)

const measures = [
  ask('D2.1.6', 'decimal', ['Chiều cao', 'Height'], {
    unit: ['cm', 'cm'],
    hard: [30, 250],
    likely: [120, 200],
  }),
  ask('D2.1.7', 'decimal', ['Cân nặng', 'Weight'], {
    unit: ['kg', 'kg'],
    hard: [0.5, 300],
    likely: [30, 130],
  }),
  group(
    'D2.1',
    ['Huyết áp đo gần đây', 'Blood pressure measured lately'],
    [
      ask('D2.1.3', 'integer', ['Số trên (tâm thu)', 'Upper number (systolic)'], {
        unit: ['mm[Hg]', 'mmHg'],
        hard: [50, 300],
        likely: [80, 200],
      }),
      ask('D2.1.4', 'integer', ['Số dưới (tâm trương)', 'Lower number (diastolic)'], {
        unit: ['mm[Hg]', 'mmHg'],
        hard: [20, 200],
        likely: [45, 120],
      }),
    ],
    { hint: ['Chỉ ghi khi đã đo. Không nhớ thì bỏ qua', 'Only if measured. Skip it if not known'] },
  ),
]

const family = group(
  'B6.2',
  ['Bệnh trong gia đình', 'Diseases in the family'],
  [
    choose(
      'B6.2.1',
      ['Trong gia đình ruột thịt có ai mắc bệnh nào?', 'Which diseases do blood relatives have?'],
      [...DISEASES, NONE, UNKNOWN],
      {
        repeats: true,
        hint: [
          'Cha mẹ, anh chị em, con, ông bà, cô dì chú bác',
          'Parents, siblings, children, grandparents, aunts, uncles',
        ],
      },
    ),
    choose(
      'B6.2.3.3',
      ['Ai bị tiểu đường?', 'Who has diabetes?'],
      [
        ['first', 'Cha, mẹ, anh chị em ruột hoặc con', 'Parent, sibling or child'],
        ['second', 'Ông bà, cô dì chú bác, anh chị em họ', 'Grandparent, aunt, uncle or cousin'],
        ['unknown', 'Không nhớ', 'Do not remember', { alone: true }],
      ],
      { repeats: true, when: [['B6.2.1', '3']] },
    ),
    ask('B6.2.2', 'string', ['Tên bệnh khác trong gia đình', 'Name of the other disease'], {
      max: 200,
      repeats: true,
      when: [['B6.2.1', '15']],
    }),
  ],
)

const consents = group(
  'consent',
  ['Đồng ý cho dùng thông tin', 'My consent'],
  [
    say('notice', [
      'Thông tin sức khỏe là dữ liệu cá nhân nhạy cảm. Sổ Khỏe giữ kín và chỉ dùng cho những việc được đồng ý dưới đây. Có thể không chọn, và đổi ý bất cứ lúc nào; việc khám chữa bệnh không bị ảnh hưởng.',
      'Health data is sensitive personal data. Sổ Khỏe keeps it closed and uses it only for what is agreed to below. Nothing need be chosen, and minds may change at any time; care is not affected.',
    ]),
    ask(
      'consent.treatment',
      'boolean',
      ['Nơi đang khám, chữa bệnh cho tôi được đọc sổ này', 'Facilities that treat me may read this book'],
      { consentVersion: CONSENT_VERSION },
    ),
    ask(
      'consent.programme',
      'boolean',
      ['Trạm y tế được gọi, nhắc tôi tái khám và tiêm chủng', 'The health station may call and remind me'],
      { consentVersion: CONSENT_VERSION },
    ),
    ask(
      'consent.research',
      'boolean',
      ['Được dùng vào thống kê không nêu tên ai', 'May be used in statistics that name nobody'],
      { consentVersion: CONSENT_VERSION },
    ),
  ],
)

/** The first declaration: about a dozen questions, 90 seconds. */
export const firstPart = part(
  'first',
  'first',
  ['Khai lần đầu', 'First declaration'],
  [conditions, ...allergies, ...medicines, smoking, ...measures, family, consents],
)
