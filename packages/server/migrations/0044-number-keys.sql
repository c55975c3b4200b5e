-- record: an identifier is found by its number alone and by number and system together with one row instead of two.
-- `within` stands for the system, drawn from the number's whole hash; 0 marks rows of before, which have one for each way
alter table record.key add column within bigint not null default 0;
alter table record.key drop constraint key_pkey;
alter table record.key add primary key (hash, within, patient_id, no);
