import { expect, test } from 'vitest'
import { nameKind } from './nameless.ts'

test('words that say that nobody knows the name are no name, in any spelling', () => {
  for (const name of [
    '',
    ' ',
    'Không rõ tên',
    'KHONG RO',
    'Chưa rõ họ tên',
    'Vô danh',
    'Nam vô danh',
    'BN không tên',
    'Bệnh nhân vô danh 3',
    'Không xác định danh tính',
    'Chưa xác định',
    'Unknown',
    'UNKNOWN MALE',
    'John Doe',
    'XXX',
    '???',
  ])
    expect(nameKind(name), name).toBe('nobody')
})

test('a newborn under the name of its mother has no name of its own', () => {
  for (const name of [
    'CB Nguyễn Thị Lan',
    'CB. NGUYEN THI LAN',
    'Con bà Nguyễn Thị Lan',
    'Bé trai con bà Lê Thị Hoa',
    'Bé gái con chị Hoa',
    'Trẻ sơ sinh con bà Lan',
    'Sơ sinh',
    'Baby of Lan',
  ])
    expect(nameKind(name), name).toBe('baby-of')
})

test('names of people stay names, short and strange ones too', () => {
  for (const name of [
    'Nguyễn Thị Thu Hà',
    'Võ Danh',
    'Vương Không',
    'Trần Văn Không',
    'Nam',
    'Lê Nam',
    'Bé',
    'Nguyễn Thị Bé',
    'Trần Thị Bé Ba',
    'Lê Bé Mẫu',
    'Con',
    'Hồ Tên',
    'Y Ban',
    'Siu Black',
    'Bá',
    'Trần Con',
    'Na',
  ])
    expect(nameKind(name), name).toBe('name')
})
