import { startServer } from './start.ts'

await startServer({ env: process.env, cwd: process.cwd() })
