import { createStore } from '@sokhoe/ui/store'

/** How many answers on this phone the server does not have yet. */
const unsent = createStore(0)

export const tellUnsent = unsent.set
export const useUnsent = unsent.use
