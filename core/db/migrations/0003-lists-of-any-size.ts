import { Migration } from '@mikro-orm/migrations'

const PRESENT = '("is_current" and "archived_at" is null)'
const IS_PRESENT = (row: 'old' | 'new') => `(${row}."is_current" and ${row}."archived_at" is null)`
const SPANS = [8, 16]

const UP = [
  // counts of the attempts that count, kept by triggers: whoever writes, the lines stand with what they count
  'create table "attempt_tally" ("id" bigserial primary key, "course_id" varchar(255) not null, "span" smallint not null, "place" int not null, "amount" int not null, "is_fresh" boolean not null default true)',
  'create index "attempt_tally_course_index" on "attempt_tally" ("course_id", "span", "place") include ("amount")',
  'create index "attempt_tally_fresh_index" on "attempt_tally" ("id") where is_fresh',
  `create function invigil_tally_attempt () returns trigger language plpgsql as $$
    declare
      counted record;
      step int := 1;
    begin
      if tg_op = 'DELETE' then counted := old; else counted := new; end if;
      if tg_op = 'DELETE' or not (counted.is_current and counted.archived_at is null) then step := -1; end if;
      insert into attempt_tally (course_id, span, place, amount) values ${SPANS.map(span => `(counted.course_id, ${span}, counted.id >> ${span}, step)`).join(', ')};
      return null;
    end $$`,
  `create trigger "attempt_tally_insert" after insert on "attempt" for each row when ${IS_PRESENT('new')} execute function invigil_tally_attempt()`,
  `create trigger "attempt_tally_update" after update on "attempt" for each row when (${IS_PRESENT('old')} is distinct from ${IS_PRESENT('new')}) execute function invigil_tally_attempt()`,
  `create trigger "attempt_tally_delete" after delete on "attempt" for each row when ${IS_PRESENT('old')} execute function invigil_tally_attempt()`,
  ...SPANS.map(span => `insert into "attempt_tally" ("course_id", "span", "place", "amount", "is_fresh") select course_id, ${span}, id >> ${span}, count(*), false from attempt where ${PRESENT} group by 1, 3`),

  // parts of names are found through an index of PostgreSQL's own kinds: pg_trgm is not installed everywhere
  `create function invigil_trigrams (words text) returns text[] language sql immutable strict parallel safe cost 1000 as $$
    select coalesce(array_agg(distinct substr(lowered, n, 3)), '{}') from (select lower(words) as lowered) as l, generate_series(1, length(lowered) - 2) as n $$`,
  `create index "users_trigrams_index" on "users" using gin (invigil_trigrams("username" || chr(10) || "email"))`,

  // lists of rare things among many others
  'create index "attempt_status_index" on "attempt" ("course_id", "status", "id" desc) where archived_at is null',
  'create index "attempt_archived_index" on "attempt" ("id") where archived_at is not null',
  'create index "effect_kind_id_index" on "effect" ("kind", "id")',
  'create index "review_exam_id_modified_at_id_index" on "review" ("exam_id", "modified_at", "id")',
  'drop index "review_exam_id_index"',
]

const DOWN = [
  'create index if not exists "review_exam_id_index" on "review" ("exam_id")',
  'drop index if exists "review_exam_id_modified_at_id_index"',
  'drop index if exists "effect_kind_id_index"',
  'drop index if exists "attempt_archived_index"',
  'drop index if exists "attempt_status_index"',
  'drop index if exists "users_trigrams_index"',
  'drop function if exists invigil_trigrams (text)',
  'drop trigger if exists "attempt_tally_insert" on "attempt"',
  'drop trigger if exists "attempt_tally_update" on "attempt"',
  'drop trigger if exists "attempt_tally_delete" on "attempt"',
  'drop function if exists invigil_tally_attempt ()',
  'drop table if exists "attempt_tally"',
]

export class ListsOfAnySize extends Migration {
  override up (): void {
    for (const statement of UP) this.addSql(statement)
  }

  override down (): void {
    for (const statement of DOWN) this.addSql(statement)
  }
}
