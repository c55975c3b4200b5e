-- identity: one person, one book. Keys propose who may be the same: blind, truncated to 8 bytes, and nothing but a
-- proposal, so that two different people under one key cost a comparison and no more.
create table identity.link_key (
  key bigint not null,
  patient_id bigint not null,
  key_version smallint not null,
  primary key (key, patient_id)
);
create index link_key_patient on identity.link_key (patient_id);

-- two Patients of different persons, or of one by an automatic link, of whom the comparison says more than 'different':
-- the smaller number first. The reasons hold levels and weights, never a value of a field.
create table identity.pair (
  patient_id bigint not null,
  other_patient_id bigint not null,
  verdict text not null check (verdict in ('same', 'review')),
  score double precision not null,
  rule text,
  reasons jsonb not null,
  -- 'linked' by the engine; 'waits' until a book is confirmed; 'open' for the station; 'sample' of what was linked;
  -- 'settled' by a ruling; 'gone': what it was found by holds no longer
  state text not null check (state in ('linked', 'waits', 'open', 'sample', 'settled', 'gone')),
  -- the station that is asked; null: the city's own desk
  ward text,
  noted_at timestamptz not null,
  primary key (patient_id, other_patient_id),
  check (patient_id < other_patient_id)
);
create index pair_other on identity.pair (other_patient_id);
create index pair_asked on identity.pair (ward, state, noted_at) where state in ('open', 'sample');

-- what people decided of two Patients; it stands above every score until it is taken back
create table identity.ruling (
  patient_id bigint not null,
  other_patient_id bigint not null,
  at timestamptz not null,
  same boolean not null,
  -- who proposed it, and the second person where books were at stake; by staff number
  staff_id bigint not null,
  second_id bigint,
  facility text not null,
  evidence text not null,
  ended_at timestamptz,
  ended_by bigint,
  primary key (patient_id, other_patient_id, at),
  check (patient_id < other_patient_id)
);
create index ruling_other on identity.ruling (other_patient_id);
create index ruling_standing on identity.ruling (patient_id, other_patient_id) where ended_at is null;
