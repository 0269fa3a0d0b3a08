import { restProvider } from './rest-provider.ts'

/** The conventions as they are: a vendor that follows them needs configuration only. */
export default restProvider()
