-- record: what anybody states about a person's health. One row per arriving bundle: its resources are compressed
-- together and sealed under their Patient's own key, beside a small sealed directory. Nothing here can be read without
-- the keys, and each Patient's rows lie in one place.
create schema record;

-- taking numbers locks the row, so that writes to one shelf are serial
create table record.shelf (
  home bigint not null,
  patient_id bigint not null,
  next_no int not null,
  version int not null,
  erased_at timestamptz,
  primary key (home, patient_id)
) with (fillfactor = 80);

create table record.pack (
  home bigint not null,
  patient_id bigint not null,
  at timestamptz not null,
  first_no int not null,
  n int not null,
  dictionary smallint not null,
  kind text not null,
  source text not null,
  dir bytea not null,
  content bytea not null,
  primary key (home, patient_id, first_no)
);
-- sealed bytes do not compress: a second try would only cost time. What is larger than 2 kB lies out of line, in
-- pieces that fill their pages: kept in the row, two packs to a page would waste a fifth
alter table record.pack alter column content set storage external;
alter table record.pack alter column dir set storage external;

-- where the later versions of a resource lie; what never changed costs nothing here
create table record.amend (
  home bigint not null,
  patient_id bigint not null,
  no int not null,
  version int not null,
  pack_no int not null,
  primary key (home, patient_id, no, version)
);

-- what may be counted and recalled across persons; the ward as it was then, never a restricted code
create table record.cohort (
  home bigint not null,
  patient_id bigint not null,
  no int not null,
  day date not null,
  code text not null,
  ward text not null
);
create index cohort_code on record.cohort (code, ward, day) include (home, patient_id);
create index cohort_patient on record.cohort (home, patient_id);

-- what arrived, for rooms above that follow at their own pace. Commits arrive out of order: a reader takes only rows
-- whose transaction is older than every one still running.
create table record.outbox (
  home bigint not null,
  patient_id bigint not null,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  first_no int not null,
  n int not null
);
create index outbox_order on record.outbox (xid, patient_id, first_no);
