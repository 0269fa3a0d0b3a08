/** A refusal that the old wire does not tell as `{"detail"}`. */
export type WithAnswer<E extends Error> = E & { answer: unknown }

/** Gives an error the body it has on the wire: an object, or a text, which becomes a bare JSON string. */
export const answeredWith = <E extends Error>(error: E, answer: object | string): WithAnswer<E> => Object.assign(error, { answer })

/** The error's own words as a bare JSON string. */
export const inBareText = <E extends Error>(error: E): WithAnswer<E> => answeredWith(error, error.message)
