import {
  ask,
  askYear,
  choose,
  count,
  group,
  NONE,
  type Option,
  part,
  UNKNOWN,
  type When,
  YES_NO_UNKNOWN,
} from './form-build.ts'
import { ALLERGY_KINDS } from './form-first.ts'

const LEVELS: readonly Option[] = [
  ['0', 'Không', 'No'],
  ['1', 'Có, không thường xuyên', 'Yes, at times'],
  ['2', 'Thường xuyên', 'Regularly'],
]

/** Asked when any of these one-letter options is chosen. */
const anyOf = (question: string, codes: string): When[] => [...codes].map((code) => [question, code])

const alcohol = group(
  'B2.2',
  ['Rượu bia', 'Alcohol'],
  [
    choose('B2.2.a', ['Có uống rượu bia không?', 'Drinking alcohol?'], LEVELS),
    ask('B2.2.b', 'boolean', ['Trước đây có uống và đã bỏ?', 'Drank before and stopped?'], {
      when: [['B2.2.a', '0']],
    }),
    ask('B2.2.c', 'decimal', ['Mỗi ngày uống khoảng mấy ly, cốc?', 'About how many glasses a day?'], {
      unit: ['{glass}/d', 'ly/ngày'],
      hard: [0, 100],
      likely: [0, 15],
      when: [
        ['B2.2.a', '1'],
        ['B2.2.a', '2'],
      ],
    }),
  ],
)

const drugs = group(
  'B2.3',
  ['Ma túy', 'Drugs'],
  [
    choose('B2.3.a', ['Có dùng ma túy không?', 'Using drugs?'], LEVELS, {
      sensitive: true,
      hint: ['Câu này được giữ kín, không chia sẻ', 'Kept closed and not shared'],
    }),
    ask('B2.3.b', 'boolean', ['Trước đây có dùng và đã bỏ?', 'Used before and stopped?'], {
      sensitive: true,
      when: [['B2.3.a', '0']],
    }),
  ],
  { sensitive: true },
)

const familyAllergy = group(
  'B6.1',
  ['Dị ứng trong gia đình', 'Allergies in the family'],
  [
    choose(
      'B6.1.1',
      ['Người nhà ruột thịt dị ứng với gì?', 'Blood relatives are allergic to'],
      [...ALLERGY_KINDS, NONE, UNKNOWN],
      {
        repeats: true,
      },
    ),
    ask('B6.1.2', 'text', ['Kể rõ hơn', 'More about it'], { max: 500, when: anyOf('B6.1.1', '1234') }),
    ask('B6.1.3', 'string', ['Ai bị?', 'Who?'], { max: 100, when: anyOf('B6.1.1', '1234') }),
  ],
)

const diabetesRisk = [
  ask('D2.1.9', 'decimal', ['Vòng bụng (đo ngang rốn)', 'Waist'], {
    unit: ['cm', 'cm'],
    hard: [20, 250],
    likely: [50, 130],
  }),
  choose(
    'B2.4.a',
    ['Đi bộ, tập thể dục, làm việc nặng mỗi ngày?', 'Moving each day?'],
    [
      ['0', 'Không', 'No'],
      ['1', 'Có, dưới 30 phút mỗi ngày', 'Yes, under 30 minutes a day'],
      ['2', 'Có, từ 30 phút mỗi ngày trở lên', 'Yes, 30 minutes a day or more'],
    ],
  ),
  choose(
    'risk.vegetables',
    ['Ăn rau, trái cây bao lâu một lần?', 'How often vegetables or fruit?'],
    [
      ['daily', 'Mỗi ngày', 'Every day'],
      ['not-daily', 'Không phải mỗi ngày', 'Not every day'],
    ],
  ),
  choose(
    'risk.bp-drugs',
    ['Đã từng uống thuốc huyết áp thường xuyên?', 'Ever took blood pressure medicine regularly?'],
    YES_NO_UNKNOWN,
  ),
  choose(
    'risk.high-glucose',
    ['Đã từng được báo đường huyết cao?', 'Ever told of high blood sugar?'],
    YES_NO_UNKNOWN,
    { hint: ['Khi khám sức khỏe, lúc bệnh hay lúc mang thai', 'At a check-up, in illness or in pregnancy'] },
  ),
]

