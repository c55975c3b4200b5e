-- platform: what the house itself remembers, and the wrapped keys of Patients (a schema of its own, left out of the
-- ordinary backup).
create schema platform;

create table platform.setting (
  name text primary key,
  value text not null
);

create schema keys;

create table keys.data_key (
  home bigint not null,
  patient_id bigint not null,
  wrapped bytea not null,
  kek_version int not null,
  primary key (home, patient_id)
);
