import { expect, onTestFinished, test } from 'vitest'
import { gauge, observeAnswer, openMetrics, outcomes } from './metrics.ts'

test('metrics are served on a port of their own, in the form Prometheus reads', async () => {
  gauge('sokhoe_test_waiting', 'How many wait', async () => 3)
  gauge('sokhoe_test_unreadable', 'Cannot be read', async () => {
    throw new Error('away')
  })
  for (const status of [200, 201]) observeAnswer('GET', '/api/me', status, 0.004)
  outcomes.inc({ action: 'code.answer', outcome: 'in' })
  const { port, close } = await openMetrics(0, '127.0.0.1')
  onTestFinished(close)

  const reply = await fetch(`http://127.0.0.1:${port}/metrics`)
  const text = await reply.text()
  expect(reply.headers.get('content-type')).toContain('text/plain')
  expect(text).toMatch(/^sokhoe_test_waiting 3$/m)
  expect(text).toMatch(/^sokhoe_test_unreadable Nan$/m)
  expect(text).toMatch(
    /^sokhoe_http_request_seconds_count\{method="GET",route="\/api\/me",status="2xx"\} 2$/m,
  )
  expect(text).toMatch(/^sokhoe_outcomes_total\{action="code.answer",outcome="in"\} [1-9]/m)
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
})
