import { openLoadedBench } from '../bench/bench.ts'
import { LEAVING_MS, watchClosing, type Closing } from '../bench/closing.ts'
import { defineGroup, problem } from '../check.ts'

const CLOSING_MS = 2_000

export default defineGroup<Closing>({
  id: 'closing',
  title: 'leaving nothing behind',
  about: 'Works with the provider in a process of its own, closes it while a call is under way, and waits for the process to end by itself.',
  async open (target) {
    const bench = await openLoadedBench(target)
    await bench.close()
    return { subject: await watchClosing(target) }
  },
  checks: [
    {
      id: 'in-time',
      title: `the provider is closed within ${CLOSING_MS / 1000} s, also with a call under way`,
      run: ({ closedMs }) => closedMs <= CLOSING_MS ? undefined : problem(`an end within ${CLOSING_MS} ms`, `one after ${closedMs} ms`, 'Obey call.signal; it aborts when the host shuts down.'),
    },
    {
      id: 'no-handles',
      title: 'no timer and no connection keeps the process alive afterwards',
      run: ({ open }) => open.length === 0
        ? undefined
        : problem(`the process to end by itself within ${LEAVING_MS} ms`, `it is kept alive by ${summarise(open)}`, 'Call .unref() on timers, or end them with call.signal; make connections through context.fetch only.'),
    },
  ],
})

const OF_THE_PROCESS = new Set(['PipeWrap', 'TTYWrap', 'FSReqPromise', 'CloseReq'])

function summarise (open: readonly string[]): string {
  const names = open.filter(name => !OF_THE_PROCESS.has(name))
  return [...new Set(names.length > 0 ? names : open)].map(name => `${open.filter(other => other === name).length} × ${name}`).join(', ')
}
