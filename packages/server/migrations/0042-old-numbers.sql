-- identity: which old numbers a book learnt from the document by which it was confirmed, by their blind index, and which
-- of them had stood in it until then: whoever takes the confirmation back takes these back with it.
alter table identity.verification add column old_learnt bytea[] not null default '{}';
alter table identity.verification add column old_stood bytea[] not null default '{}';
