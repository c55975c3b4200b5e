import { randomBytes } from 'node:crypto'

/** 256 random bits for a cookie or a link, written in base64url. */
export const randomToken = (): string => randomBytes(32).toString('base64url')
