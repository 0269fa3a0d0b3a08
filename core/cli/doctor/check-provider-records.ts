import type { Config } from '../../config/schema.ts'
import type { Sql, Statement } from '../../db/sql.ts'
import { backlogByProvider } from '../../effects/backlog.ts'
import { countDependants } from '../../operate/dependants.ts'
import { isForEverybody, servesCourse } from '../../provider/allow-list.ts'
import { note, wrong, type Finding } from './finding.ts'

const COURSES: Statement = {
  name: 'doctor-courses',
  text: 'select course_id as "courseId", coalesce(backend, $1) as backend, count(*)::int as exams from exam where is_active and is_proctored group by 1, 2',
}
const ALL_COURSES: Statement = { name: 'doctor-all-courses', text: 'select distinct course_id as "courseId" from exam' }

type Providers = Config['providers']

/** What the records say about the providers of the configuration. */
export async function checkProviderRecords (db: Sql, providers: Providers): Promise<Finding[]> {
  return [...await checkNames(db, providers), ...await checkDead(db), ...await checkAllowLists(db, providers)]
}

async function checkNames (db: Sql, { default: defaultName, enabled }: Providers): Promise<Finding[]> {
  const dependants = await countDependants(db, defaultName)
  return [...dependants].flatMap(([name, { exams, liveAttempts }]) => {
    const what = `provider ${name}`
    const entry = enabled[name]
    if (!entry) return [wrong(what, `is not configured, and ${exams} active exams and ${liveAttempts} learners in an exam name it`, `Put it back, or write ${name}: { retired: true } under providers.enabled.`)]
    if (entry.retired && exams > 0) return [note(what, `is retired, and ${exams} active exams name it`, 'Entering them answers 503: have their courses published with another provider.')]
    return []
  })
}

async function checkDead (db: Sql): Promise<Finding[]> {
  const backlog = await backlogByProvider(db, new Date())
  return [...backlog].filter(([, { dead }]) => dead > 0).map(([name, { dead }]) =>
    note(`provider ${name}`, `${dead} deliveries to it were given up`, `See why: invigil effects list --state dead --provider ${name}; send them again: invigil effects retry --provider ${name}`))
}

async function checkAllowLists (db: Sql, { default: defaultName, enabled }: Providers): Promise<Finding[]> {
  const narrowed = Object.entries(enabled).filter(([, entry]) => !entry.retired && !isForEverybody(entry))
  if (narrowed.length === 0) return []
  const [courses, exams] = await Promise.all([
    db.query<{ courseId: string }>(ALL_COURSES, []),
    db.query<{ courseId: string, backend: string | null, exams: number }>(COURSES, [defaultName]),
  ])
  if (courses.length === 0) return []
  return narrowed.flatMap(([name, entry]) => {
    const what = `provider ${name}`
    const unserved = exams.filter(({ backend, courseId }) => backend === name && !servesCourse(entry, courseId))
    const shut = unserved.reduce((sum, row) => sum + row.exams, 0)
    return [
      ...courses.some(({ courseId }) => servesCourse(entry, courseId)) ? [] : [note(what, 'its courses and organizations match no course that has exams here', `Compare providers.enabled.${name} with the course keys of: invigil exams`)],
      ...shut > 0 ? [note(what, `${shut} active exams name it in courses it is not allowed for, e.g. ${unserved[0]?.courseId}`, 'New attempts there answer 503: widen the allow-list, or have those courses published with another provider.')] : [],
    ]
  })
}
