import { PERMISSIONS, type Permission } from '../../core/http/permissions.ts'
import { COMMON_REFUSALS, PLATFORM_REFUSALS, PROVIDER_AWAY, PROVIDER_FAILS, PROVIDER_UNKNOWN, refusalsOf, statusOf, type ErrorCode } from '../../core/http/refusals.ts'
import type { Operation } from './operation.ts'
import { table } from './table.ts'

/** Codes that come together are told by what they come of. */
const GROUPS: readonly { codes: readonly ErrorCode[], words: string }[] = [
  { codes: PROVIDER_UNKNOWN, words: 'no provider' },
  { codes: PROVIDER_FAILS, words: 'a provider that fails' },
  { codes: PROVIDER_AWAY, words: 'a provider that is away' },
  { codes: PLATFORM_REFUSALS, words: 'a platform that fails' },
]

const INTRO = 'With which codes a request may be refused. Tests hold every route to this list: each code of a request\'s own was answered, and none beside these.'

/** What each request may be refused with. */
export function refusals (operations: readonly Operation[]): string[] {
  const everywhere = [
    ['every request', tell(COMMON_REFUSALS)],
    ...byPermission(operations),
  ]
  const own = operations.filter(({ refuses }) => refuses.length > 0).map(({ method, path, refuses }) => [`\`${method} ${path}\``, tell(refuses)])
  const groups = GROUPS.map(({ codes, words }) => [words, list(codes)])
  return ['## Refusals', INTRO, table(['request', 'refused with'], [...everywhere, ...own]), table(['where it says', 'it is one of'], groups)]
}

/** Permissions that bring the same with them share a line. */
function byPermission (operations: readonly Operation[]): string[][] {
  const used = Object.keys(PERMISSIONS).filter(isPermission).filter(name => name !== 'public' && operations.some(({ permission }) => permission === name))
  return [...Map.groupBy(used, name => tell(refusalsOf(name)))].map(([told, names]) => [`who may: ${names.join(', ')}`, told])
}

const isPermission = (name: string): name is Permission => Object.hasOwn(PERMISSIONS, name)

function tell (codes: readonly ErrorCode[]): string {
  const told = GROUPS.filter(group => group.codes.every(code => codes.includes(code)))
  const single = codes.filter(code => !told.some(group => group.codes.some(each => each === code)))
  return [...single.length > 0 ? [list(single)] : [], ...told.map(({ words }) => words)].join('; ')
}

/** By status, smallest first. */
function list (codes: readonly ErrorCode[]): string {
  const byStatus = Map.groupBy(codes, statusOf)
  return [...byStatus].toSorted(([a], [b]) => a - b).map(([status, some]) => `${status} ${some.map(code => `\`${code}\``).join(', ')}`).join('; ')
}
