import { createDesktopApp, type DesktopApp } from './desktop-app.ts'

/** What the exam page asks, and whom. */
export class Handler {
  readonly app: DesktopApp = createDesktopApp()

  onStartExamAttempt (timeout?: number) {
    return this.app.assertProctoring(timeout)
  }

  onPing (timeout?: number) {
    return this.app.assertProctoring(timeout)
  }

  onEndExamAttempt () {
    return this.app.close()
  }
}
