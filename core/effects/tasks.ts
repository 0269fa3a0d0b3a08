import type { TaskList } from 'graphile-worker'
import { Type } from 'typebox'
import { Parse } from 'typebox/value'
import { deliverStream, drain, type DeliveryContext, type DrainResult } from './deliver.ts'
import { enqueueJobs } from './enqueue.ts'
import { DELIVER_JOB, destinationOf, EXPIRE_JOB } from './kinds.ts'
import { wakeUp } from './plan.ts'
import { createSerial } from './serial.ts'
import { createSlots } from './slots.ts'

export const CONCURRENCY = 10
/** Two workers are always left for deadlines. */
const LIMITS = { total: CONCURRENCY - 2, perDestination: 3 }
const FULL_WAIT_MS = 500

const DeliverJobSchema = Type.Object({ stream: Type.String() })
const ExpireJobSchema = Type.Object({ attemptId: Type.Integer() })

export interface Tasks {
  list: TaskList
  blockedFlags (): string[]
  drain (): Promise<DrainResult>
}

export interface TaskOptions {
  delivery: DeliveryContext
  expireAttempt (attemptId: number): Promise<unknown>
  /** One delivery at a time, in the order effects were written: for a demo clock, so that what is shown does not depend on chance. */
  isSerial: boolean
}

/** What the job queue runs. */
export function createTasks ({ delivery, expireAttempt, isSerial }: TaskOptions): Tasks {
  const slots = createSlots(LIMITS)
  const inTurn = createSerial()
  const drainAll = () => isSerial ? inTurn(() => drain(delivery)) : drain(delivery)
  const deliverWithSlot = async (stream: string) => {
    const destination = destinationOf(stream)
    if (!slots.take(destination)) return enqueueJobs(delivery.database, [wakeUp(stream, FULL_WAIT_MS)])
    await deliverStream(delivery, stream).finally(() => slots.give(destination))
  }
  return {
    list: {
      async [DELIVER_JOB] (payload: unknown) {
        const { stream } = Parse(DeliverJobSchema, payload)
        if (isSerial) await drainAll()
        else await deliverWithSlot(stream)
      },
      async [EXPIRE_JOB] (payload: unknown) {
        await expireAttempt(Parse(ExpireJobSchema, payload).attemptId)
      },
    },
    blockedFlags: () => slots.blockedFlags(),
    drain: drainAll,
  }
}
