import { smartConfiguration } from '../../clients/index.ts'
import type { Interaction } from '../answer.ts'
import { type Listed, listOperations, listSystem, listTypes, type Operation } from './listed.ts'
import { includes, revincludes, searchedBy } from './searches.ts'

const HL7_OPERATION = 'http://hl7.org/fhir/OperationDefinition'
const BULK = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition'
const BACKPORT = 'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition'

/** Where each operation is defined, by its type and name. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  'undefined export': `${BULK}/export`,
  'undefined import': 'urn:sokhoe:operation:import',
  'Patient export': `${BULK}/patient-export`,
  'Group export': `${BULK}/group-export`,
  'Patient everything': `${HL7_OPERATION}/Patient-everything`,
  'Patient summary': 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
  'Patient match': `${HL7_OPERATION}/Patient-match`,
  ':type validate': `${HL7_OPERATION}/Resource-validate`,
  'CodeSystem lookup': `${HL7_OPERATION}/CodeSystem-lookup`,
  'CodeSystem validate-code': `${HL7_OPERATION}/CodeSystem-validate-code`,
  'CodeSystem subsumes': `${HL7_OPERATION}/CodeSystem-subsumes`,
  'ValueSet expand': `${HL7_OPERATION}/ValueSet-expand`,
  'ValueSet validate-code': `${HL7_OPERATION}/ValueSet-validate-code`,
  'ConceptMap translate': `${HL7_OPERATION}/ConceptMap-translate`,
  'Subscription status': `${BACKPORT}/backport-subscription-status`,
  'Subscription events': `${BACKPORT}/backport-subscription-events`,
  'Subscription get-ws-binding-token': `${BACKPORT}/backport-subscription-get-ws-binding-token`,
}

const definitionOf = ({ type, name }: Operation): string =>
  DEFINITIONS[`${type} ${name}`] ?? `urn:sokhoe:operation:${name}`

const told = (operation: Operation): object => ({ name: operation.name, definition: definitionOf(operation) })

const SEARCHING = `Inside one person (patient, subject, _id, the compartment Patient/[id]/[type]) every parameter is \
answered. Across persons a search must narrow itself: by an identifier; for Patient by whole parts of the name with the \
whole birthdate; for Condition, Observation, AllergyIntolerance and Immunization by a code with its system and days; \
or by _lastUpdated. Anything wider is refused with an OperationOutcome that says what to add. Totals and pages count \
only what the asking facility may see. Clients send POST [type]/_search, so that names and numbers stand in no address.`

const GENERAL = `Numbers are given back as they were written. Ids are this server's own: an update of an unknown id is \
405. What a facility stated itself it always reads; what others stated only while the person's grant stands. What is not \
there and what may not be seen answer alike.`

const security = (house: string): object => {
  const { token_endpoint } = smartConfiguration(house) as { token_endpoint: string }
  return {
    extension: [
      {
        url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
        extension: [{ url: 'token', valueUri: token_endpoint }],
      },
    ],
    service: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
            code: 'SMART-on-FHIR',
          },
        ],
        text: 'SMART Backend Services: client_credentials with private_key_jwt',
      },
    ],
  }
}

/** FHIR has no empty lists. */
const filled = <T>(name: string, list: readonly T[]): object => (list.length > 0 ? { [name]: list } : {})

const DEFINITION = 'http://hl7.org/fhir/StructureDefinition'

function resource(listed: Listed, operations: readonly Operation[]): object {
  const { type, interactions, conditionalUpdate, conditionalDelete } = listed
  const has = (name: string): boolean => interactions.includes(name)
  const own = operations.filter((one) => one.type === type || one.type === ':type')
  return {
    type,
    profile: `${DEFINITION}/${type}`,
    interaction: interactions.map((code) => ({ code })),
    versioning: has('vread') ? (has('update') ? 'versioned-update' : 'versioned') : 'no-version',
    readHistory: has('vread'),
    updateCreate: false,
    conditionalCreate: has('create') && conditionalUpdate,
    conditionalRead: has('vread') ? 'full-support' : 'not-supported',
    conditionalUpdate,
    conditionalDelete: conditionalDelete ? 'single' : 'not-supported',
    referencePolicy: ['literal', 'logical', 'local'],
    ...(has('search-type') && {
      ...filled('searchInclude', includes(type)),
      ...filled('searchRevInclude', revincludes(type)),
      searchParam: searchedBy(type),
    }),
    ...(own.length > 0 && { operation: own.map(told) }),
  }
}

/**
 * What the door does and nothing else, made from its interactions.
 * @param base absolute address of the door @param house that of the server
 */
export function capabilityStatement(all: readonly Interaction[], base: string, house: string): object {
  const operations = listOperations(all)
  const types = listTypes(all).filter(({ interactions }) => interactions.length > 0)
  const ofServer = operations.filter(({ type }) => type === undefined)
  return {
    resourceType: 'CapabilityStatement',
    url: `${base}/metadata`,
    version: '4.0.1-1',
    name: 'SoKhoe',
    title: 'Sổ Khỏe',
    status: 'active',
    date: '2026-11-26',
    publisher: 'Sở Y tế Thành phố Hồ Chí Minh',
    kind: 'instance',
    software: { name: 'Sổ Khỏe' },
    implementation: { description: 'Sổ Khỏe', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    ...filled(
      'patchFormat',
      types.some(({ interactions }) => interactions.includes('patch')) ? ['application/json-patch+json'] : [],
    ),
    instantiates: ['http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'],
    implementationGuide: ['http://hl7.org/fhir/uv/ips/ImplementationGuide/hl7.fhir.uv.ips|2.0.0'],
    rest: [
      {
        mode: 'server',
        documentation: `${GENERAL}\n\n${SEARCHING}`,
        security: security(house),
        resource: types.map((each) => resource(each, operations)),
        ...filled(
          'interaction',
          [...new Set(listSystem(all))].map((code) => ({ code })),
        ),
        ...filled('operation', ofServer.map(told)),
        compartment: ['http://hl7.org/fhir/CompartmentDefinition/patient'],
      },
    ],
  }
}
