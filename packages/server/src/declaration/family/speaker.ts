import type { Book } from '../../identity/index.ts'
import { type Stated, THIS_PATIENT } from '../../record/index.ts'

/** Who speaks, as whose book it is would say it. */
const SPEAKERS: Readonly<Record<string, string>> = {
  child: 'Cha, mẹ',
  parent: 'Con',
  spouse: 'Vợ, chồng',
  sibling: 'Anh, chị, em',
  grandparent: 'Cháu',
  ward: 'Người giám hộ',
  other: 'Người thân khác',
}

/**
 * Somebody who speaks for whose book it is, as the record names her.
 * @param relation whose book it is to her
 */
export function speakerOf(relation: string, { home, demographics }: Book): Stated & { readonly urn: string } {
  const resource = {
    resourceType: 'RelatedPerson',
    meta: {
      source: 'urn:sokhoe:source:self',
      tag: [{ system: 'urn:sokhoe:assurance', code: 'self-declared' }],
    },
    patient: { reference: THIS_PATIENT },
    relationship: [{ text: SPEAKERS[relation] ?? SPEAKERS['other'] }],
    name: [{ text: demographics.name }],
  }
  return { resource, sourceKey: `representative/${relation}/${home}`, urn: 'urn:sokhoe:representative' }
}
