/** The words of each advice. Short, no blame, no fear, no diagnosis; `{name}` stands for a parameter. */

import type { AdviceKey } from './advice.ts'
import type { FindriscFacts } from './findrisc.ts'

type Words = { readonly vi: string; readonly en: string }

export const ADVICE_TEXTS: Readonly<Record<AdviceKey, Words>> = {
  'bmi.underweight': {
    vi: 'Cân nặng hơi thấp so với chiều cao (BMI {bmi}). Nên ăn đủ bữa và hỏi trạm y tế khi bị sụt cân.',
    en: 'Weight is low for the height (BMI {bmi}). Eat regular meals; ask the station about any weight loss.',
  },
  'bmi.normal': {
    vi: 'Cân nặng hợp với chiều cao (BMI {bmi}). Nên giữ như vậy.',
    en: 'Weight fits the height (BMI {bmi}). Keep it so.',
  },
  'bmi.overweight': {
    vi: 'Cân nặng hơi cao so với chiều cao (BMI {bmi}). Nên vận động thêm và bớt đồ ngọt, đồ béo.',
    en: 'Weight is somewhat high for the height (BMI {bmi}). More movement, less sugar and fat will help.',
  },
  'bmi.obese-1': {
    vi: 'Cân nặng cao so với chiều cao (BMI {bmi}). Giảm vài ký đã có lợi; trạm y tế có thể giúp.',
    en: 'Weight is high for the height (BMI {bmi}). Losing a few kilos already helps; the station can assist.',
  },
  'bmi.obese-2': {
    vi: 'Cân nặng cao nhiều so với chiều cao (BMI {bmi}). Nên hỏi bác sĩ cách giảm cân an toàn.',
    en: 'Weight is very high for the height (BMI {bmi}). Ask a doctor how to lose weight safely.',
  },
  'pressure.optimal': {
    vi: 'Huyết áp {systolic}/{diastolic} là tốt.',
    en: 'Blood pressure {systolic}/{diastolic} is good.',
  },
  'pressure.normal': {
    vi: 'Huyết áp {systolic}/{diastolic} là bình thường.',
    en: 'Blood pressure {systolic}/{diastolic} is normal.',
  },
  'pressure.high-normal': {
    vi: 'Huyết áp {systolic}/{diastolic} còn bình thường nhưng hơi cao. Nên đo lại mỗi năm và bớt ăn mặn.',
    en: 'Blood pressure {systolic}/{diastolic} is normal but on the high side. Measure yearly, eat less salt.',
  },
  'pressure.high-at-home': {
    vi: 'Huyết áp {systolic}/{diastolic}, nếu tự đo ở nhà, là hơi cao. Nên đo lại ở trạm y tế.',
    en: 'If measured at home, {systolic}/{diastolic} is somewhat high. Have it measured again at the station.',
  },
  'pressure.grade-1': {
    vi: 'Huyết áp {systolic}/{diastolic} cao hơn mức thường. Một lần đo chưa nói lên bệnh: nên đo lại ở trạm y tế.',
    en: 'Blood pressure {systolic}/{diastolic} is above usual. One reading is no diagnosis: measure again at the station.',
  },
  'pressure.grade-2': {
    vi: 'Huyết áp {systolic}/{diastolic} khá cao. Nên đến trạm y tế đo lại trong vài ngày tới.',
    en: 'Blood pressure {systolic}/{diastolic} is quite high. Have it measured at the station in the next days.',
  },
  'pressure.grade-3': {
    vi: 'Huyết áp {systolic}/{diastolic} rất cao. Nên đến trạm y tế hoặc bác sĩ ngay hôm nay để đo lại.',
    en: 'Blood pressure {systolic}/{diastolic} is very high. See the station or a doctor today to measure again.',
  },
  'pressure.very-high': {
    vi: 'Huyết áp {systolic}/{diastolic} rất cao. Nghỉ 5 phút rồi đo lại. Nếu vẫn cao, đi khám ngay hôm nay. Đau ngực, khó thở, yếu tay chân, nói khó hay đau đầu dữ: gọi 115.',
    en: 'Blood pressure {systolic}/{diastolic} is very high. Rest 5 minutes and measure again. If still high, see a doctor today. Chest pain, short breath, weak limbs, trouble speaking or severe headache: call 115.',
  },
  'pressure.unclear': {
    vi: 'Hai số huyết áp có thể bị đổi chỗ. Số trên thường lớn hơn số dưới; nên xem lại.',
    en: 'The two numbers may be exchanged: the upper one is usually the larger. Please look again.',
  },
  'findrisc.low': {
    vi: 'Nguy cơ tiểu đường thấp ({points} điểm): khoảng 1 trong {oneIn} người như vậy mắc trong 10 năm.',
    en: 'Low diabetes risk ({points} points): about 1 in {oneIn} such people get it within 10 years.',
  },
  'findrisc.slightly-raised': {
    vi: 'Nguy cơ tiểu đường hơi tăng ({points} điểm): khoảng 1 trong {oneIn} người mắc trong 10 năm.',
    en: 'Slightly raised diabetes risk ({points} points): about 1 in {oneIn} within 10 years.',
  },
  'findrisc.moderate': {
    vi: 'Nguy cơ tiểu đường vừa ({points} điểm): khoảng 1 trong {oneIn} người mắc trong 10 năm. Nên thử đường huyết.',
    en: 'Moderate diabetes risk ({points} points): about 1 in {oneIn} within 10 years. A blood sugar test is advised.',
  },
  'findrisc.high': {
    vi: 'Nguy cơ tiểu đường cao ({points} điểm): khoảng 1 trong {oneIn} người mắc trong 10 năm. Nên thử đường huyết sớm.',
    en: 'High diabetes risk ({points} points): about 1 in {oneIn} within 10 years. Have blood sugar tested soon.',
  },
  'findrisc.very-high': {
    vi: 'Nguy cơ tiểu đường rất cao ({points} điểm): khoảng 1 trong {oneIn} người mắc trong 10 năm. Nên thử đường huyết sớm.',
    en: 'Very high diabetes risk ({points} points): about 1 in {oneIn} within 10 years. Have blood sugar tested soon.',
  },
  'findrisc.missing': {
    vi: 'Khai thêm vài điều để biết nguy cơ tiểu đường.',
    en: 'A few more answers tell the diabetes risk.',
  },
}

