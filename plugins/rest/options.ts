import { Secret, Type, type Static } from 'invigil/provider'
import { REST_PATHS } from './paths.ts'

const Path = () => Type.Optional(Type.String({ pattern: '^/' }))
const Paths = Type.Object(Object.fromEntries(Object.keys(REST_PATHS).map(name => [name, Path()])), { additionalProperties: false, default: {}, description: 'paths that differ from the conventions, by name' })

/** Options of the provider; a package for one vendor gives the vendor's address as `baseUrl`, which makes `base_url` optional. */
export function restOptions (baseUrl?: string) {
  return Type.Object({
    base_url: Type.String({ pattern: '^https?://', description: 'root of the vendor\'s API', ...(baseUrl && { default: baseUrl }) }),
    client_id: Type.String({ minLength: 1, description: 'our id at the vendor' }),
    client_secret: Secret({ description: 'our secret at the vendor; also signs instructor links' }),
    oauth_uri: Type.String({ default: '', description: 'added to base_url before the path of the token endpoint' }),
    default_rules: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], { default: null, description: 'proctoring rules sent with every exam' }),
    token_expiration_time: Type.Integer({ minimum: 1, default: 60, description: 'seconds an instructor link is valid' }),
    instructions: Type.Union([Type.Array(Type.String()), Type.Null()], { default: null, description: 'shown to learners instead of the vendor\'s own' }),
    accept_video_link: Type.Boolean({ default: false, description: 'keep videoReviewLink of reviews (encrypted)' }),
    paths: Paths,
  })
}
export type RestOptions = Static<ReturnType<typeof restOptions>>
