import { startServer } from '../../start.ts'
import { defineCommand } from '../command.ts'

const start = defineCommand({
  name: 'start',
  summary: 'Start the service and keep it running',
  async run ({ env, cwd, configFile }) {
    await startServer({ env: configFile === undefined ? env : { ...env, INVIGIL_CONFIG: configFile }, cwd })
    return process.exitCode === 1 ? 1 : 0
  },
})

export default [start]