/** What each missing fact of the diabetes score is called, for "still to tell". */
export const FACT_WORDS: Readonly<Record<keyof FindriscFacts, Words>> = {
  age: { vi: 'ngày sinh', en: 'date of birth' },
  sex: { vi: 'giới tính', en: 'sex' },
  bmi: { vi: 'chiều cao và cân nặng', en: 'height and weight' },
  waist: { vi: 'vòng bụng', en: 'waist' },
  active: { vi: 'vận động mỗi ngày', en: 'daily movement' },
  vegetablesDaily: { vi: 'ăn rau, trái cây', en: 'vegetables and fruit' },
  pressureMedicine: { vi: 'đã từng uống thuốc huyết áp', en: 'blood pressure medicine ever' },
  highGlucose: { vi: 'đã từng có đường huyết cao', en: 'high blood sugar ever' },
  familyDiabetes: { vi: 'tiểu đường trong gia đình', en: 'diabetes in the family' },
}

/** Said beside every advice whose source is not yet verified, and beside every self-told number. */
export const ADVICE_CAVEATS = {
  selfTold: {
    vi: 'Theo số tự khai, không thay cho lời bác sĩ.',
    en: 'From self-told numbers; no substitute for a doctor.',
  },
  unverified: {
    vi: 'Ngưỡng này đang chờ ngành y tế xác nhận.',
    en: 'These limits await confirmation by the health authority.',
  },
} as const satisfies Record<string, Words>
