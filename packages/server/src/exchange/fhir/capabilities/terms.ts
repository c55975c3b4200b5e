import { allSystems } from '@sokhoe/codes/terminology'

/** What is answered about codes. @see https://hl7.org/fhir/R4/terminologycapabilities.html */
export function terminologyCapabilities(base: string): object {
  const systems = Map.groupBy(allSystems(), ({ url }) => url)
  return {
    resourceType: 'TerminologyCapabilities',
    status: 'active',
    date: '2026-11-26',
    kind: 'instance',
    software: { name: 'Sổ Khỏe' },
    implementation: { description: 'Sổ Khỏe', url: base },
    lockedDate: true,
    codeSystem: [...systems].map(([uri, versions]) => ({
      uri,
      version: versions.map(({ version, to, content }) => ({
        ...(version !== undefined && { code: version }),
        isDefault: to === undefined,
        compositional: false,
        language: ['vi', 'en'],
        ...(content === 'complete' && { property: ['parent', 'child', 'notSelectable'] }),
      })),
      subsumption: true,
    })),
    expansion: {
      hierarchical: false,
      paging: true,
      incomplete: false,
      parameter: ['url', 'valueSet', 'valueSetVersion', 'filter', 'date', 'offset', 'count'].map((name) => ({
        name,
      })),
      textFilter:
        'Words of a name in Vietnamese or English, with or without marks, each from its beginning; or the beginning of a code',
    },
    codeSearch: 'all',
    validateCode: { translations: true },
    translation: { needsMap: false },
  }
}
