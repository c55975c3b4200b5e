-- identity: a source goes through its own Patients, however many others there are
create index patient_source on identity.patient (source, patient_id);
