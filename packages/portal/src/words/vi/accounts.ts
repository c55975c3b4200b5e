/** Accounts of staff. */
export const accounts = {
  'accounts.title': 'Tài khoản nhân viên',
  'accounts.loading': 'Đang lấy danh sách tài khoản…',
  'accounts.name': 'Họ và tên',
  'accounts.user': 'Tên đăng nhập',
  'accounts.role': 'Vai trò',
  'accounts.signed-in': 'Ca gần nhất',
  'accounts.never': 'Chưa vào ca nào',
  'accounts.state': 'Tình trạng',
  'accounts.active': 'Đang dùng',
  'accounts.suspended': 'Đang ngưng',
  'accounts.suspend': 'Ngưng',
  'accounts.resume': 'Cho dùng lại',
  'problem.staff.user-taken': 'Tên đăng nhập này đã có người dùng',
} as const
