import type { Browser } from 'playwright-core'
import { describePackage } from '../../core/package.ts'
import { openChromium } from '../../core/testkit/worker/chromium.ts'

interface Teardown { teardown (close: () => unknown): unknown }

/** Starts a real Chromium, closed when the test ends. `CHROME_PATH` is preferred; else the one npm brought. */
export async function launchChromium (t: Teardown): Promise<Browser> {
  const { browser, close } = await openChromium([describePackage().root])
  t.teardown(close)
  return browser
}
