import { Migration } from '@mikro-orm/migrations'

const CREATE = [
  `create table "effect" ("id" bigserial primary key, "subject" varchar(255) not null, "stream" varchar(255) not null, "kind" varchar(16) not null, "payload" jsonb not null, "idempotency_key" varchar(64) not null, "created_at" timestamptz(3) not null, "due_at" timestamptz(3) not null, "tries" int not null default 0, "last_error" text null, "state" varchar(16) not null default 'pending', "leased_until" timestamptz(3) null, "delivered_at" timestamptz(3) null, "request_id" varchar(255) null)`,
  `create index "effect_subject_id_index" on "effect" ("subject", "id")`,
  `create index "effect_stream_head_index" on "effect" ("stream", "id") where state = 'pending'`,
  `create index "effect_due_index" on "effect" ("due_at") where state = 'pending'`,
  `create index "effect_dead_index" on "effect" ("id") where state = 'dead'`,
  `create index "effect_delivered_index" on "effect" ("delivered_at") where state = 'delivered'`,
  `alter table "effect" add constraint "effect_idempotency_key_unique" unique ("idempotency_key")`,
  `create table "exam" ("id" serial primary key, "course_id" varchar(255) not null, "content_id" varchar(255) not null, "external_id" varchar(255) null, "exam_name" text not null, "time_limit_mins" int not null, "due_date" timestamptz(3) null, "is_proctored" boolean not null default false, "is_practice_exam" boolean not null default false, "is_active" boolean not null default false, "hide_after_due" boolean not null default false, "backend" varchar(255) null, "created_at" timestamptz(3) not null, "modified_at" timestamptz(3) not null)`,
  `create index "exam_course_id_is_active_is_practice_exam_is_proct_ce738_index" on "exam" ("course_id", "is_active", "is_practice_exam", "is_proctored", "created_at")`,
  `create index "exam_external_id_index" on "exam" ("external_id")`,
  `create index "exam_content_id_index" on "exam" ("content_id")`,
  `alter table "exam" add constraint "exam_course_id_content_id_unique" unique ("course_id", "content_id")`,
  `create table "history" ("id" bigserial primary key, "entity" varchar(32) not null, "entity_id" int not null, "change" char(1) not null, "before" jsonb null, "after" jsonb null, "actor_kind" varchar(16) not null, "actor_user_id" int null, "actor_name" varchar(255) not null, "reason" varchar(255) null, "request_id" varchar(255) null, "at" timestamptz(3) not null)`,
  `create index "history_entity_entity_id_id_index" on "history" ("entity", "entity_id", "id")`,
  `create table "review_policy" ("id" serial primary key, "exam_id" int not null, "set_by_user_id" int null, "review_policy" text not null default '', "created_at" timestamptz(3) not null, "modified_at" timestamptz(3) not null)`,
  `alter table "review_policy" add constraint "review_policy_exam_id_unique" unique ("exam_id")`,
  `create table "users" ("id" int not null, "username" varchar(255) not null, "email" varchar(255) not null default '', "full_name" varchar(255) not null default '', "is_active" boolean not null default true, "created_at" timestamptz(3) not null, "modified_at" timestamptz(3) not null, primary key ("id"))`,
  `create index "users_username_lower_index" on "users" (lower("username"))`,
  `create index "users_email_lower_index" on "users" (lower("email"))`,
  `create table "review" ("id" serial primary key, "attempt_code" varchar(255) not null, "is_attempt_active" boolean not null default true, "review_status" varchar(255) not null, "raw_data" text not null, "encrypted_video_url" text null, "reviewed_by_id" int null, "student_id" int null, "exam_id" int null, "created_at" timestamptz(3) not null, "modified_at" timestamptz(3) not null)`,
  `create index "review_exam_id_index" on "review" ("exam_id")`,
  `create index "review_student_id_index" on "review" ("student_id")`,
  `create index "review_modified_at_index" on "review" ("modified_at")`,
  `alter table "review" add constraint "review_attempt_code_unique" unique ("attempt_code")`,
  `create table "review_comment" ("id" serial primary key, "review_id" int not null, "start_time" int not null, "stop_time" int not null, "duration" int not null, "comment" text not null, "status" varchar(255) not null, "created_at" timestamptz(3) not null)`,
  `create index "review_comment_review_id_index" on "review_comment" ("review_id")`,
  `create table "attempt" ("id" serial primary key, "version" int not null default 1, "user_id" int not null, "exam_id" int not null, "course_id" varchar(255) not null, "provider" varchar(255) null, "status" varchar(64) not null, "attempt_code" varchar(255) not null, "external_id" varchar(255) null, "created_at" timestamptz(3) not null, "modified_at" timestamptz(3) not null, "started_at" timestamptz(3) null, "completed_at" timestamptz(3) null, "allowed_time_limit_mins" int null, "taking_as_proctored" boolean not null default false, "is_sample_attempt" boolean not null default false, "review_policy_id" int null, "is_status_acknowledged" boolean not null default false, "time_remaining_seconds" int null, "is_resumable" boolean not null default false, "ready_to_resume" boolean not null default false, "resumed" boolean not null default false, "is_current" boolean not null default true, "archived_at" timestamptz(3) null)`,
  `create unique index "attempt_current_unique" on "attempt" ("user_id", "exam_id") where is_current and archived_at is null`,
  `create unique index "attempt_provider_external_id_unique" on "attempt" ("provider", "external_id") where external_id is not null and archived_at is null`,
  `create index "attempt_user_exam_index" on "attempt" ("user_id", "exam_id", "id" desc) where archived_at is null`,
  `create index "attempt_course_index" on "attempt" ("course_id", "id" desc) where archived_at is null`,
  `create index "attempt_course_current_index" on "attempt" ("course_id", "id" desc) where is_current and archived_at is null`,
  `create index "attempt_exam_index" on "attempt" ("exam_id", "id" desc) where archived_at is null`,
  `create index "attempt_in_progress_index" on "attempt" ("user_id", "id" desc) where status in ('started', 'ready_to_submit') and archived_at is null`,
  `create index "attempt_deadline_index" on "attempt" ("started_at") where status in ('eligible', 'created', 'download_software_clicked', 'ready_to_start', 'started', 'ready_to_submit') and started_at is not null and archived_at is null`,
  `create index "attempt_sample_index" on "attempt" ("user_id", "modified_at" desc) where is_sample_attempt and archived_at is null`,
  `create index "attempt_completed_index" on "attempt" ("user_id", "completed_at" desc) where taking_as_proctored and not is_sample_attempt and archived_at is null`,
  `alter table "attempt" add constraint "attempt_attempt_code_unique" unique ("attempt_code")`,
  `create table "allowance" ("id" serial primary key, "user_id" int not null, "exam_id" int not null, "key" varchar(255) not null, "value" varchar(255) not null, "created_at" timestamptz(3) not null, "modified_at" timestamptz(3) not null)`,
  `create index "allowance_exam_id_index" on "allowance" ("exam_id")`,
  `alter table "allowance" add constraint "allowance_user_id_exam_id_key_unique" unique ("user_id", "exam_id", "key")`,
  `alter table "review_policy" add constraint "review_policy_exam_id_foreign" foreign key ("exam_id") references "exam" ("id") on delete cascade`,
  `alter table "review" add constraint "review_reviewed_by_id_foreign" foreign key ("reviewed_by_id") references "users" ("id") on delete set null`,
  `alter table "review" add constraint "review_student_id_foreign" foreign key ("student_id") references "users" ("id") on delete cascade`,
  `alter table "review" add constraint "review_exam_id_foreign" foreign key ("exam_id") references "exam" ("id") on delete cascade`,
  `alter table "review_comment" add constraint "review_comment_review_id_foreign" foreign key ("review_id") references "review" ("id") on delete cascade`,
  `alter table "attempt" add constraint "attempt_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade`,
  `alter table "attempt" add constraint "attempt_exam_id_foreign" foreign key ("exam_id") references "exam" ("id") on delete cascade`,
  `alter table "allowance" add constraint "allowance_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade`,
  `alter table "allowance" add constraint "allowance_exam_id_foreign" foreign key ("exam_id") references "exam" ("id") on delete cascade`,
]

const TABLES = ['effect', 'exam', 'history', 'review_policy', 'users', 'review', 'review_comment', 'attempt', 'allowance']

export class Initial extends Migration {
  override up (): void {
    for (const statement of CREATE) this.addSql(statement)
  }

  override down (): void {
    for (const table of TABLES) this.addSql(`drop table if exists "${table}" cascade`)
  }
}
