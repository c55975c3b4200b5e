/** Help, and how data are kept. */
export const help = {
  'help.open': 'Trợ giúp',
  'help.title': 'Trợ giúp',
  'help.code': 'Không nhận được mã?',
  'help.code.text':
    'Chờ một phút rồi bấm “Gửi lại mã”. Vẫn không có, dùng mã in trên phiếu của trạm hoặc nhờ nhân viên trạm.',
  'help.poster': 'Chưa có sổ?',
  'help.poster.text': 'Dùng máy ảnh điện thoại quét mã QR trên tấm giấy ở trạm y tế phường hoặc đầu hẻm.',
  'help.new-phone': 'Đổi điện thoại hoặc đổi số?',
  'help.new-phone.text':
    'Máy mới: đăng nhập bằng số cũ rồi quét căn cước. Số mới: nhờ trạm y tế phường chuyển sổ.',
  'help.network': 'Mất mạng khi đang khai?',
  'help.network.text': 'Cứ khai tiếp. Câu trả lời được giữ kín trên máy và tự gửi khi có mạng.',
  'help.wrong': 'Khai nhầm?',
  'help.wrong.text': 'Mở sổ, chọn phần cần sửa và gửi lại. Bản cũ vẫn được giữ trong lịch sử.',
  'help.emergency': 'Cấp cứu',
  'help.emergency.text':
    'Đau ngực, khó thở, yếu liệt, chảy máu nhiều: gọi 115 ngay. Sổ này không thay cho cấp cứu.',
  'data.title': 'Sở Y tế giữ dữ liệu thế nào',
  'data.who': 'Ai giữ',
  'data.who.text': 'Sở Y tế Thành phố Hồ Chí Minh giữ sổ. Sổ thuộc về người dân.',
  'data.sees': 'Ai được xem',
  'data.sees.text':
    'Chỉ nơi đang khám, chữa bệnh, khi được đồng ý; cấp cứu thì được mở và phải ghi lý do. Mỗi lần xem đều hiện trong mục “Ai đã xem”.',
  'data.sealed': 'Giữ kín ra sao',
  'data.sealed.text':
    'Mỗi người một khóa riêng. Không gì bị ghi đè: mỗi lần sửa là một bản mới, có nguồn và giờ.',
  'data.phone': 'Trên điện thoại này',
  'data.phone.text':
    'Bản sao để đọc khi mất mạng được giữ kín, tự xóa sau 7 ngày không có mạng. Đăng xuất là xóa khỏi máy; câu chưa gửi thì được hỏi.',
  'data.rights': 'Quyền của mình',
  'data.rights.text': 'Xem, sửa, rút lại đồng ý bất cứ lúc nào. Không đồng ý một mục đích phụ thì vẫn có sổ.',
} as const
