import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder } from '#db/driver/statement.ts'
import type { App, Product } from '#domain/contracts/catalogue.ts'
import type { AppKinds } from '#domain/contracts/seat-limit.ts'
import type { AppKind } from '#domain/vocabulary.ts'

const bundledAppIds = sql<string[]>`array(
  select bundled.app_id from product_bundled_apps bundled
  where bundled.product_id = products.product_id
  order by bundled.position)`

const products = () =>
  sqlBuilder
    .selectFrom('products')
    .select([
      'product_id',
      'name',
      'base_seats',
      bundledAppIds.as('bundled_app_ids'),
      'counts_apps',
      'counts_connections',
      'updated_at',
    ])

const findProductStatement = prepared<{ product_id: string }, Product>(parameter =>
  products().where('product_id', '=', parameter('product_id')),
)

/** A product of the catalogue. */
export async function findProduct(db: Db, product_id: string): Promise<Product | undefined> {
  return first(await db.run(findProductStatement({ product_id })))
}

const listProductsStatement = prepared<{ after: string; limit: number }, Product>(parameter =>
  products().where('product_id', '>', parameter('after')).orderBy('product_id').limit(parameter('limit')),
)

/** A page of the products, in the order of their ids. */
export async function listProducts(db: Db, page: { after: string; limit: number }): Promise<Product[]> {
  return await db.run(listProductsStatement(page))
}

const apps = () => sqlBuilder.selectFrom('apps').select(['app_id', 'name', 'kind', 'updated_at'])

const findAppStatement = prepared<{ app_id: string }, App>(parameter =>
  apps().where('app_id', '=', parameter('app_id')),
)

/** An app or option of the catalogue. */
export async function findApp(db: Db, app_id: string): Promise<App | undefined> {
  return first(await db.run(findAppStatement({ app_id })))
}

const listAppsStatement = prepared<{ after: string; limit: number }, App>(parameter =>
  apps().where('app_id', '>', parameter('after')).orderBy('app_id').limit(parameter('limit')),
)

/** A page of the apps and options, in the order of their ids. */
export async function listApps(db: Db, page: { after: string; limit: number }): Promise<App[]> {
  return await db.run(listAppsStatement(page))
}

const listAppKindsStatement = prepared<{ app_ids: readonly string[] }, { app_id: string; kind: AppKind }>(parameter =>
  sqlBuilder
    .selectFrom('apps')
    .select(['app_id', 'kind'])
    .where('app_id', '=', sql<string>`any(${parameter('app_ids')})`),
)

/** The kinds of the apps that the catalogue has of these. */
export async function listAppKinds(db: Db, app_ids: readonly string[]): Promise<AppKinds> {
  return new Map((await db.run(listAppKindsStatement({ app_ids }))).map(({ app_id, kind }) => [app_id, kind]))
}

const CATALOGUE_LOCK = 4_815_162_342
const LOCK_FUNCTIONS = { shared: 'pg_advisory_xact_lock_shared', alone: 'pg_advisory_xact_lock' } as const

/**
 * Locks the whole catalogue, because seats follow from products and apps together: `shared` while a contract's limit is
 * calculated, `alone` while the catalogue changes.
 */
export async function lockCatalogue(db: Db, mode: 'shared' | 'alone'): Promise<void> {
  await db.run(compiled(sql`select ${sql.raw(LOCK_FUNCTIONS[mode])}(${CATALOGUE_LOCK}::bigint)`))
}

/** Inserts a product, or updates it; `updateBundledApps` writes which apps it bundles. */
export async function upsertProduct(db: Db, { bundled_app_ids: _apps, ...product }: Product): Promise<void> {
  const { product_id: _id, ...values } = product
  await db.run(
    compiled(
      sqlBuilder
        .insertInto('products')
        .values(product)
        .onConflict(conflict => conflict.column('product_id').doUpdateSet(values)),
    ),
  )
}

const updateBundledAppsStatement = prepared<{ product_id: string; app_ids: readonly string[] }, unknown>(
  parameter => sql`
  with dropped as (
    delete from product_bundled_apps
    where product_id = ${parameter('product_id')} and app_id <> all(${parameter('app_ids')}::text[]))
  insert into product_bundled_apps (product_id, app_id, position)
  select ${parameter('product_id')}, app_id, position
  from unnest(${parameter('app_ids')}::text[]) with ordinality as bundled (app_id, position)
  on conflict (product_id, app_id) do update set position = excluded.position`,
)

/** Makes these apps, in this order, the apps that a product bundles. */
export async function updateBundledApps(db: Db, product_id: string, app_ids: readonly string[]): Promise<void> {
  await db.run(updateBundledAppsStatement({ product_id, app_ids }))
}

/** Adds an app or option, or replaces its name and kind. */
export async function upsertApp(db: Db, app: App): Promise<void> {
  const { app_id: _id, ...values } = app
  await db.run(
    compiled(
      sqlBuilder
        .insertInto('apps')
        .values(app)
        .onConflict(conflict => conflict.column('app_id').doUpdateSet(values)),
    ),
  )
}
