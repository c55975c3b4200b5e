-- exchange: one version of one resource is one event of a subscription, however often the record's arrivals are looked
-- through (after a restore they are looked through anew)
create unique index event_place on exchange.event (subscription_id, patient_id, resource_no, version);
