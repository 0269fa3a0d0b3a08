export const PROCTORED_EXAM = '/api/edx_proctoring/v1/proctored_exam'

/** Path parameters that are whole numbers: anything else is another path, so it is not found. */
export const EXAM_ID = ':exam_id(^\\d+$)'
export const USER_ID = ':user_id(^\\d+$)'

/** A key or a text in a path that clients are told: keys stay readable, as clients write them themselves. */
export function encodeSegment (text: string): string {
  return encodeURIComponent(text).replaceAll(/%(?:2F|3A|40|24|26|2B|2C|3B|3D)/g, decodeURIComponent)
}

/** An address as it may stand in a header; ids hold what their authors liked. */
export function headerUrl (url: string): string {
  return url.toWellFormed().replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent)
}
