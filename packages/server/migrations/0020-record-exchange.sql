-- record: what an exchange with others needs. Whoever states an identifier is found by it across persons, by a keyed hash
-- alone: distributed by the hash, as it is asked for.
create table record.key (
  hash bytea not null,
  patient_id bigint not null,
  no int not null,
  primary key (hash, patient_id, no)
);
create index key_patient on record.key (patient_id, no);

-- a resource that speaks of two Patients stands with one, and is found from the other: home and patient_id are the other's
create table record.also (
  home bigint not null,
  patient_id bigint not null,
  stands_with bigint not null,
  no int not null,
  primary key (home, patient_id, stands_with, no)
);
create index also_stands on record.also (stands_with, no);

-- whose arrival it was; null for what was erased and for what came before this was written down
alter table record.outbox add column source text;
create index outbox_time on record.outbox (at, xid, patient_id, first_no);
create index outbox_source on record.outbox (source, at, xid, patient_id, first_no);
