/** Words the declaration gives to what is expressly absent, and to measures that join two answers. */
export const en: Readonly<Record<string, string>> = {
  'Không có dị ứng nào đã biết': 'No known allergy',
  'Không có bệnh nào đã biết': 'No known illness',
  'Không dùng thuốc thường xuyên': 'No regular medicine',
  'Huyết áp': 'Blood pressure',
  Có: 'Yes',
  Không: 'No',
}
