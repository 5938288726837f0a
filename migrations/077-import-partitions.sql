-- R39: an import is worked off in partitions side by side. Groups share no address and no line's customer, and each is
-- in one partition as a whole.
create table import_partitions (
  import_id uuid not null,
  partition smallint not null,
  -- How often batches were begun and not done. One that always fails must not hold up later imports.
  attempts integer not null,
  constraint import_partitions_pk primary key (import_id, partition)
);
insert into import_partitions (import_id, partition, attempts)
select import_id, 0, attempts from imports where state in ('received', 'running') and received_at is not null;
-- No release has run yet that reads it: it goes at once.
alter table imports drop column attempts;

alter table import_units add column partition smallint not null default 0;
drop index import_units_in_order;
create index import_units_in_order on import_units (import_id, partition, group_id, kind desc, id);

create or replace function delete_import_rows() returns trigger language plpgsql as $$
begin
  delete from import_rows where import_id = old.import_id;
  delete from import_units where import_id = old.import_id;
  delete from import_partitions where import_id = old.import_id;
  return null;
end $$;
