-- exchange: a uuid under which something was imported does not tell its type, and a reference to it must
alter table exchange.imported add column type text not null default 'Patient';
