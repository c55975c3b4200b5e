-- declaration: campaigns, answers on their way, and which answers were kept
create schema declaration;

create table declaration.campaign (
  code text primary key,
  ward text not null,
  alley text,
  title text not null,
  starts date not null,
  ends date,
  target int,
  station_name text not null,
  station_phone text,
  station_hours text,
  station_address text,
  synthetic boolean not null default false,
  created_at timestamptz not null
);

-- answers not yet sent: sealed, one per telephone and client's number, gone when the declaration is kept
create table declaration.draft (
  phone_hash bytea not null,
  uuid uuid not null,
  content bytea not null,
  saved_at timestamptz not null,
  primary key (phone_hash, uuid)
);
create index draft_saved on declaration.draft (saved_at);

-- the same answers sent twice are one declaration
create table declaration.kept (
  phone_hash bytea not null,
  uuid uuid not null,
  digest bytea not null,
  home bigint not null,
  patient_id bigint not null,
  resources int not null,
  at timestamptz not null,
  primary key (phone_hash, uuid)
);
