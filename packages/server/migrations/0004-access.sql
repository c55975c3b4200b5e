-- access: what is enforced. A grant says that a person opened the book for a purpose; the FHIR Consent in the record is
-- its statement. Rows are ended, never removed.
create schema access;

create table access.grant (
  home bigint not null,
  purpose text not null,
  since timestamptz not null,
  until timestamptz,
  text_version text not null,
  channel text not null,
  primary key (home, purpose, since)
);
