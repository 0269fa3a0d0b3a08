import { enableCompileCache } from 'node:module'

// before anything of ours is imported: compiled code and stripped types are kept from start to start, which saves a quarter of the work
enableCompileCache()
const { startServer } = await import('./start.ts')

await startServer({ env: process.env, cwd: process.cwd() })
