-- How many keys that are not valid an address has sent of late, counted by all processes together. Columns and their
-- order are those of the library that counts (rate-limiter-flexible); `expire` is in milliseconds since 1970.

create table failed_authentications (
  key text not null,
  points integer not null,
  expire bigint not null,
  constraint failed_authentications_pk primary key (key)
);
