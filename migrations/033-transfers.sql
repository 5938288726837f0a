-- R36: a contract goes to another customer with its present contacts and their accounts. What was removed or closed
-- before stays with the customer that had it: a removed contact, an application form, a closed account. So their
-- references are to the contract and to the account alone, whatever customer these have by now.
alter table application_forms drop constraint application_forms_contract_fk;
alter table application_forms add constraint application_forms_contract_fk
  foreign key (contract_id) references contracts (contract_id);

alter table contacts drop constraint contacts_contract_fk;
alter table contacts add constraint contacts_contract_fk
  foreign key (contract_id) references contracts (contract_id);

alter table contacts drop constraint contacts_account_fk;
alter table contacts add constraint contacts_account_fk
  foreign key (account_id) references support_accounts (account_id);

alter table support_accounts drop constraint support_accounts_customer_key;

-- A contact comes to the account of its own customer, and a contract takes its present contacts along: what the foreign
-- keys said of all rows, of those that change. A contact of an ended contract may keep an account that has moved on.
create function contact_of_one_customer() returns trigger language plpgsql as $$
begin
  if not exists (
      select from support_accounts where account_id = new.account_id and customer_id = new.customer_id) then
    raise foreign_key_violation using table = 'contacts', constraint = 'contacts_account_fk',
      message = 'the account of a contact is of another customer';
  end if;
  if not exists (select from contracts where contract_id = new.contract_id and customer_id = new.customer_id) then
    raise foreign_key_violation using table = 'contacts', constraint = 'contacts_contract_fk',
      message = 'the contract of a contact is of another customer';
  end if;
  return null;
end $$;
create trigger contacts_of_one_customer_added after insert on contacts
  for each row execute function contact_of_one_customer();
create trigger contacts_of_one_customer_changed after update of account_id on contacts
  for each row when (old.account_id <> new.account_id) execute function contact_of_one_customer();

create function contract_with_its_contacts() returns trigger language plpgsql as $$
begin
  if exists (
      select from contacts
      where contract_id = new.contract_id and removed_at is null and customer_id <> new.customer_id) then
    raise foreign_key_violation using table = 'contacts', constraint = 'contacts_contract_fk',
      message = 'a contact of the contract is of another customer';
  end if;
  return null;
end $$;
create trigger contracts_with_their_contacts after update of customer_id on contracts
  for each row when (old.customer_id <> new.customer_id) execute function contract_with_its_contacts();
