-- identity: people who work for a station, a facility or the Department. Few rows, read by every server.
create table identity.staff (
  staff_id bigint primary key,
  user_name text not null unique,
  display_name text not null,
  role text not null check (role in ('station', 'station-lead', 'department', 'privacy')),
  ward text,
  facility text,
  password text not null,
  totp bytea not null,
  totp_step bigint not null default 0,
  wrong smallint not null default 0,
  waits_until timestamptz,
  active boolean not null default true,
  created_at timestamptz not null,
  created_by bigint,
  changed_at timestamptz not null,
  signed_in_at timestamptz
);
create sequence identity.staff_id;

create table identity.staff_session (
  token_hash bytea primary key,
  staff_id bigint not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index staff_session_staff on identity.staff_session (staff_id);
