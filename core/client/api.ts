import type { Client, ClientPathsWithMethod, FetchResponse, MaybeOptionalInit } from 'openapi-fetch'
import type { paths } from './schema.ts'

type MediaType = `${string}/${string}`
type Method = 'get' | 'put' | 'post' | 'patch' | 'delete'
export type Plain = Client<paths, MediaType>

/** What openapi-fetch answers when it does not refuse. */
type Accepted<Answer> = Answer extends { error: unknown } ? never : Answer
type Arguments<Init> = Extract<undefined, Init> extends never ? [init: Init] : [init?: Init]

type Ask<M extends Method> = <Path extends ClientPathsWithMethod<Plain, M>, Init extends MaybeOptionalInit<paths[Path], M>> (
  path: Path, ...init: Arguments<Init>
) => Promise<Accepted<FetchResponse<NonNullable<paths[Path][M]>, Init, MediaType>>>

/** Every address of the service: paths, parameters, bodies and answers are those of its OpenAPI document. Refusals are thrown. */
export interface Api {
  GET: Ask<'get'>
  PUT: Ask<'put'>
  POST: Ask<'post'>
  PATCH: Ask<'patch'>
  DELETE: Ask<'delete'>
}
