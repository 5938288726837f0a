-- R39: what each row of an import cost the database, and does not need to.

-- Of each row that comes with a file its import was looked up again. The statement that inserts rows holds the import
-- instead, once for all; with the import its rows go.
alter table import_rows drop constraint import_rows_import_fk;
alter table import_units drop constraint import_units_import_fk;
create function delete_import_rows() returns trigger language plpgsql as $$
begin
  delete from import_rows where import_id = old.import_id;
  delete from import_units where import_id = old.import_id;
  return null;
end $$;
create trigger imports_with_their_rows after delete on imports
  for each row execute function delete_import_rows();

-- Every row gets its outcome once. Without an index of outcomes, and with room on its page, that writes no index at all.
drop index import_rows_by_outcome;
alter table import_rows set (fillfactor = 70);

-- The contacts that a statement adds are compared with their accounts and contracts together.
create function contacts_of_one_customer() returns trigger language plpgsql as $$
begin
  if exists (select from added where customer_id is distinct from (
      select customer_id from support_accounts where support_accounts.account_id = added.account_id)) then
    raise foreign_key_violation using table = 'contacts', constraint = 'contacts_account_fk',
      message = 'the account of a contact is of another customer';
  end if;
  if exists (select from added where customer_id is distinct from (
      select customer_id from contracts where contracts.contract_id = added.contract_id)) then
    raise foreign_key_violation using table = 'contacts', constraint = 'contacts_contract_fk',
      message = 'the contract of a contact is of another customer';
  end if;
  return null;
end $$;
drop trigger contacts_of_one_customer_added on contacts;
create trigger contacts_of_one_customer_added after insert on contacts
  referencing new table as added for each statement execute function contacts_of_one_customer();
