/** Consents, who looked, disputes, requests and documents. */
export const rights = {
  'consent.treatment': 'Nơi đang khám, chữa bệnh được đọc sổ',
  'consent.programme': 'Trạm y tế được gọi, nhắc tái khám và tiêm chủng',
  'consent.research': 'Dùng vào thống kê không nêu tên ai',
  'looked.title': 'Ai đã xem sổ của tôi',
  'looked.loading': 'Đang lấy danh sách…',
  'looked.empty': 'Chưa có ai khác xem sổ này. Mỗi lần có người xem sẽ hiện ở đây.',
  'looked.own': 'Tôi tự mở và tự ghi',
  'looked.more': 'Xem các lượt trước',
} as const
