/** Books of a family: children, parents, and a new phone number. */
export const family = {
  'under-18.title': 'Dưới 18 tuổi cần người đại diện',
  'under-18.what': 'Sổ của trẻ em do cha mẹ hoặc người giám hộ lập. Phần sổ gia đình sẽ có sau.',
  'under-18.todo': 'Bây giờ, cha mẹ đưa em đến trạm y tế phường để được lập sổ.',
  'under-18.safe': 'Phần đã nhập còn nguyên trên máy.',
  'under-18.mend': 'Sửa ngày sinh',
  'for-others.title': 'Khai cho người khác',
  'for-others.what': 'Sổ gia đình sẽ có sau: con nhỏ, cha mẹ không dùng điện thoại.',
  'for-others.todo': 'Bây giờ, nhờ trạm y tế phường lập sổ cho người đó.',
  'for-others.own': 'Lập sổ của tôi',
  'problem.family.own-book-first': 'Cần có sổ của mình và đủ 18 tuổi trước',
  'problem.family.grown-up': 'Người này đã đủ 18 tuổi: người đó tự lập sổ và tự giao quyền',
  'problem.family.station-needed': 'Trên một máy chỉ tự thêm được một số trẻ. Mời đến trạm y tế để thêm tiếp',
  'problem.family.nothing-to-confirm': 'Hiện không có gì cần đồng ý',
  'problem.family.code-refused': 'Mã không đúng, đã dùng hoặc hết hạn',
  'problem.family.not-yourself': 'Cần người khác hoặc số điện thoại khác, không phải của chính mình',
  'problem.family.birth-date-kept': 'Người đại diện không đổi được ngày sinh. Trạm y tế sửa giúp',
} as const
