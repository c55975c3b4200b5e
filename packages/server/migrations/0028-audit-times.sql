-- audit: what happened lately, whoever it is about, for those who watch over the house
create index event_at on audit.event (at, patient_id, seq);
