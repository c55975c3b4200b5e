-- book: what a person does about her own book. Words are sealed under her own key.
create schema if not exists book;

-- what a telephone sent once and may send again: the same content under the same uuid is the same deed
create table book.sent (
  home bigint not null,
  uuid uuid not null,
  digest bytea not null,
  patient_id bigint not null,
  no int not null,
  at timestamptz not null,
  primary key (home, uuid)
);
