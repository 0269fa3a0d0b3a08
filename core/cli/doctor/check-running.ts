import type { Config } from '../../config/schema.ts'
import { CIRCUIT_METRIC } from '../../http/metrics.ts'
import { wrong, type Finding } from './finding.ts'

const TIMEOUT_MS = 2_000

/** Asks the service that runs on this machine, if one does, which vendors it leaves alone for now. */
export async function checkRunning ({ server, providers }: Config): Promise<Finding[]> {
  const open = await readOpenCircuits(server)
  return open.filter(name => Object.hasOwn(providers.enabled, name)).map(name => wrong(`provider ${name}`, 'failed too often, and the running service does not call it for now',
    'It is tried again every half minute. Meanwhile nobody can begin its exams; whoever is in one goes on. Why: /operate/providers, or the log.'))
}

async function readOpenCircuits ({ host, port, metrics_token: token }: Config['server']): Promise<string[]> {
  if (port === 0) return []
  try {
    const answer = await fetch(`http://${addressOf(host)}:${port}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS), headers: token === null ? {} : { authorization: `Bearer ${token}` } })
    return answer.ok ? findOpen(await answer.text()) : []
  } catch {
    // it does not run here, and that is for others to say
    return []
  }
}

/** The names of the metric's lines that say 1. */
export function findOpen (metrics: string): string[] {
  return [...metrics.matchAll(new RegExp(`^${CIRCUIT_METRIC}\\{provider="([^"]+)"\\} 1$`, 'gm'))].map(([, name = '']) => name)
}

function addressOf (host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
