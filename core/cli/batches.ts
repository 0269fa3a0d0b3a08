import { setTimeout as sleep } from 'node:timers/promises'
import type { CommandContext, ExitCode } from './command.ts'
import { isRefusal } from './faults.ts'
import type { OptionTable } from './options.ts'

/** Options of every command that works through many records. */
export const BATCH_OPTIONS = {
  batch_size: { kind: 'integer', value: 'N', minimum: 1, default: 300, help: 'records between two pauses' },
  sleep_time: { kind: 'integer', value: 'SECONDS', default: 10, help: 'length of a pause' },
  after: { kind: 'integer', value: 'ID', default: 0, help: 'go on after this record, as an interrupted run says' },
  dry_run: { kind: 'flag', help: 'list what would be done, and do nothing' },
} as const satisfies OptionTable

export interface BatchSettings { batch_size: number, sleep_time: number, after: number, dry_run: boolean }

export interface BatchWork {
  /** What one record is called, e.g. `attempt`. */
  record: string
  /** How many come after this one, as things stand now. */
  count (after: number): Promise<number>
  /** The next ids after this one, in the order they are worked on. */
  next (after: number, limit: number): Promise<readonly number[]>
  /** A text says why nothing was done; a refusal of the house is counted and the work goes on. */
  work (id: number): Promise<string | undefined>
}

interface Tally { done: number, skipped: number, failed: number, last: number, stopped: boolean, total: number }

/** Works through records in batches with pauses between them. A run that breaks off says how to go on. */
export async function runBatches (context: CommandContext, { record, count, next, work }: BatchWork, settings: BatchSettings): Promise<ExitCode> {
  const { out, signal } = context
  const tally: Tally = { done: 0, skipped: 0, failed: 0, last: settings.after, stopped: false, total: await count(settings.after) }
  try {
    let batch = await next(tally.last, settings.batch_size)
    while (batch.length > 0 && !tally.stopped) {
      for (const id of batch) {
        tally.stopped = signal.aborted
        if (tally.stopped) break
        await workOn(context, id, settings.dry_run ? async () => tellOnly(out, record, id) : work, { record, tally })
      }
      if (tally.stopped) break
      batch = await next(tally.last, settings.batch_size)
      if (batch.length > 0 && !settings.dry_run) await pause(settings.sleep_time, signal)
    }
  } catch (error) {
    out.note(goOn(record, tally))
    throw error
  }
  return report(context, record, tally, settings.dry_run)
}

async function workOn ({ out }: CommandContext, id: number, work: BatchWork['work'], { record, tally }: { record: string, tally: Tally }): Promise<void> {
  try {
    const reason = await work(id)
    if (reason === undefined) tally.done++
    else {
      tally.skipped++
      out.note(`Skipped ${record} ${id}: ${reason}`)
    }
  } catch (error) {
    if (!isRefusal(error)) throw error
    tally.failed++
    out.note(`Not done, ${record} ${id}: ${error.message}`)
  }
  tally.last = id
  out.progress(progressBar(tally.done + tally.skipped + tally.failed, tally.total, `${record} ${id}`))
}

const BAR_WIDTH = 24

/** Work that comes in meanwhile makes more than the count said; the bar is then simply full. */
export function progressBar (done: number, expected: number, what: string): string {
  const total = Math.max(done, expected)
  const filled = total === 0 ? BAR_WIDTH : Math.floor(done / total * BAR_WIDTH)
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${done} of ${total}, ${what}`
}

async function tellOnly (out: CommandContext['out'], record: string, id: number): Promise<undefined> {
  out.note(`Would do ${record} ${id}.`)
}

async function pause (seconds: number, signal: AbortSignal): Promise<void> {
  if (seconds > 0) await sleep(seconds * 1000, undefined, { signal }).catch(() => {})
}

const goOn = (record: string, { last }: Tally): string => last > 0 ? `Stopped after ${record} ${last}; go on with: --after ${last}` : 'Stopped before the first record.'

function report ({ out }: CommandContext, record: string, tally: Tally, isDry: boolean): ExitCode {
  const { done, skipped, failed, last, stopped } = tally
  if (stopped) out.note(goOn(record, tally))
  out.say(`${isDry ? 'Would do' : 'Done'}: ${done}; skipped: ${skipped}; not done: ${failed}.`, { done, skipped, failed, last, stopped, dry_run: isDry })
  return failed > 0 || stopped ? 1 : 0
}
