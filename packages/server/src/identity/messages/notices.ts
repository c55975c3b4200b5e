import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { type SealedPhone, unsealPhone } from '../codes/phones.ts'
import { firstPatientOf } from '../people/rows.ts'
import { queueMessage } from './queue.ts'

/**
 * What a person is told by text message of changes that she should know of at once. No name, number, place of care or
 * finding: whoever holds the telephone learns only that something changed in a book, and whom to ask.
 */
const NOTICES = {
  'level-raised': 'Sổ Khỏe: sổ của bạn vừa được xác nhận danh tính tại trạm y tế.',
  'eid-confirmed': 'Sổ Khỏe: sổ của bạn vừa được xác nhận bằng định danh điện tử quốc gia.',
  'records-joined': 'Sổ Khỏe: hồ sơ của bạn ở một nơi khám vừa được nối vào sổ.',
  'proxy-begun': 'Sổ Khỏe: vừa có người được quyền xem hoặc ghi thay trong sổ của bạn.',
  'proxy-ended': 'Sổ Khỏe: một quyền xem hoặc ghi thay trong sổ của bạn vừa kết thúc.',
  'held-proxy-ended': 'Sổ Khỏe: một quyền xem hoặc ghi thay của bạn trong sổ người khác vừa kết thúc.',
  'child-added': 'Sổ Khỏe: bạn vừa thêm sổ của một trẻ. Mời đem giấy tờ của trẻ đến trạm y tế để xác nhận.',
  'child-claimed':
    'Sổ Khỏe: có người khác cũng khai sổ cho một trẻ bạn đang giữ sổ. Mời đem giấy tờ của trẻ đến trạm y tế.',
  'consent-changed': 'Sổ Khỏe: lựa chọn chia sẻ trong sổ của bạn vừa thay đổi.',
  'phone-change': 'Sổ Khỏe: có yêu cầu chuyển sổ sang số điện thoại khác. Bạn có 72 giờ để hủy.',
  'phone-kept': 'Sổ Khỏe: việc chuyển sổ sang số điện thoại khác đã được hủy. Sổ vẫn ở số này.',
  'phone-changed': 'Sổ Khỏe: sổ đã chuyển sang số điện thoại khác.',
  'request-answered': 'Sổ Khỏe: yêu cầu của bạn đã có trả lời.',
  'dispute-answered': 'Sổ Khỏe: phản ánh của bạn về một dòng trong sổ đã có trả lời.',
  'station-added': 'Sổ Khỏe: trạm y tế vừa ghi thêm vào sổ của bạn.',
  'card-renewed': 'Sổ Khỏe: mã in trên thẻ của bạn vừa được thay. Thẻ in trước đây không dùng được nữa.',
  'number-replaced': 'Sổ Khỏe: một số giấy tờ trong sổ của bạn vừa được thay tại trạm y tế.',
  'identity-corrected':
    'Sổ Khỏe: họ tên, ngày sinh hoặc giới tính trong sổ của bạn vừa được sửa theo giấy tờ.',
  'book-reopened': 'Sổ Khỏe: sổ của bạn đã bị đóng nhầm và vừa được mở lại. Mời đăng nhập lại.',
  moved: 'Sổ Khỏe: nơi ở trong sổ của bạn vừa thay đổi.',
  'books-merged': 'Sổ Khỏe: hai sổ của bạn vừa được gộp thành một sổ.',
  'books-parted': 'Sổ Khỏe: sổ đã gộp của bạn vừa được tách lại thành hai sổ.',
  'held-book-merged': 'Sổ Khỏe: sổ của người bạn thay mặt vừa được gộp với một sổ khác.',
  'held-book-parted': 'Sổ Khỏe: sổ đã gộp của người bạn thay mặt vừa được tách lại.',
  'patient-linked': 'Sổ Khỏe: dữ liệu của một cơ sở y tế vừa được gắn vào sổ của bạn.',
  'patient-unlinked': 'Sổ Khỏe: dữ liệu của một cơ sở y tế vừa được tách khỏi sổ của bạn.',
  'ask-again': 'Sổ Khỏe: đã đến lúc xác nhận lại ai được xem và ghi thay trong sổ.',
} as const satisfies Readonly<Record<string, string>>

export type Notice = keyof typeof NOTICES

const AND_THEN = 'Mở Sổ Khỏe để xem. Nếu không phải bạn, hãy báo trạm y tế.'
const GOOD_FOR = 48 * 3600 * 1000

interface Reached extends SealedPhone {
  readonly phone_hash: Buffer
}

/** Telephones at which a person keeps her own book, by whichever of her homes she is named. */
async function telephonesOf(ctx: Context, home: number): Promise<Reached[]> {
  const { rows } = await sql<Reached>`
    select account.phone_hash, account.phone, account.phone_key_version from identity.keeper keeper
    join identity.account account on account.phone_hash = keeper.phone_hash
    join (select coalesce((select person from identity.patient where home = ${home}
        and patient_id = ${firstPatientOf(home)}), ${home}::bigint) as home) now
      on keeper.home = now.home and keeper.person is null or keeper.person = now.home and not keeper.unproven
    where keeper.relation = 'self' and (keeper.until is null or keeper.until > ${ctx.now()})
      and (keeper.adds_until is null or keeper.adds_until <= ${ctx.now()}) and keeper.epoch = account.epoch
      and account.proven and account.phone is not null`.execute(ctx.db)
  return rows
}

/**
 * Tells a person of an important change at the telephones that keep her own book, in the transaction that makes it.
 * @returns how many telephones are told: none where nobody has one
 */
export async function notifyPerson(ctx: Context, home: number, notice: Notice): Promise<number> {
  const reached = await telephonesOf(ctx, home)
  await notifyTelephones(ctx, reached, notice)
  return reached.length
}

/** The same for telephones known already, such as one that a book has just left. */
export async function notifyTelephones(
  ctx: Context,
  telephones: readonly Reached[],
  notice: Notice,
): Promise<void> {
  const expiresAt = new Date(ctx.now().getTime() + GOOD_FOR)
  for (const { phone_hash: phoneHash, ...sealed } of telephones)
    await queueMessage(ctx, {
      phoneHash,
      to: unsealPhone(ctx.keys, sealed, phoneHash),
      text: `${NOTICES[notice]} ${AND_THEN}`,
      expiresAt,
    })
}
