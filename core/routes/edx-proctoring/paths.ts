export const PROCTORED_EXAM = '/api/edx_proctoring/v1/proctored_exam'

/** Path parameters that are whole numbers: anything else is another path, so it is not found. */
export const EXAM_ID = ':exam_id(^\\d+$)'
export const USER_ID = ':user_id(^\\d+$)'
