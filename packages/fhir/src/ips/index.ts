/** The International Patient Summary: what stands of one person, as one document. */
export { type SummaryOf, summaryDocument } from './document.ts'
export { type Along, GOES_ALONG, SPOKEN_OF, type Statement } from './place.ts'
