import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { CONSENT_PURPOSES } from '../../record/index.ts'
import { consentsOf, setConsent } from './consents.ts'

const OfBook = z.object({ book: z.string().max(64) })
const Purpose = z.object({ purpose: z.enum(CONSENT_PURPOSES) })
const Given = z.object({ given: z.boolean(), textVersion: z.string().max(40).optional() })

/** For what a book is open, one purpose at a time. `/api/me` means one's own book. */
export const consentRoutes: Routes = async (app) => {
  app.get('/api/me/consents', { schema: { summary: 'For what my book is open' } }, ({ ctx }) =>
    consentsOf(ctx, 'own'),
  )

  app.put(
    '/api/me/consents/:purpose',
    { schema: { summary: 'Open or close my book for one purpose', params: Purpose, body: Given } },
    ({ ctx, params, body }) => setConsent(ctx, 'own', params.purpose, body),
  )

  app.get(
    '/api/books/:book/consents',
    { schema: { summary: 'For what a book is open', params: OfBook } },
    ({ ctx, params }) => consentsOf(ctx, params.book),
  )

  app.put(
    '/api/books/:book/consents/:purpose',
    {
      schema: {
        summary: 'Open or close a book for one purpose',
        params: OfBook.extend(Purpose.shape),
        body: Given,
      },
    },
    ({ ctx, params, body }) => setConsent(ctx, params.book, params.purpose, body),
  )
}
