/** Bytes of a request body; exams, reviews and bulk lists stay far below. */
export const BODY_LIMIT = 1024 * 1024
