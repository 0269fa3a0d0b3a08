import type { ProctoredEnrollment } from '../../lms/services.ts'
import type { DomainContext } from '../context.ts'
import type { CourseListRequest } from './list-request.ts'

export const PAGE_SIZE = 25
const BATCH_SIZE = 500
const MAX_PAGE = 1_000_000

export interface Cut<T> { items: T[], count: number, page: number, pages: number }

type Asked = Pick<CourseListRequest, 'courseId' | 'search'>

/** All who may take proctored exams: as much as the course is large. */
export const allEnrollments = async ({ lms }: DomainContext, { courseId, search }: Asked): Promise<readonly ProctoredEnrollment[]> =>
  await lms.enrollments.getEnrollmentsCanTakeProctoredExams(courseId, search) ?? []

/** One page of them. A platform that knows no pages is asked for all. */
export async function pageOfEnrollments (ctx: DomainContext, { courseId, search, page: asked }: Asked & { page: number }): Promise<Cut<ProctoredEnrollment>> {
  const read = (page: number) => ctx.lms.enrollments.getProctoredEnrollmentsPage(courseId, search, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE })
  const found = await read(Math.min(Math.max(1, asked), MAX_PAGE))
  if (found === null) return cutPage(await allEnrollments(ctx, { courseId, search }), asked)
  const numbers = numberPages(found.count, asked)
  const isThere = numbers.page === asked || found.count === 0
  return { ...numbers, items: isThere ? found.enrollments : (await read(numbers.page))?.enrollments ?? [] }
}

/** All of them, some at a time: never more in memory, however large the course, where the platform knows pages. */
export async function * batchesOfEnrollments (ctx: DomainContext, { courseId, search }: Asked): AsyncGenerator<readonly ProctoredEnrollment[]> {
  const read = (offset: number) => ctx.lms.enrollments.getProctoredEnrollmentsPage(courseId, search, { offset, limit: BATCH_SIZE })
  for (let offset = 0, found = await read(0); ; found = await read(offset)) {
    if (found === null) {
      if (offset > 0) return
      const all = await allEnrollments(ctx, { courseId, search })
      for (let from = 0; from < all.length; from += BATCH_SIZE) yield all.slice(from, from + BATCH_SIZE)
      return
    }
    yield found.enrollments
    offset += found.enrollments.length
    if (found.enrollments.length === 0 || offset >= found.count) return
  }
}

/** A page that is not there means the last. */
function numberPages (count: number, asked: number): Omit<Cut<never>, 'items'> {
  const pages = Math.max(1, Math.ceil(count / PAGE_SIZE))
  return { count, pages, page: asked >= 1 && asked <= pages ? asked : pages }
}

export function cutPage<T> (all: readonly T[], asked: number): Cut<T> {
  const numbers = numberPages(all.length, asked)
  return { ...numbers, items: all.slice((numbers.page - 1) * PAGE_SIZE, numbers.page * PAGE_SIZE) }
}

/** Cuts a page out of a list of unknown length as it goes by; holds that page and the last one only. */
export function createCutter<T> (asked: number): { take (item: T): void, cut (): Cut<T> } {
  const wanted: T[] = []
  let last: T[] = []
  let count = 0
  return {
    take (item) {
      if (count % PAGE_SIZE === 0) last = []
      last.push(item)
      count++
      if (Math.ceil(count / PAGE_SIZE) === asked) wanted.push(item)
    },
    cut () {
      const numbers = numberPages(count, asked)
      return { ...numbers, items: numbers.page === asked ? wanted : last }
    },
  }
}
