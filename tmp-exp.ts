import pg from 'pg'
import { openDatabase } from './bench/scene/database.ts'
const db = await openDatabase(undefined)
const pool = new pg.Pool({ connectionString: db.url, max: 10, options: '-c timezone=UTC' })
const text = `select a.id, a.created_at, a.modified_at, a.started_at, a.completed_at, a.external_id, a.status, a.allowed_time_limit_mins, a.attempt_code, a.is_sample_attempt,
      a.taking_as_proctored, a.review_policy_id, a.is_status_acknowledged, a.is_resumable, a.ready_to_resume, a.resumed,
      e.id as exam_id, e.course_id, e.content_id, e.external_id as exam_external_id, e.exam_name, e.time_limit_mins, e.is_proctored, e.is_practice_exam, e.is_active,
      e.due_date, e.hide_after_due, e.backend, u.id as user_id, u.username, u.email
    from attempt a join exam e on e.id = a.exam_id join users u on u.id = a.user_id where a.id = $1 and a.archived_at is null`
const asText = { getTypeParser: () => (v: string) => v } as any
const prepared = new WeakMap<object, Set<string>>()
class Lean {
  rows: any[] = []; callback: any; name = 'lean'; text = text; error: any
  constructor (public_values: any[]) { this.values = public_values }
  values: any[]
  submit (c: any) {
    c.stream.cork()
    let known = prepared.get(c); if (!known) prepared.set(c, known = new Set())
    if (!known.has(this.name)) c.parse({ name: this.name, text: this.text })
    c.bind({ statement: this.name, values: this.values, valueMapper: (v: any) => String(v) })
    c.execute({}); c.sync(); c.stream.uncork(); known.add(this.name); return null
  }
  handleRowDescription () {} handleDataRow (m: any) { this.rows.push(m.fields) }
  handleCommandComplete () {} handleReadyForQuery () { this.callback(null, this) } handleError (e: any) { this.callback(e) }
}
// lean over own client checkout
const pipe = await Promise.all(Array.from({ length: 4 }, async () => { const c = new pg.Client({ connectionString: db.url, options: '-c timezone=UTC', pipeline: true } as any); await c.connect(); return c }))
let turn = 0
const ways: Record<string, (id: number) => Promise<any>> = {
  object: id => pool.query({ name: 'o', text, values: [id] }),
  array: id => pool.query({ name: 'o', text, values: [id], rowMode: 'array' }),
  objectText: id => pool.query({ name: 'o', text, values: [id], types: asText }),
  lean: id => new Promise((ok, no) => (pool as any).query(new Lean([id]), undefined, (e: any, r: any) => e ? no(e) : ok(r))),
  pipeObject: id => pipe[turn++ & 3]!.query({ name: 'o', text, values: [id] }),
  pipeLean: id => new Promise((ok, no) => (pipe[turn++ & 3] as any).query(new Lean([id]), undefined, (e: any, r: any) => e ? no(e) : ok(r))),
}
const N = 4000
const res: Record<string, number[]> = {}
for (let round = 0; round < 12; round++) for (const [name, way] of Object.entries(ways)) {
  const c0 = process.cpuUsage(); const t0 = performance.now(); let n = 0
  await Promise.all(Array.from({ length: 32 }, async () => { while (n < N) { n++; await way(1 + (n * 37) % 20000) } }))
  const c = process.cpuUsage(c0)
  if (round > 1) { (res[name] ??= []).push((c.user + c.system) / N); (res[name + '_wall'] ??= []).push((performance.now() - t0) * 1000 / N) }
}
for (const [k, v] of Object.entries(res)) console.log(k.padEnd(20), v.toSorted((a, b) => a - b)[Math.floor(v.length / 2)]!.toFixed(1))
await pool.end(); await Promise.all(pipe.map(c => c.end())); await db.close()
