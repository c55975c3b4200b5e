import { createVault } from '@sokhoe/ui/vault'

export { alone, newUuid } from '@sokhoe/ui/vault'

/** The vault of this phone, opened once. */
export const vault = createVault('sokhoe')
