-- When the own fields of a customer, contract, product or app last changed. Lists of what changed since a moment are in
-- this order.

-- The catalogue that the registry came with has no entry in history: its rows bear one fixed moment.
alter table customers add column updated_at timestamptz not null default '2026-01-01T00:00:00Z';
alter table products add column updated_at timestamptz not null default '2026-01-01T00:00:00Z';
alter table apps add column updated_at timestamptz not null default '2026-01-01T00:00:00Z';
alter table contracts add column updated_at timestamptz not null default '2026-01-01T00:00:00Z';

create temporary table last_changes on commit drop as
  select split_part(event, '.', 1) as kind, subject_id, max(occurred_at) as updated_at
  from history
  where event in ('customer.created', 'customer.changed', 'product.created', 'product.changed',
    'app.created', 'app.changed', 'contract.created', 'contract.changed')
  group by kind, subject_id;

update customers set updated_at = change.updated_at
  from last_changes change where change.kind = 'customer' and change.subject_id = customers.customer_id;
update products set updated_at = change.updated_at
  from last_changes change where change.kind = 'product' and change.subject_id = products.product_id;
update apps set updated_at = change.updated_at
  from last_changes change where change.kind = 'app' and change.subject_id = apps.app_id;
update contracts set updated_at = change.updated_at
  from last_changes change where change.kind = 'contract' and change.subject_id = contracts.contract_id;

alter table customers alter column updated_at set default now();
alter table products alter column updated_at set default now();
alter table apps alter column updated_at set default now();
alter table contracts alter column updated_at set default now();

create index customers_by_update on customers (updated_at, customer_id);
create index contracts_by_update on contracts (updated_at, contract_id);
create index contracts_unregistered on contracts (contract_id) where registered_at is null;
