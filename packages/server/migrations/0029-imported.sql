-- exchange: what a source calls its Patients, and what it sent that is about nobody, in the files of an import. An import
-- that is repeated, or goes on after it was cut off, finds here what is done. Names are kept by their keyed hash alone.
create table exchange.imported (
  key_hash bytea not null,
  source text not null,
  -- 0 for what stands in the directory
  patient_id bigint not null,
  no int not null,
  -- of everything that was said the last time; the same said again changes nothing
  digest bytea not null,
  at timestamptz not null,
  primary key (key_hash, source)
);
