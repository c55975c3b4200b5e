import { useLoad } from '../platform/ask.ts'

export const API = '/api/department/clients'
export const SCREENS = '/department/clients'

export type Key = {
  kid: string
  alg: string
  since: string
  until: string | null
  lastUsedAt: string | null
}

export type Client = {
  id: string
  name: string
  facility: string
  facilityName: string | null
  scopes: string
  operator: boolean
  keyAddress: string | null
  createdAt: string
  suspendedAt: string | null
  lastUsedAt: string | null
  keys: readonly Key[]
}

export const useClients = () => useLoad<{ clients: readonly Client[] }>(API)

export const standing = ({ keys }: Client): Key[] => keys.filter(({ until }) => until === null)

/** A private key never leaves the computer on which it was pasted by mistake. */
export const isPrivate = (text: string): boolean => /PRIVATE KEY/.test(text) || /"d"\s*:/.test(text)
