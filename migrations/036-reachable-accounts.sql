-- R31: whether mail reaches the address of an account, as the mail gateway reports. An account that goes to another
-- address begins again. And the help desk's own id of the user who has the account there: one user, one account.
alter table support_accounts
  add column mail_state text not null default 'unknown',
  add column external_id text collate "C",
  add constraint support_accounts_mail_state_known check (mail_state in ('unknown', 'reachable', 'bounced')),
  add constraint support_accounts_external_id_form check (external_id ~ '^[\x21-\x7e]{1,128}$'),
  add constraint support_accounts_external_id_unique unique (external_id);
create index support_accounts_by_mail_state on support_accounts (mail_state, account_id) where mail_state <> 'unknown';
