import { note } from '../../../audit/index.ts'
import type { Answer, Ask, Interaction } from '../answer.ts'
import { needScope } from '../answer.ts'
import { lookup, subsumes, validateCode } from './code-systems.ts'
import { translate } from './translate.ts'
import { expandSet, validateInSet } from './value-sets.ts'

export { withOwn } from './resources.ts'

type Run = Interaction['run']

/** What is not of anybody is noted on nobody's chain. */
const noted =
  (type: string, run: Run): Run =>
  async (ask: Ask): Promise<Answer> => {
    needScope(ask.ctx, type, 'r')
    const [answer] = await Promise.all([
      run(ask),
      note(ask.ctx, { action: 'exchange.read', what: type, purpose: 'terminology' }),
    ])
    return answer
  }

/** By GET and POST, on the type and on an instance. */
const operation = (type: string, name: string, run: Run): Interaction[] =>
  [`${type}/$${name}`, `${type}/:id/$${name}`].flatMap((path) =>
    (['GET', 'POST'] as const).map((method) => ({ method, path, run: noted(type, run) })),
  )

/** Questions about codes. */
export const terminology: readonly Interaction[] = [
  ...operation('CodeSystem', 'lookup', lookup),
  ...operation('CodeSystem', 'validate-code', validateCode),
  ...operation('CodeSystem', 'subsumes', subsumes),
  ...operation('ValueSet', 'expand', expandSet),
  ...operation('ValueSet', 'validate-code', validateInSet),
  ...operation('ConceptMap', 'translate', translate),
]
