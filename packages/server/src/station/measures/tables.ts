declare module '../../platform/database.ts' {
  interface Tables {
    'station.measured': {
      uuid: string
      digest: Buffer
      home: number
      patient_id: number
      resources: number
      staff_id: number
      at: Date
    }
    'station.digit': { staff_id: number; day: string; digit: number; n: number }
  }
}

export {}
