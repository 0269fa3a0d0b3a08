import { randomBytes } from 'node:crypto'
import type { Provider } from 'invigil/provider'
import { signJwt } from './jwt.ts'
import { fillPath } from './paths.ts'
import type { Vendor } from './vendor.ts'
import { instructorClaims } from './wire.ts'

/** The signed link that opens the vendor's dashboard for an instructor. */
export function instructorMethods ({ baseUrl, paths, options, clock }: Vendor): Pick<Provider, 'getInstructorUrl'> {
  return {
    getInstructorUrl: async query => {
      const jwt = signJwt({
        ...instructorClaims(query),
        iss: options.client_id,
        jti: randomBytes(16).toString('hex'),
        exp: clock.now().getTime() / 1000 + options.token_expiration_time,
      }, options.client_secret)
      return baseUrl + fillPath(paths.instructor, { client: options.client_id, jwt })
    },
  }
}
