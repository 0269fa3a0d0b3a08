import { defineEntity, p } from '@mikro-orm/core'

/** A person of the platform as last told to us: by a token, a page request or the command line. The id is the platform's. */
export const UserEntity = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.integer().primary().autoincrement(false),
    username: p.string().length(255),
    email: p.string().length(255).default(''),
    fullName: p.string().length(255).default(''),
    isActive: p.boolean().default(true),
    createdAt: p.datetime(3),
    modifiedAt: p.datetime(3),
  },
  indexes: [
    { name: 'users_username_lower_index', expression: 'create index "users_username_lower_index" on "users" (lower("username"))' },
    { name: 'users_email_lower_index', expression: 'create index "users_email_lower_index" on "users" (lower("email"))' },
    { name: 'users_trigrams_index', expression: 'create index "users_trigrams_index" on "users" using gin (invigil_trigrams("username" || chr(10) || "email"))' },
  ],
})
