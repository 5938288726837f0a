import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder } from '#db/driver/statement.ts'
import type { App, Product } from '#domain/catalogue.ts'
import type { AppKinds } from '#domain/seat-limit.ts'
import type { AppKind } from '#domain/vocabulary.ts'

// One lock for the whole catalogue: seats follow from products and apps together. Held shared while a contract's
// limit is worked out, alone while the catalogue changes.
const CATALOGUE_LOCK = 4_815_162_342

const products = () =>
  sqlBuilder
    .selectFrom('products')
    .select([
      'product_id',
      'name',
      'base_seats',
      sql<
        string[]
      >`array(select b.app_id from product_bundled_apps b where b.product_id = products.product_id order by b.position)`.as(
        'bundled_app_ids',
      ),
      'counts_apps',
      'counts_connections',
    ])

const findProductStatement = prepared<{ product_id: string }, Product>(parameter =>
  products().where('product_id', '=', parameter('product_id')),
)
export const findProduct = async (db: Db, product_id: string): Promise<Product | undefined> =>
  first(await db.run(findProductStatement({ product_id })))

const listProductsStatement = prepared<{ after: string; limit: number }, Product>(parameter =>
  products().where('product_id', '>', parameter('after')).orderBy('product_id').limit(parameter('limit')),
)
export const listProducts = async (db: Db, page: { after: string; limit: number }): Promise<Product[]> =>
  await db.run(listProductsStatement(page))

const apps = () => sqlBuilder.selectFrom('apps').select(['app_id', 'name', 'kind'])

const findAppStatement = prepared<{ app_id: string }, App>(parameter =>
  apps().where('app_id', '=', parameter('app_id')),
)
export const findApp = async (db: Db, app_id: string): Promise<App | undefined> =>
  first(await db.run(findAppStatement({ app_id })))

const listAppsStatement = prepared<{ after: string; limit: number }, App>(parameter =>
  apps().where('app_id', '>', parameter('after')).orderBy('app_id').limit(parameter('limit')),
)
export const listApps = async (db: Db, page: { after: string; limit: number }): Promise<App[]> =>
  await db.run(listAppsStatement(page))

const listAppKindsStatement = prepared<{ app_ids: readonly string[] }, { app_id: string; kind: AppKind }>(parameter =>
  sqlBuilder
    .selectFrom('apps')
    .select(['app_id', 'kind'])
    .where('app_id', '=', sql<string>`any(${parameter('app_ids')})`),
)
export async function listAppKinds(db: Db, app_ids: readonly string[]): Promise<AppKinds> {
  return new Map((await db.run(listAppKindsStatement({ app_ids }))).map(({ app_id, kind }) => [app_id, kind]))
}

export async function lockCatalogue(db: Db, mode: 'shared' | 'alone'): Promise<void> {
  const take =
    mode === 'shared'
      ? sql`select pg_advisory_xact_lock_shared(${CATALOGUE_LOCK}::bigint)`
      : sql`select pg_advisory_xact_lock(${CATALOGUE_LOCK}::bigint)`
  await db.run(compiled(take))
}

export async function upsertProduct(db: Db, { bundled_app_ids, ...product }: Product): Promise<void> {
  const { product_id, ...values } = product
  await db.run(
    compiled(
      sqlBuilder
        .insertInto('products')
        .values(product)
        .onConflict(conflict => conflict.column('product_id').doUpdateSet(values)),
    ),
  )
  await db.run(compiled(sqlBuilder.deleteFrom('product_bundled_apps').where('product_id', '=', product_id)))
  await db.run(
    compiled(sql`
    insert into product_bundled_apps (product_id, app_id, position)
    select ${product_id}, app_id, position from unnest(${bundled_app_ids}::text[]) with ordinality as bundled (app_id, position)`),
  )
}

export async function upsertApp(db: Db, app: App): Promise<void> {
  const { name, kind } = app
  await db.run(
    compiled(
      sqlBuilder
        .insertInto('apps')
        .values(app)
        .onConflict(conflict => conflict.column('app_id').doUpdateSet({ name, kind })),
    ),
  )
}
