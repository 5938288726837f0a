import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled } from '#db/driver/statement.ts'

/** What the role of a connection could do that the service never needs. */
export type ServiceRole = {
  role: string
  is_superuser: boolean
  /** It owns the tables, or may become the role that does. */
  is_owner: boolean
  /** It could change or remove what history says (R40), or the tables themselves. */
  may_rewrite_history: boolean
}

/** What the role of these connections could do. Throws when the database is away. */
export async function findServiceRole(db: Db): Promise<ServiceRole | undefined> {
  return first(
    await db.run(
      compiled(sql<ServiceRole>`
        select current_user as role,
          rolsuper or rolreplication or pg_has_role('pg_write_server_files', 'member')
            or pg_has_role('pg_execute_server_program', 'member') as is_superuser,
          coalesce(pg_has_role((select relowner from pg_class where oid = to_regclass('history')), 'member'), false)
            as is_owner,
          coalesce(has_table_privilege(to_regclass('history'), 'update, delete, truncate, trigger'), false)
            as may_rewrite_history
        from pg_roles
        where rolname = current_user`),
    ),
  )
}
