-- exchange: work that goes on after its request was answered, bulk export and bulk import. A job's place in its work is
-- a cursor that is saved with whatever the step did; whichever server holds the lease goes on from it. Few rows, asked
-- for by every server, so they lie together.
create schema if not exists exchange;

create table exchange.job (
  job_id text primary key,
  kind text not null check (kind in ('export', 'import')),
  -- who asked, as its token said then; what stands against it now is looked up at every step
  client_no bigint not null,
  actor text not null,
  -- sealed: it may name Patients and days
  asked bytea not null,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  cursor text not null default '',
  done int not null default 0,
  total int,
  -- an export tells of everything that was committed up to here
  horizon timestamptz not null,
  fault text,
  made_at timestamptz not null,
  ended_at timestamptz,
  expires_at timestamptz not null,
  lease_by text,
  -- by the database's clock: servers' own may differ
  lease_until timestamptz
);
create index job_client on exchange.job (client_no, status);
create index job_open on exchange.job (made_at) where status in ('waiting', 'running');
create index job_expires on exchange.job (expires_at);

-- whose shelves an export goes through
create table exchange.export_patient (
  job_id text not null,
  patient_id bigint not null,
  primary key (job_id, patient_id)
);

-- a file of an export holds no copy of anything: it says of which type and of which shelves, and is written when it is
-- downloaded, from the record as it stood at the horizon and by the rights of that moment
create table exchange.export_file (
  job_id text not null,
  no int not null,
  place text not null check (place in ('record', 'deleted', 'directory')),
  type text not null,
  -- Patients after the first and up to the second
  after_patient bigint not null,
  upto_patient bigint not null,
  n int not null,
  closed boolean not null,
  primary key (job_id, no)
);

-- what was sent to be imported, sealed, gone with the step that imports it
create table exchange.import_piece (
  job_id text not null,
  no int not null,
  first_line int not null,
  sealed bytea not null,
  primary key (job_id, no)
);
alter table exchange.import_piece alter column sealed set storage external;

-- lines that were not taken, each as an OperationOutcome that quotes nothing of them
create table exchange.job_outcome (
  job_id text not null,
  no int not null,
  outcome text not null,
  primary key (job_id, no)
);
