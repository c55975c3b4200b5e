import { readdirSync, readFileSync } from 'node:fs'
import { parseJson } from '../src/json.ts'
import { validate } from '../src/validate/index.ts'

const FOLDER = new URL('../../../node_modules/hl7.fhir.r4.examples/', import.meta.url)

const NO_BASE = ['required SearchParameter.base']
const EMPTY_TEXT = 'invariant %.text.div'

/** Official examples that break the rules themselves, and what they break. */
export const WRONG: Readonly<Record<string, readonly string[]>> = {
  // the narrative is an empty div
  'ActivityDefinition-blood-tubes-supply.json': [EMPTY_TEXT],
  'ActivityDefinition-heart-valve-replacement.json': [EMPTY_TEXT],
  'EventDefinition-example.json': [EMPTY_TEXT],
  'Questionnaire-zika-virus-exposure-assessment.json': [EMPTY_TEXT],
  // three entries of one address
  'Bundle-dataelements.json': ['invariant Bundle'],
  // codes with two spaces in a row
  'Bundle-v2-valuesets.json': ['value Bundle.entry.resource.concept.code'],
  'CodeSystem-v2-0550.json': ['value CodeSystem.concept.code'],
  // references to types that the element does not allow
  'DeviceMetric-example.json': ['value DeviceMetric.parent.reference'],
  'DeviceUseStatement-example.json': ['value DeviceUseStatement.reasonReference.reference'],
  'MedicationRequest-medrx0301.json': ['value MedicationRequest.dispenseRequest.performer.reference'],
  'Observation-clinical-gender.json': ['value Observation.performer.reference'],
  // elements that must be there are not
  'ImplementationGuide-fhir.json': [
    'value ImplementationGuide.manifest.resource.reference.reference',
    'required ImplementationGuide.name',
    'required ImplementationGuide.status',
  ],
  'Questionnaire-qs1.json': [
    'required Questionnaire.item.item.linkId',
    'required Questionnaire.item.item.item.linkId',
    'required Questionnaire.item.item.item.item.linkId',
  ],
  ...Object.fromEntries(
    [
      'CodeSystem-author',
      'CodeSystem-effective',
      'CodeSystem-end',
      'CodeSystem-keyword',
      'CodeSystem-workflow',
    ].map((name) => [`SearchParameter-codesystem-extensions-${name}.json`, NO_BASE]),
  ),
  ...Object.fromEntries(
    ['ValueSet-author', 'ValueSet-effective', 'ValueSet-end', 'ValueSet-keyword', 'ValueSet-workflow'].map(
      (name) => [`SearchParameter-valueset-extensions-${name}.json`, NO_BASE],
    ),
  ),
  // an id of 67 characters
  'SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json': [
    'value SearchParameter.id',
  ],
  // not abstract and without a base
  'StructureDefinition-Definition.json': ['invariant StructureDefinition'],
  'StructureDefinition-Event.json': ['invariant StructureDefinition'],
  'StructureDefinition-FiveWs.json': ['invariant StructureDefinition'],
  'StructureDefinition-Request.json': ['invariant StructureDefinition'],
}

export const exampleNames = readdirSync(FOLDER).filter((name) => /^[A-Z].*\.json$/.test(name))

/** What is found in one example, each kind of fault once. */
function faultsOf(name: string): string[] {
  const resource = parseJson(readFileSync(new URL(name, FOLDER), 'utf8'), { length: 100_000_000, depth: 100 })
  const own = (expression: string): string =>
    expression.endsWith('.text.div') ? EMPTY_TEXT.slice('invariant '.length) : expression
  const errors = validate(resource).filter(({ severity }) => severity !== 'warning')
  return [
    ...new Set(errors.map(({ code, expression }) => `${code} ${own(expression.replaceAll(/\[\d+\]/g, ''))}`)),
  ]
}

/** The faults of each example that has any. */
export const faultsIn = (names: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    names.map((name) => [name, faultsOf(name)] as const).filter(([, faults]) => faults.length > 0),
  )
