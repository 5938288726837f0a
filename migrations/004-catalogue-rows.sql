-- The vendor's catalogue as its article on support contacts lists it (R1–R5).

insert into apps (app_id, name, kind) values
  ('attendance', '勤怠', 'app'),
  ('man_hours', '工数', 'app'),
  ('expenses', '経費', 'app'),
  ('receivables_payables', '債権債務申請', 'app'),
  ('journal_entry', '仕訳伝票申請', 'app'),
  ('cash_book', '現金出納帳', 'app'),
  ('fixed_assets', '固定資産申請', 'app'),
  ('groupware', 'グループウェア', 'app'),
  ('workflow', 'ワークフロー', 'app'),
  ('attendance_gap_option', '入退差異オプション', 'option');

insert into products (product_id, name, base_seats, counts_apps, counts_connections) values
  ('manage', 'manage', 4, true, false),
  ('manage_ac', 'ManageAC', 4, true, false),
  ('manage_ac_smart', 'ManageACスマート', 4, true, false),
  ('data_link', 'データ連携 for manage', 2, false, true),
  ('erp_hosting', 'ERPホスティング for manage', 2, false, false);

insert into product_bundled_apps (product_id, app_id, position) values
  ('manage_ac', 'expenses', 1),
  ('manage_ac', 'receivables_payables', 2),
  ('manage_ac', 'journal_entry', 3),
  ('manage_ac', 'cash_book', 4),
  ('manage_ac', 'fixed_assets', 5),
  ('manage_ac', 'groupware', 6),
  ('manage_ac', 'workflow', 7),
  ('manage_ac_smart', 'expenses', 1),
  ('manage_ac_smart', 'receivables_payables', 2),
  ('manage_ac_smart', 'journal_entry', 3);
