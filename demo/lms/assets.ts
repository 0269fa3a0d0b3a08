import { bundleAsset, type BrowserAsset } from '../../core/browser/bundle.ts'

const PREFIX = '/demo/static'

/** The LMS's own stylesheet and script. */
export async function bundleLmsAssets (): Promise<{ style: BrowserAsset, script: BrowserAsset }> {
  const [style, script] = await Promise.all([
    bundleAsset('lms', new URL('./browser/lms.css', import.meta.url), PREFIX),
    bundleAsset('answers', new URL('./browser/answers.ts', import.meta.url), PREFIX),
  ])
  return { style, script }
}