/** Section B2 and what the diabetes risk score needs. */
export const riskPart = part(
  'risk',
  'B2',
  ['Nếp sống, nguy cơ', 'Habits and risks'],
  [
    ...diabetesRisk,
    alcohol,
    drugs,
    ask('B2.5', 'text', ['Thường tiếp xúc với chất độc hại nào?', 'Harmful substances at work or home'], {
      max: 500,
    }),
    ask('B2.6', 'string', ['Tiếp xúc bao lâu?', 'For how long?'], { max: 100 }),
    choose(
      'B2.7',
      ['Nhà dùng loại cầu tiêu nào?', 'Toilet at home'],
      [
        ['1', 'Xả nước', 'Flush'],
        ['2', 'Hai ngăn', 'Double vault'],
        ['3', 'Thùng', 'Bucket'],
        ['4', 'Không có', 'None'],
      ],
    ),
    familyAllergy,
    ask('B2.8', 'text', ['Nguy cơ khác', 'Other risks'], { max: 500 }),
  ],
)

/** Section B5. */
export const surgeryPart = part(
  'surgery',
  'surgery',
  ['Phẫu thuật', 'Operations'],
  [
    choose('surgery.any', ['Đã từng mổ (phẫu thuật)?', 'Ever had an operation?'], YES_NO_UNKNOWN),
    group(
      'B5.1',
      ['Lần mổ', 'Operation'],
      [
        ask('B5.1.1', 'string', ['Mổ gì, ở đâu trên người?', 'Which operation?'], {
          max: 200,
          required: true,
        }),
        askYear('B5.1.2', ['Năm nào?', 'Which year?']),
      ],
      { repeats: true, when: [['surgery.any', 'yes']] },
    ),
  ],
)

/** Section B4. */
export const disabilityPart = part(
  'disability',
  'B4',
  ['Khuyết tật', 'Disability'],
  [
    choose(
      'B4.1.1',
      ['Có khó khăn, khuyết tật nào?', 'Any disability?'],
      [
        ['1', 'Thính lực (nghe)', 'Hearing'],
        ['2', 'Thị lực (nhìn)', 'Vision'],
        ['3', 'Tay', 'Arm or hand'],
        ['4', 'Chân', 'Leg or foot'],
        ['5', 'Cong vẹo cột sống', 'Scoliosis'],
        ['6', 'Khe hở môi, vòm miệng', 'Cleft lip or palate'],
        ['7', 'Khuyết tật khác', 'Other'],
        NONE,
      ],
      { repeats: true },
    ),
    ask('B4.1.2', 'text', ['Kể rõ hơn', 'More about it'], { max: 500, when: anyOf('B4.1.1', '1234567') }),
  ],
)

const PROGRAMME: readonly Option[] = [
  ['BCG', 'Lao (BCG)', 'BCG'],
  ['HBV0', 'Viêm gan B sơ sinh', 'Hepatitis B, birth dose'],
  ['DPT-VGB-HIB', '5 trong 1', 'Five in one'],
  ['OPV', 'Bại liệt uống', 'Polio, oral'],
  ['IPV', 'Bại liệt tiêm', 'Polio, injected'],
  ['MR1', 'Sởi', 'Measles'],
  ['MR2', 'Sởi - rubella', 'Measles and rubella'],
  ['DPT4', 'Bạch hầu - ho gà - uốn ván nhắc', 'Diphtheria, pertussis, tetanus'],
  ['JE', 'Viêm não Nhật Bản', 'Japanese encephalitis'],
  ['TD', 'Uốn ván - bạch hầu (Td)', 'Tetanus and diphtheria'],
  ['ROTA', 'Tiêu chảy do rota', 'Rotavirus'],
]

