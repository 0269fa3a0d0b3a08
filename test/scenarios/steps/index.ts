import type { Step, StepKind, StepOf } from '../schema.ts'
import type { Problem, StepRunner, World } from '../world.ts'
import { runCommand } from './command.ts'
import { runExpect } from './expect.ts'
import { runHttp } from './http.ts'
import { runAdmin, runHostApi } from './in-process.ts'
import { runStudentView } from './student-view.ts'
import { runVector } from './vector.ts'
import { runActor, runClock, runService, runSettings, runVendor } from './world-changes.ts'

const RUNNERS: { [K in StepKind]: StepRunner<StepOf<K>> } = {
  http: runHttp,
  clock: runClock,
  service: runService,
  vendor: runVendor,
  student_view: runStudentView,
  command: runCommand,
  expect: runExpect,
  settings: runSettings,
  actor: runActor,
  host_api: runHostApi,
  admin: runAdmin,
  vector: runVector,
}

export function runStep (step: Step, world: World): Promise<Problem | null> {
  return runnerOf(step)(step, world)
}

/** A step's runner takes exactly that kind of step; the compiler cannot follow the pair through the table. */
const runnerOf = (step: Step) => RUNNERS[step.do] as StepRunner<Step>
