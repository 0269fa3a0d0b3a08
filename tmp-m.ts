import { Histogram, Registry } from 'prom-client'
const r = new Registry()
const h = new Histogram({ name: 'x', help: 'x', labelNames: ['method','route','status'], registers: [r], buckets: [0.002,0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10] })
const c = h.labels({ method: 'GET', route: '/api/edx_proctoring/v1/proctored_exam/attempt/:attemptId', status: 200 })
for (let k = 0; k < 3; k++) {
let t = process.hrtime.bigint(); for (let i = 0; i < 1e6; i++) c.observe(0.003); console.log('labels child', Number(process.hrtime.bigint() - t) / 1e6, 'ns')
t = process.hrtime.bigint(); for (let i = 0; i < 1e6; i++) h.observe({ method: 'GET', route: '/api/edx_proctoring/v1/proctored_exam/attempt/:attemptId', status: 200 }, 0.003); console.log('observe', Number(process.hrtime.bigint() - t) / 1e6, 'ns') }
