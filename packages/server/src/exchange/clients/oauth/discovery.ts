export const TOKEN_PATH = '/oauth/token'
export const ALGORITHMS = ['ES384', 'RS384'] as const

const SCOPES = [
  'system/*.cruds',
  'system/*.rs',
  'system/*.c',
  'system/*.read',
  'system/*.write',
  'system/*.*',
]

/** What a program needs to know to obtain a token. @see SMART App Launch 2.2, section 7 */
export const smartConfiguration = (house: string): object => ({
  token_endpoint: `${house}${TOKEN_PATH}`,
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ALGORITHMS,
  scopes_supported: SCOPES,
  capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
})
