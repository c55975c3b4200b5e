-- identity: who confirmed at a station whose a book is, by which kind of document, and whether it was taken back. Of the
-- document's number only the blind index is kept, and how sure that number was before.
create table identity.verification (
  home bigint not null,
  at timestamptz not null,
  staff_id bigint not null,
  facility text not null,
  document text not null check (document in ('cccd', 'bhyt', 'passport', 'birth-certificate', 'vneid')),
  how text not null check (how in ('scanned', 'seen')),
  number_hash bytea,
  assurance_before text,
  level_before text not null,
  corrected text not null,
  undone_at timestamptz,
  undone_by bigint,
  primary key (home, at)
);

-- those of a ward who have declared and whom nobody has confirmed yet, in the order in which they came
create index patient_ward_since on identity.patient (ward, created_at, home) where source = 'self';
create index person_unverified on identity.person (home) where level <> 'verified' and status = 'active';

-- the ward whose station is asked, who settled it and how
alter table identity.possible_same add column ward text;
alter table identity.possible_same add column settled_by bigint;
alter table identity.possible_same add column settled_as text check (settled_as in ('not-same', 'review'));
create index possible_same_ward on identity.possible_same (ward, at);
create index possible_same_patient on identity.possible_same (patient_id);
create index possible_same_other on identity.possible_same (other_patient_id);

-- a street or alley as a code of its ward: houses are listed by it, and no address is ever searched
alter table identity.household add column alley_hash bytea;
create index household_alley on identity.household (ward, alley_hash);

-- how many people live at an address, as told at its door; nobody knows before
create table identity.household_size (
  address_hash bytea primary key,
  ward text not null,
  people smallint not null check (people between 1 and 60),
  told_at timestamptz not null,
  staff_id bigint not null
);

-- station: what was measured there, so that the same sent twice is one; and the last digits of what each worker reads
create schema station;

create table station.measured (
  uuid uuid primary key,
  digest bytea not null,
  home bigint not null,
  patient_id bigint not null,
  resources int not null,
  staff_id bigint not null,
  at timestamptz not null
);

create table station.digit (
  staff_id bigint not null,
  day date not null,
  digit smallint not null check (digit between 0 and 9),
  n int not null,
  primary key (staff_id, day, digit)
);
