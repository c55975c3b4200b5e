-- identity: persons and the Patients they are made of. A person is named by the home in which she was first met;
-- a Patient recognised later as hers lies in the same home, one merged later keeps its own.
create schema identity;

create sequence identity.home_block;

create table identity.person (
  home bigint primary key,
  status text not null default 'active' check (status in ('active', 'deceased', 'closed')),
  level text not null check (level in ('phone', 'card', 'verified')),
  synthetic boolean not null default false,
  created_at timestamptz not null
);

create table identity.patient (
  home bigint not null,
  patient_id bigint not null,
  person bigint not null,
  source text not null,
  demographics bytea not null,
  ward text,
  birth_year smallint,
  sex text,
  synthetic boolean not null default false,
  created_at timestamptz not null,
  primary key (home, patient_id)
);
create index patient_person on identity.patient (person);

-- who joined this Patient to that person, when, why and how surely; the newest row of a Patient stands
create table identity.link (
  home bigint not null,
  patient_id bigint not null,
  at timestamptz not null,
  person bigint not null,
  who text not null,
  why text not null,
  score double precision,
  primary key (home, patient_id, at)
);

-- spread by the value's blind index: a lookup reads one place, whoever's number it is
create table identity.identifier (
  hash bytea not null,
  patient_id bigint not null,
  system text not null,
  key_version smallint not null,
  assurance text not null check (assurance in ('declared', 'card', 'verified')),
  since timestamptz not null,
  until timestamptz,
  primary key (hash, patient_id)
);
create index identifier_patient on identity.identifier (patient_id);

create table identity.name_key (
  hash bytea not null,
  patient_id bigint not null,
  key_version smallint not null,
  primary key (hash, patient_id)
);
create index name_key_patient on identity.name_key (patient_id);

-- which books a telephone opens
create table identity.keeper (
  phone_hash bytea not null,
  home bigint not null,
  relation text not null,
  since timestamptz not null,
  until timestamptz,
  primary key (phone_hash, home, since)
);
create index keeper_home on identity.keeper (home);

-- what the QR on a card holds: found by its fingerprint, shown again from its sealed form
create table identity.card (
  token_hash bytea primary key,
  home bigint not null,
  token bytea not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index card_home on identity.card (home);

create table identity.household (
  home bigint not null,
  ward text not null,
  address_hash bytea not null,
  relation text not null,
  primary key (home, address_hash)
);
create index household_address on identity.household (address_hash);

-- 'possibly the same': a note for the station, never shown to whoever typed the number
create table identity.possible_same (
  hash bytea not null,
  patient_id bigint not null,
  other_patient_id bigint not null,
  reason text not null,
  at timestamptz not null,
  settled_at timestamptz,
  primary key (hash, patient_id, other_patient_id)
);
