-- identity: the comparison says who may be the same. What was noted before it is asked on as it was; what people have
-- settled stays settled, and stands as their ruling.
insert into identity.pair
    (patient_id, other_patient_id, verdict, score, rule, reasons, state, ward, noted_at)
  select least(patient_id, other_patient_id), greatest(patient_id, other_patient_id), 'review', 0, 'noted-before', '[]',
    case when bool_and(settled_as = 'not-same') then 'settled' else 'open' end, min(ward), min(at)
  from identity.possible_same where patient_id <> other_patient_id
  group by 1, 2
  on conflict do nothing;

insert into identity.ruling (patient_id, other_patient_id, at, same, staff_id, facility, evidence)
  select least(noted.patient_id, noted.other_patient_id), greatest(noted.patient_id, noted.other_patient_id),
    max(noted.settled_at), false, max(noted.settled_by), coalesce(max(staff.facility), 'TYT'), 'asked'
  from identity.possible_same noted left join identity.staff staff on staff.staff_id = noted.settled_by
  where noted.settled_as = 'not-same' and noted.settled_by is not null and noted.patient_id <> noted.other_patient_id
  group by 1, 2
  on conflict do nothing;

drop table identity.possible_same;
