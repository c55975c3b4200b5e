/**
 * Rules of R4 that cannot be fully computed from what is sent, by their key and with the reason. All others are asked
 * whole. A test holds this list to what is really asked.
 */
export const UNCOMPUTABLE: ReadonlyMap<string, string> = new Map([
  [
    'ctm-1',
    'asks whether a member of a care team is a Practitioner: known only of members that are contained, others pass',
  ],
])

/** Required value sets whose codes cannot be listed, and why: their elements take any code of the right form. */
export const UNLISTED: ReadonlyMap<string, string> = new Map([
  ['http://hl7.org/fhir/ValueSet/mimetypes', 'media types are an open register'],
  ['http://hl7.org/fhir/ValueSet/ucum-units', 'units are made by a grammar, without end'],
  ['http://loinc.org/vs/LL379-9', 'the answers of this list are not part of the definitions'],
])
