import { expect, test, vi } from 'vitest'
import { openFacility, PATIENT, weighing } from '../../../../test/facility.ts'

/** As laboratories write them: zeros that say how well it was measured, exponents, more digits than a machine's number has. */
const WRITTEN = ['54.50', '10.00', '1.0e-10', '-0.0', '6.02E+23', '0.1000000000000000055511151231257827']

test('a number leaves by every way as it was written', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  const told = async (
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    more: Parameters<typeof ask>[2] = {},
  ) => {
    const reply = await ask(method, url, more)
    expect(reply.statusCode, `${method} ${url}`).toBeLessThan(300)
    return reply.body
  }
  for (const number of WRITTEN) {
    const { id: weight, reply } = await post('Observation', weighing(id, number))
    const at = `Observation/${weight}`
    const bundle = (type: string, entry: string) =>
      `{"resourceType":"Bundle","type":"${type}","entry":[${entry}]}`
    const create = `{"resource":${weighing(id, number)},"request":{"method":"POST","url":"Observation"}}`
    const headers = { prefer: 'return=representation' }
    const patch = `[{"op":"test","path":"/valueQuantity/value","value":${number}},{"op":"add","path":"/note","value":[{"text":"."}]}]`
    const ways = {
      create: reply.body,
      read: await told('GET', at),
      vread: await told('GET', `${at}/_history/1`),
      history: await told('GET', `${at}/_history`),
      'history of the type': await vi.waitFor(
        async () => {
          const page = await told('GET', 'Observation/_history?_count=1')
          // told once every older transaction of the whole database server is over, those of other tests too
          expect(page).toContain(weight)
          return page
        },
        { timeout: 20_000, interval: 50 },
      ),
      search: await told('GET', `Observation?patient=${id}&_id=${weight}`),
      everything: await told('GET', `Patient/${id}/$everything`),
      transaction: await told('POST', '', { body: bundle('transaction', create), headers }),
      batch: await told('POST', '', { body: bundle('batch', create), headers }),
      'read in a batch': await told('POST', '', {
        body: bundle('batch', `{"request":{"method":"GET","url":"${at}"}}`),
      }),
      patch: await told('PATCH', at, {
        body: patch,
        headers: { 'content-type': 'application/json-patch+json' },
      }),
      indented: (await told('GET', `${at}?_pretty=true`)).replaceAll('": ', '":'),
    }
    for (const [way, body] of Object.entries(ways))
      expect(body, `${way} ${number}`).toContain(`"value":${number}`)
  }
})
