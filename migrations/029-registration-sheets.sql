-- R26: the sheet of a customer, also of a past moment: what it was called then, and which contracts it has lost since.
create index history_of_customers on history (subject_id, occurred_at, history_id) where event like 'customer.%';
create index history_of_customers_left on history ((before ->> 'customer_id'), occurred_at)
  where event = 'contract.changed' and before ->> 'customer_id' <> after ->> 'customer_id';

-- A sheet leaves as JSON, CSV or a page to print, and its rows are counted before it does.
alter table disclosures
  drop constraint disclosures_rows_of_pages,
  drop constraint disclosures_format_known,
  add constraint disclosures_format_known check (format in ('json', 'ndjson', 'csv', 'html'));
