import { fork } from 'node:child_process'
import { once } from 'node:events'
import autocannon from 'autocannon'
const modes = process.argv.slice(2)
const rounds = 9
const servers = await Promise.all(modes.map(async (mode, i) => {
  const child = fork('tmp-app2.ts', [mode, String(9300 + i)])
  const [m] = await once(child, 'message') as [{ token: string }]
  return { mode, child, port: 9300 + i, token: m.token, us: [] as number[], rps: [] as number[] }
}))
const cpu = async (c: ReturnType<typeof fork>) => { c.send('cpu'); const [v] = await once(c, 'message') as [number]; return v }
for (let r = 0; r < rounds; r++) for (const s of servers) {
  const before = await cpu(s.child)
  const res = await autocannon({ url: `http://127.0.0.1:${s.port}/api/edx_proctoring/v1/proctored_exam/attempt/41`, connections: 8, duration: 2, headers: { authorization: `JWT ${s.token}` } })
  const after = await cpu(s.child)
  if (res.non2xx) console.log(s.mode, 'non2xx', res.non2xx)
  if (r > 0) { s.us.push((after - before) / res.requests.total); s.rps.push(res.requests.average) }
}
const med = (a: number[]) => a.toSorted((x, y) => x - y)[Math.floor(a.length / 2)]!
for (const s of servers) { console.log(s.mode.padEnd(30), 'cpu us/req', med(s.us).toFixed(1), 'min', Math.min(...s.us).toFixed(1), 'rps', med(s.rps).toFixed(0)); s.child.kill() }
