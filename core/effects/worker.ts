import { Logger, run, type Runner, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { DeliveryLog } from './deliver.ts'

export interface WorkerOptions {
  /** Where the job queue lives; the worker keeps connections of its own, one of them listening. */
  pool: pg.PoolConfig
  tasks: TaskList
  concurrency: number
  /** Flags of jobs to leave alone for now. */
  blockedFlags?: () => string[]
  log: DeliveryLog
}

export interface Worker { stop (): Promise<void> }

const POOL_SIZE = 4
const POLL_MS = 2_000
const RESTART_MS = 2_000
/** How long running jobs may go on after a stop before they are told to abort. */
const GRACE_MS = 5_000

/** Runs jobs until stopped. When the queue gives up (the database was away for long), it is started again. */
export async function startWorker (options: WorkerOptions): Promise<Worker> {
  const pool = createPool(options)
  const stopping = new AbortController()
  const first = await runJobs(pool, options).catch(async error => {
    await pool.end()
    throw error
  })
  let current: Runner | null = first
  const keepRunning = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await current?.promise.catch(() => {})
      current = null
      if (stopping.signal.aborted) return
      options.log.error({}, 'the job queue stopped by itself; starting it again')
      await sleep(RESTART_MS, stopping.signal)
      if (!stopping.signal.aborted) current = await runJobs(pool, options).catch(() => null)
    }
  }
  const kept = keepRunning()
  return {
    async stop () {
      stopping.abort()
      await current?.stop().catch(() => {})
      await kept
      await current?.stop().catch(() => {})
      await pool.end()
    },
  }
}

function runJobs (pgPool: pg.Pool, { tasks, concurrency, blockedFlags, log }: WorkerOptions): Promise<Runner> {
  return run({
    pgPool,
    taskList: tasks,
    // without it the library looks for a crontab file in the working directory
    parsedCronItems: [],
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    forbiddenFlags: () => blockedFlags?.() ?? null,
    gracefulShutdownAbortTimeout: GRACE_MS,
    logger: createLogger(log),
    // batches are waited for at the end; single completions would still be running when the pool closes
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })
}

function createPool ({ pool: config, log }: WorkerOptions): pg.Pool {
  const pool = new pg.Pool({ max: POOL_SIZE, ...config })
  const onError = (error: Error) => log.warn({ err: error }, 'the job queue lost a database connection')
  pool.on('error', onError)
  pool.on('connect', client => client.on('error', onError))
  return pool
}

/** The library tells every finished job at `info`: for us that is detail. */
function createLogger (log: DeliveryLog): Logger {
  return new Logger(scope => (level, message, meta) => {
    const fields = { job: scope.jobId, task: scope.taskIdentifier, err: meta?.error }
    if (level === 'error') log.error(fields, message)
    else if (level === 'warning') log.warn(fields, message)
    else log.debug(fields, message)
  })
}

function sleep (ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, ms)
    function done () {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
