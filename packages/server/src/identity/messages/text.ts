/**
 * The text that carries a code: one group of six digits and no other, so that nobody and no telephone mistakes it. Its
 * last line lets browsers fill the code in (origin-bound one-time codes, https://wicg.github.io/sms-one-time-codes/).
 *
 * @param code six digits
 * @param host at which the resident types it; left out where it holds six digits itself
 */
export function codeText(code: string, host: string, minutes: number): string {
  const says = `${code} là mã đăng nhập Sổ Khỏe, dùng trong ${minutes} phút. Không đọc mã này cho bất kỳ ai.`
  return /\d{6}/.test(host) ? says : `${says}\n\n@${host} #${code}`
}
