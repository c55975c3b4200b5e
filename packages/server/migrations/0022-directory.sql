-- directory: resources that are about nobody in particular, and those that only their sender reads: organisations,
-- practitioners, places, questionnaires, value sets, … Each has one row that says how it stands, locked by whoever
-- changes it, and one row a version, never changed. Texts are sealed; what finds them is a blind index.
create schema directory;

create sequence directory.resource_no;

create table directory.resource (
  no int primary key,
  type text not null,
  -- who stated it, and alone may change it
  source text not null,
  -- nobody but its source reads it
  alone boolean not null,
  version int not null,
  deleted boolean not null,
  at timestamptz not null
);
create index resource_type on directory.resource (type, no);

create table directory.version (
  no int not null,
  version int not null,
  type text not null,
  source text not null,
  alone boolean not null,
  deleted boolean not null,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  content bytea not null,
  primary key (no, version)
);
-- sealed bytes do not compress a second time
alter table directory.version alter column content set storage external;
create index version_source on directory.version (source, at, no, version);
create index version_order on directory.version (xid, no, version);

create table directory.token (
  hash bytea not null,
  no int not null,
  primary key (hash, no)
);
create index token_resource on directory.token (no);
