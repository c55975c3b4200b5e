/** The health card. */
export const card = {
  'card.name': 'Thẻ sức khỏe',
  'card.city': 'Sổ Khỏe TP. Hồ Chí Minh',
  'card.birth': 'Ngày sinh',
  'card.sex': 'Giới tính',
  'card.station': 'Trạm y tế theo dõi',
  'card.number': 'Số sổ',
  'card.qr': 'Mã QR thẻ sức khỏe của {name}',
  'card.loading': 'Đang lấy thẻ…',
  'card.what': 'Đưa mã này khi đi khám. Trong mã không có tên, số giấy tờ hay bệnh tật.',
  'sex.male': 'Nam',
  'sex.female': 'Nữ',
  'sex.other': 'Chưa xác định',
  'sex.unknown': 'Chưa rõ',
  'level.phone': 'Chờ trạm y tế xác nhận',
  'level.card': 'Đã đối chiếu thẻ',
  'level.verified': 'Đã xác nhận tại trạm',
} as const
