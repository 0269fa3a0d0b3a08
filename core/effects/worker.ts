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

const POLL_MS = 2_000
const RESTART_MS = 2_000
/** How long running jobs may go on after a stop before they are told to abort. */
const GRACE_MS = 5_000

/** Runs jobs until stopped. A queue that gives up (the database was away for long) is started again. */
export async function startWorker (options: WorkerOptions): Promise<Worker> {
  const stopping = new AbortController()
  const pool = createPool(options, stopping.signal)
  let runner: Runner | null = await runJobs(pool, options).catch(async error => {
    await pool.end()
    throw error
  })
  const restart = async () => {
    await sleep(RESTART_MS, stopping.signal)
    if (stopping.signal.aborted) return null
    return runJobs(pool, options).catch((error: unknown) => {
      options.log.error({ err: error }, 'the job queue could not be started again')
      return null
    })
  }
  const keepRunning = async () => {
    while (!stopping.signal.aborted) {
      const reason: unknown = await runner?.promise.then(() => null, error => error)
      if (stopping.signal.aborted) return
      options.log.error({ err: reason }, 'the job queue is not running; it is started again')
      runner = await restart()
    }
  }
  const kept = keepRunning()
  return {
    async stop () {
      stopping.abort()
      // one that has stopped by itself says so by rejecting
      await runner?.stop().catch(() => {})
      await kept
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

function createPool ({ pool: config, concurrency, log }: WorkerOptions, stopping: AbortSignal): pg.Pool {
  const pool = new pg.Pool({ max: concurrency, ...config })
  const onError = (error: Error) => {
    // a server that is stopped with us hangs up first; the error itself drags the whole connection along
    if (!stopping.aborted) log.warn({ reason: error.message }, 'the job queue lost a database connection')
  }
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
