import { sql } from 'kysely'
import { sqlBuilder } from '#db/driver/statement.ts'
import type { SeatProduct } from '#domain/contracts/seat-limit.ts'
import type { AppKind } from '#domain/vocabulary.ts'

const appIds = sql<string[]>`array(
  select used.app_id from contract_apps used
  where used.contract_id = contracts.contract_id
  order by used.position)`

const bundledAppIds = sql<string[]>`array(
  select bundled.app_id from product_bundled_apps bundled
  where bundled.product_id = contracts.product_id
  order by bundled.position)`

const product = sql<SeatProduct>`jsonb_build_object(
  'base_seats', products.base_seats,
  'counts_apps', products.counts_apps,
  'counts_connections', products.counts_connections,
  'bundled_app_ids', to_jsonb(${bundledAppIds}))`

const appKinds = sql<Record<string, AppKind>>`coalesce((
  select jsonb_object_agg(apps.app_id, apps.kind) from apps
  where apps.app_id = any(${appIds} || ${bundledAppIds})), '{}')`

/** The query of contracts, with the catalogue's facts, so that seat limit and seat lines are of one moment. */
export const contracts = () =>
  sqlBuilder
    .selectFrom('contracts')
    .innerJoin('products', 'products.product_id', 'contracts.product_id')
    .select([
      'contracts.contract_id',
      'contracts.customer_id',
      'contracts.product_id',
      appIds.as('app_ids'),
      'contracts.connections',
      'contracts.starts_on',
      'contracts.ends_on',
      'contracts.seats_used',
      'contracts.registered_at',
      'contracts.updated_at',
      'contracts.changed_at',
      'contracts.over_since',
      'contracts.end_recorded_at',
      'contracts.awaits_start',
      product.as('product'),
      appKinds.as('app_kinds'),
    ])
