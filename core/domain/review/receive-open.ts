import { INV_BAD_REQUEST, INV_NOT_FOUND } from '../../errors.ts'
import type { LoadedProvider } from '../../provider/registry.ts'
import { getByCode } from '../attempt/read.ts'
import type { AttemptRecord } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { receiveReview } from './receive.ts'

/** The one provider whose reviews come without a sign of who sends them. */
const OPEN_PROVIDER = 'software_secure'
const CODE = /^[A-Za-z0-9_-]{1,255}$/

/**
 * Stores a review nobody signed; the provider compares what only the vendor should know (contract 02 §5.3).
 * Attempts of other vendors cannot be reviewed this way: their record locators are no secret.
 */
export async function receiveOpenReview (ctx: DomainContext, body: Record<string, unknown>, requestId: string): Promise<void> {
  const provider = ctx.providers.find(OPEN_PROVIDER)
  if (!provider) throw new INV_NOT_FOUND(`There is no provider "${OPEN_PROVIDER}" here, and only its reviews are received at this address.`)
  const record = await findNamedAttempt(ctx, body)
  assertSameVendor(ctx, provider, record)
  await receiveReview(ctx, { record, body, provider, actor: { kind: 'vendor', userId: null, name: OPEN_PROVIDER, requestId } })
}

/** Archived attempts too: their reviews are kept. */
async function findNamedAttempt (ctx: DomainContext, { examMetaData: about }: Record<string, unknown>): Promise<AttemptRecord> {
  const code: unknown = typeof about === 'object' && about !== null ? Reflect.get(about, 'examCode') : undefined
  if (typeof code !== 'string' || !CODE.test(code)) throw new INV_BAD_REQUEST('Expected examMetaData.examCode to be the code of an attempt.')
  const record = await getByCode(ctx, code)
  if (!record) throw new INV_BAD_REQUEST(`There is no attempt with the code ${code}.`)
  return record
}

/** The same package may serve under several names, e.g. two contracts with one vendor. */
function assertSameVendor ({ providers }: DomainContext, { name, package: wanted }: LoadedProvider, { attempt }: AttemptRecord): void {
  const own = attempt.provider === null ? undefined : providers.find(attempt.provider)
  if (own && (own.name === name || (own.package !== null && own.package.name === wanted?.name))) return
  throw new INV_BAD_REQUEST(`Attempt ${attempt.attemptCode} is not reviewed by the vendor of "${OPEN_PROVIDER}".`)
}