const OTHER: readonly Option[] = [
  ['COV-PF', 'COVID-19 (Pfizer)', 'COVID-19 (Pfizer)'],
  ['COV-MOD', 'COVID-19 (Moderna)', 'COVID-19 (Moderna)'],
  ['COV-AZ', 'COVID-19 (AstraZeneca)', 'COVID-19 (AstraZeneca)'],
  ['COV-SIN', 'COVID-19 (Vero Cell)', 'COVID-19 (Vero Cell)'],
  ['FLU4', 'Cúm mùa', 'Influenza'],
  ['HBVA', 'Viêm gan B người lớn', 'Hepatitis B, adult'],
  ['HAV', 'Viêm gan A', 'Hepatitis A'],
  ['TDAP', 'Bạch hầu - ho gà - uốn ván', 'Tdap'],
  ['TT', 'Uốn ván (VAT)', 'Tetanus'],
  ['MMR', 'Sởi - quai bị - rubella', 'MMR'],
  ['VAR', 'Thủy đậu', 'Chickenpox'],
  ['DTAP-IPV-HIB-HBV', '6 trong 1', 'Six in one'],
  ['PCV13', 'Phế cầu 13', 'Pneumococcal 13'],
  ['PPSV23', 'Phế cầu 23', 'Pneumococcal 23'],
  ['HPV4', 'HPV (4 týp)', 'HPV 4'],
  ['HPV9', 'HPV (9 týp)', 'HPV 9'],
  ['MENACWY', 'Não mô cầu ACWY', 'Meningococcal ACWY'],
  ['JEV', 'Viêm não Nhật Bản (Imojev)', 'Japanese encephalitis (Imojev)'],
  ['RAB', 'Dại', 'Rabies'],
  ['DENV', 'Sốt xuất huyết', 'Dengue'],
  ['RZV', 'Zona (giời leo)', 'Shingles'],
]

const vaccination = (section: string, text: readonly [string, string], vaccines: readonly Option[]) =>
  group(
    section,
    text,
    [
      choose(`${section}.1`, ['Vắc xin', 'Vaccine'], vaccines, { required: true }),
      choose(
        `${section}.2`,
        ['Đã tiêm chưa?', 'Given?'],
        [
          ['1', 'Đã tiêm', 'Given'],
          ['0', 'Chưa tiêm', 'Not given'],
        ],
        { required: true },
      ),
      ask(`${section}.3`, 'date', ['Ngày tiêm (nhớ năm cũng được)', 'Date (the year is enough)']),
      count(`${section}.4`, ['Mũi thứ mấy', 'Dose number'], { hard: [1, 20], likely: [1, 6] }),
      ask(`${section}.5`, 'text', ['Phản ứng sau tiêm', 'Reaction afterwards'], { max: 500 }),
      ...(section === 'C.3'
        ? [count('C.3.8', ['Tháng thai', 'Month of pregnancy'], { hard: [1, 10], likely: [1, 9] })]
        : []),
    ],
    { repeats: true, ...(section === 'C.3' && { when: [['A.02', '2']] as const }) },
  )

/** Section C. */
export const immunisationPart = part(
  'immunisation',
  'C',
  ['Tiêm chủng', 'Vaccinations'],
  [
    vaccination('C.1', ['Vắc xin tiêm chủng mở rộng', 'Vaccines of the national programme'], PROGRAMME),
    vaccination('C.2', ['Vắc xin khác', 'Other vaccines'], OTHER),
    vaccination(
      'C.3',
      ['Uốn ván khi mang thai', 'Tetanus in pregnancy'],
      [['TT', 'Uốn ván (VAT)', 'Tetanus']],
    ),
    count('C.4', ['Khi mang thai mình, mẹ đã tiêm mấy mũi uốn ván?', 'Tetanus doses my mother had'], {
      hard: [0, 10],
      likely: [0, 5],
    }),
  ],
)
