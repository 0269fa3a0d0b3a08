import { createHmac } from 'node:crypto'
import t from 'tap'
import { signWebhook } from '../../core/effects/webhook-signature.ts'

t.test('the signature is the one of the published example', async t => {
  const headers = signWebhook({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  t.same(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

t.test('a secret without the prefix is taken as text', async t => {
  const { 'webhook-signature': signature } = signWebhook({ id: 'a', timestamp: 1, body: '{}', secret: 'plain text' })
  t.equal(signature, `v1,${createHmac('sha256', 'plain text').update('a.1.{}').digest('base64')}`)
})
