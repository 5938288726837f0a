-- The catalogue (R6): products and apps are data. Ids are given by their masters and compare by code point everywhere.

create table products (
  product_id         text collate "C" not null,
  name               text not null,
  base_seats         integer not null,
  counts_apps        boolean not null,
  counts_connections boolean not null,
  constraint products_pk primary key (product_id),
  constraint products_id_form check (product_id ~ '^[A-Za-z0-9._-]{1,64}$'),
  constraint products_name_length check (char_length(name) between 1 and 100),
  constraint products_base_seats_range check (base_seats between 0 and 1000)
);

create table apps (
  app_id text collate "C" not null,
  name   text not null,
  kind   text not null,
  constraint apps_pk primary key (app_id),
  constraint apps_id_form check (app_id ~ '^[A-Za-z0-9._-]{1,64}$'),
  constraint apps_name_length check (char_length(name) between 1 and 100),
  constraint apps_kind_known check (kind in ('app', 'option'))
);

create table product_bundled_apps (
  product_id text collate "C" not null,
  app_id     text collate "C" not null,
  position   integer not null,
  constraint product_bundled_apps_pk primary key (product_id, app_id),
  constraint product_bundled_apps_product_fk foreign key (product_id) references products (product_id),
  constraint product_bundled_apps_app_fk foreign key (app_id) references apps (app_id)
);
create index product_bundled_apps_by_app on product_bundled_apps (app_id);
