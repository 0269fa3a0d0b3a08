import type { Matcher } from '../comparison.ts'
import { matchIn, matchSubset, matchUnordered } from './collections.ts'
import { matchJwt } from './jwt.ts'
import { matchRpnowPassword, matchRpnowSignature } from './rpnow.ts'
import { matchAny, matchCapture, matchContains, matchMatches, matchType } from './values.ts'

/** All matchers of the scenario format. A key that is not here is refused when the files are read. */
export const MATCHERS: Readonly<Record<string, Matcher>> = {
  $type: matchType,
  $capture: matchCapture,
  $any: matchAny,
  $in: matchIn,
  $contains: matchContains,
  $matches: matchMatches,
  $subset: matchSubset,
  $unordered: matchUnordered,
  $jwt: matchJwt,
  $rpnow_exam_password: matchRpnowPassword,
  $rpnow_signature: matchRpnowSignature,
}
