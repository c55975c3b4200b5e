-- record: photos and papers. They are large and seldom opened, so they lie beside the packs and not in them: reading a
-- record never reads a photo. Sealed under their Patient's own key, named by the DocumentReference that tells of them.
create table record.document (
  home bigint not null,
  patient_id bigint not null,
  no int not null,
  media_type text not null,
  bytes int not null,
  content bytea not null,
  at timestamptz not null,
  primary key (home, patient_id, no)
);
-- sealed bytes do not compress
alter table record.document alter column content set storage external;
