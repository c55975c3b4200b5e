import type { Words } from '@sokhoe/model/reading'
import { both } from './words.ts'

/** What is measured, in everyday words. It explains the name and judges nothing. LOINC. */
const MEANS: Readonly<Record<string, Words>> = {
  '85354-9': both('Sức đẩy của máu lên thành mạch.', 'How hard blood presses on the vessels.'),
  '4548-4': both(
    'Đường huyết trung bình của khoảng 3 tháng qua.',
    'Average blood sugar of about the last 3 months.',
  ),
  '14749-6': both('Lượng đường trong máu lúc lấy máu.', 'Sugar in the blood when it was taken.'),
  '14771-0': both('Lượng đường trong máu lúc đói.', 'Sugar in the blood while fasting.'),
  '14743-9': both(
    'Đường huyết đo bằng máy, lấy máu đầu ngón tay.',
    'Blood sugar by a meter, from a fingertip.',
  ),
  '14682-9': both('Chất mà thận lọc khỏi máu.', 'A waste that the kidneys filter from the blood.'),
  '98979-8': both('Thận lọc máu nhanh bao nhiêu, ước tính.', 'How fast the kidneys filter, estimated.'),
  '22664-7': both('Chất thải của đạm mà thận lọc.', 'A waste of protein that the kidneys filter.'),
  '14933-6': both('Chất liên quan đến bệnh gút.', 'A substance linked with gout.'),
  '14647-2': both('Tổng lượng mỡ cholesterol trong máu.', 'All cholesterol in the blood.'),
  '14646-4': both('Cholesterol có lợi.', 'The helpful cholesterol.'),
  '14927-8': both('Một loại mỡ trong máu, tăng sau khi ăn.', 'A blood fat that rises after meals.'),
  '718-7': both('Chất trong hồng cầu mang oxy.', 'What carries oxygen in red blood cells.'),
  '6690-2': both('Số bạch cầu, tế bào chống nhiễm trùng.', 'White cells, which fight infection.'),
  '777-3': both('Số tiểu cầu, tế bào giúp cầm máu.', 'Platelets, which help stop bleeding.'),
  '1742-6': both('Men gan, tăng khi gan bị tổn thương.', 'A liver enzyme that rises when the liver is hurt.'),
  '1920-8': both('Men có ở gan và cơ.', 'An enzyme of liver and muscle.'),
  '29463-7': both('Cân nặng của cơ thể.', 'Body weight.'),
  '8280-0': both('Vòng bụng, đo ngang rốn.', 'Waist, measured at the navel.'),
  '8867-4': both('Số nhịp tim trong một phút.', 'Heart beats in a minute.'),
}

export const meansOf = (code: string): Words | null => MEANS[code] ?? null
