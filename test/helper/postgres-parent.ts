import { startEmbeddedPostgres } from '../../core/db/embedded.ts'

/**
 * A process that owns an embedded PostgreSQL, for tests of what becomes of it: `node postgres-parent.ts <data folder> stay|forget`.
 * It prints "up" or the fault as one line, then stays until it is killed (Ctrl-C it ignores), or forgets to stop the server and ends.
 */
const [dataDir = '', mode] = process.argv.slice(2)

try {
  await startEmbeddedPostgres({ dataDir })
  console.log('up')
  if (mode === 'stay') {
    process.on('SIGINT', () => {})
    setInterval(() => {}, 60_000)
  }
} catch (error) {
  console.log(String(error).replaceAll('\n', ' '))
  process.exitCode = 1
}
