import { Migration } from '@mikro-orm/migrations'

/** Staff of courses, named by an operator. */
export class CourseStaff extends Migration {
  override up (): void {
    this.addSql('create table "course_staff" ("user_id" int not null, "course_id" varchar(255) not null, "created_at" timestamptz(3) not null, primary key ("user_id", "course_id"))')
    this.addSql('create index "course_staff_course_id_index" on "course_staff" ("course_id")')
    this.addSql('alter table "course_staff" add constraint "course_staff_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade')
  }

  override down (): void {
    this.addSql('drop table if exists "course_staff"')
  }
}
