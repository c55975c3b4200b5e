declare module '../../platform/database.ts' {
  interface Tables {
    'identity.eid': {
      phone_hash: Buffer
      /** Fingerprint of the state that the service hands back. */
      state_hash: Buffer
      /** Of which session it is. */
      session: Buffer
      /** Whose book. */
      home: number
      /** Nonce and verifier, sealed. */
      secret: Buffer
      expires_at: Date
    }
  }
}

/** What is taken of what the national service says, and nothing else of it. */
export interface EidSaid {
  /** 12 digits. */
  readonly number: string
  readonly name: string
  /** YYYY-MM-DD. */
  readonly birthDate: string
  /** Undefined where the service does not say. */
  readonly sex: 'male' | 'female' | undefined
}
