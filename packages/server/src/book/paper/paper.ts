/** Who says so, as a shape that a printer without colours tells apart. */
export type Mark = 'self' | 'station' | 'hospital' | 'import'

export const MARKS: Readonly<Record<Mark, string>> = {
  self: 'Tự khai',
  station: 'Trạm y tế',
  hospital: 'Bệnh viện',
  import: 'Nhập từ giấy',
}

/** Parts that can be printed alone. */
export const PARTS = ['basics', 'family', 'immunisation', 'visits', 'results', 'documents'] as const
export type PaperPart = (typeof PARTS)[number]

export interface Column {
  readonly title: string
  /** Of the width, against the other columns of the table. */
  readonly share: number
  readonly align?: 'right'
  readonly strong?: boolean
}

export interface Row {
  /** Absent where nobody says it: a line about what is not there. */
  readonly mark?: Mark
  /** One a column, in words; never empty words for what is unknown. */
  readonly cells: readonly string[]
  /** A second line under the row, over its whole width. */
  readonly note?: string
}

/** One part of form 831 as a table. */
export interface Section {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** What stands where there is no row, in words. */
  readonly absent: string
}

/** A book, or parts of it, as it is printed or downloaded: everything in words, nothing left to look up. */
export interface Paper {
  readonly title: string
  readonly owner: string
  /** Under the name: sex, age, birth, number of the book; where she lives. */
  readonly ownerLines: readonly string[]
  /** What could harm her, in a frame on top; null where this paper does not hold that part. */
  readonly warning: string | null
  readonly sections: readonly Section[]
  /** Left out of what a proxy prints, in words. */
  readonly leftOut: string | null
  /** Local time of printing, as the page shows it. */
  readonly printed: string
  /** At whose wish. */
  readonly printedFor: string
  readonly code: string
  /** Where anybody asks whether this paper is genuine. */
  readonly codeUrl: string
}

/** Law 20/2023/QH15, article 12: the mark of conversion, the system and who owns it, where to ask, when and by whom. */
export const SYSTEM = 'Hệ thống Sổ Khỏe, chủ quản: Sở Y tế TP. Hồ Chí Minh'
export const CONVERTED = 'Bản giấy chuyển đổi từ dữ liệu điện tử'
export const NO_DIAGNOSIS = 'Bản in không thay chẩn đoán của bác sĩ.'
