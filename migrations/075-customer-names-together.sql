-- The names of the customers that a statement adds are indexed together, as those of contacts are.
create function index_customer_names() returns trigger language plpgsql as $$
begin
  insert into customer_name_parts (part, customer_id)
  select part, customer_id from written, name_parts(search_text) part;
  return null;
end $$;
create function index_customer_name_again() returns trigger language plpgsql as $$
begin
  delete from customer_name_parts
  where customer_id = old.customer_id and part = any(array(select name_parts(old.search_text)));
  if tg_op = 'UPDATE' then
    insert into customer_name_parts (part, customer_id)
    select part, new.customer_id from name_parts(new.search_text) part;
  end if;
  return null;
end $$;
drop trigger customers_name_parts_added on customers;
drop trigger customers_name_parts_changed on customers;
drop trigger customers_name_parts_deleted on customers;
drop function index_customer_name();
create trigger customers_name_parts_added after insert on customers
  referencing new table as written for each statement execute function index_customer_names();
create trigger customers_name_parts_changed after update of search_text on customers
  for each row when (old.search_text <> new.search_text) execute function index_customer_name_again();
create trigger customers_name_parts_deleted after delete on customers
  for each row execute function index_customer_name_again();
