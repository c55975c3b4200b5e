/**
 * Which column of a stranger's CSV says what. A header is compared without case, blanks, marks and tones: `rec_id`,
 * ` Rec ID` and `recId` are one; so are `Họ và tên` and `ho_va_ten`.
 */
import { asciiKey } from '@sokhoe/model'

/** What a row may say; those of the command's promise first, then parts from which they are put together. */
const SPELLINGS = {
  id: 'id recid uniqueid recordid rowid recordno rownumber ma mahoso mabn mabenhnhan patientid patientno key stt',
  source: 'source sourcesystem sourceid dataset nguon nguondulieu hethong facility coso maCoSo origin',
  fullName: `fullname name hoten hovaten hotenbenhnhan hotenbn tenbenhnhan tenbn tendaydu familymiddlegiven personname
    patientname wholename firstandsurname`,
  familyName: 'familyname surname lastname family sname lname last lnamec1 ho',
  middleName: 'middlename middle midname secondname dem tendem chulot tenlot',
  givenName: 'givenname firstname given first forename fname fnamec1 forenames givennames firstnames ten',
  birthDate:
    'birthdate dateofbirth dob birthday ngaysinh ngaythangnamsinh sinhngay borndate born birth bdate',
  sex: 'sex gender gioitinh phai gioi',
  phone: `phone phonenumber mobile mobilephone mobilenumber telephone telephonenumber tel cell cellphone phone1 phone2
    homephone workphone contactphone sdt sodienthoai dienthoai dienthoaididong didong sodt dtdd phoneno`,
  idNumber: `idnumber cccd socccd cmnd socmnd cancuoc socancuoc cancuoccongdan cccdcmnd socccdcmnd sogiayto cmt socmt
    madinhdanh sodinhdanh sodinhdanhcanhan dinhdanhcanhan nationalid nationalidnumber identitynumber identitycard
    idcard idno socsecid ssn socialsecuritynumber passport passportnumber hochieu sohochieu nhsnumber medicarenumber`,
  insuranceNumber: `insurancenumber bhyt sobhyt sothebhyt mathebhyt thebhyt mathe sothe healthinsurance
    healthinsurancenumber insuranceid insuranceno insurancecard bhxh sobhxh masobhxh sosobhxh`,
  ward: `ward wardcode phuong phuongxa xaphuong maphuong maphuongxa maxa maxaphuong maxacutru xa px commune communecode
    wardname tenphuong`,
  address: `streetnumber housenumber sonha streetno address1 address addressline address_line1 addr street
    streetaddress streetname duong tenduong diachi diachithuongtru diachicutru choohiennay noio address2 address3
    addressline2`,
  postcode: 'postcode postalcode zip zipcode postcodefake mabuuchinh postcodeorzip',
  city: 'city suburb town locality birthplace placeofbirth cityofbirth noisinh thanhpho tinhthanh que quequan',
  email: 'email emailaddress mail thudientu',
  occupation: 'occupation profession job nghenghiep nghe',
  district:
    'district districtname districtcode quan quanhuyen huyen maquan mahuyen tenquan mahuyencutru county',
  state: 'state stateprovince region',
  birthYear: 'birthyear yearofbirth yob namsinh by',
  birthMonth: 'birthmonth monthofbirth mob thangsinh bm',
  birthDay: 'dayofbirth birthdaynumber bd',
  familyMiddle: 'hodem holot hovatendem hotendem familymiddle hovachulot',
} as const satisfies Readonly<Record<string, string>>

export type Field = keyof typeof SPELLINGS

const FIELDS = Object.keys(SPELLINGS).filter((name): name is Field => name in SPELLINGS)

/** Several columns of one row may say these; of the others the first that the list names is believed. */
const MANY: readonly Field[] = ['phone', 'idNumber', 'insuranceNumber', 'address']

/** Without at least one of these nobody can be told from anybody. */
const TELLING: readonly Field[] = [
  ...(['fullName', 'familyName', 'givenName', 'birthDate', 'birthYear'] as const),
  ...(['phone', 'idNumber', 'insuranceNumber', 'email'] as const),
]

/** Field → numbers of its columns, in the order in which they are read. */
export type Columns = Readonly<Partial<Record<Field, readonly number[]>>>

const plain = (header: string): string => asciiKey(header.slice(0, 200)).replaceAll(/[^\p{L}\p{N}]/gu, '')

const waysOf = (field: Field): readonly string[] => SPELLINGS[field].split(/\s+/).map(plain)

function chosenByName(headers: readonly string[], field: Field): number[] {
  const found = waysOf(field).flatMap((way) => headers.flatMap((header, at) => (header === way ? [at] : [])))
  return MANY.includes(field) ? found : found.slice(0, 1)
}

function fieldNamed(text: string): Field {
  const field = FIELDS.find((name) => plain(name) === plain(text))
  if (field) return field
  throw new Error(`--map: there is no field '${text}'; there are ${FIELDS.join(', ')}`)
}

function columnNamed(text: string, written: readonly string[]): number {
  const exact = written.findIndex((header) => header.trim() === text.trim())
  const at = exact >= 0 ? exact : written.findIndex((header) => plain(header) === plain(text))
  if (at >= 0) return at
  throw new Error(`--map: there is no column '${text}'`)
}

/** `field=column,field=column`; a field named twice has several columns, `field=` has none. */
function readMap(map: string, written: readonly string[]): Map<Field, number[]> {
  const mapped = new Map<Field, number[]>()
  for (const entry of map.split(',').filter((text) => text.trim() !== '')) {
    const cut = entry.indexOf('=')
    if (cut < 0) throw new Error(`--map: '${entry.trim()}' is not field=column`)
    const field = fieldNamed(entry.slice(0, cut))
    const column = entry.slice(cut + 1)
    const before = mapped.get(field) ?? []
    mapped.set(field, column.trim() === '' ? before : [...before, columnNamed(column, written)])
  }
  return mapped
}

/**
 * What each column of a file says.
 *
 * @param written the header as it stands in the file
 * @param map the text of --map
 * @throws {Error} a sentence for the person at the machine: an unknown field or column, no id, nothing to compare
 */
export function columnsOf(written: readonly string[], map: string): Columns {
  const mapped = readMap(map, written)
  const taken = new Set([...mapped.values()].flat())
  const free = written.map((header, at) => (taken.has(at) ? '' : plain(header)))
  const columns = Object.fromEntries(
    FIELDS.map((field) => [field, mapped.get(field) ?? chosenByName(free, field)]).filter(
      ([, found]) => found?.length !== 0,
    ),
  ) as Columns
  if (!columns.id) throw new Error('line 1: no column says the id; name it with --map id=COLUMN')
  if (!TELLING.some((field) => columns[field]))
    throw new Error(
      'line 1: no column with a name, birth date, number, phone or email; name them with --map field=COLUMN',
    )
  return columns
}
