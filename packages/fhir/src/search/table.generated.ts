/**
 * The search parameters of R4 and the Patient compartment. Made by tools/make-search.ts; do not edit.
 * #type, ways of the Patient compartment; then a line each: name, type, url, targets, ways, components.
 */
export const TABLE = `#
_id	token	Resource-id		id:string
_lastUpdated	date	Resource-lastUpdated		meta.lastUpdated:instant
_profile	uri	Resource-profile		meta.profile:canonical
_security	token	Resource-security		meta.security:Coding
_source	uri	Resource-source		meta.source:uri
_tag	token	Resource-tag		meta.tag:Coding
#Account	subject
identifier	token	Account-identifier		identifier:Identifier
name	string	Account-name		name:string
owner	reference	Account-owner	Organization	owner:Reference
patient	reference	Account-patient	Patient	subject~Patient:Reference
period	date	Account-period		servicePeriod:Period
status	token	Account-status		status:code
subject	reference	Account-subject	Practitioner Organization Device Patient HealthcareService PractitionerRole Location	subject:Reference
type	token	Account-type		type:CodeableConcept
#ActivityDefinition
composed-of	reference	ActivityDefinition-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
context-quantity	quantity	ActivityDefinition-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	ActivityDefinition-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	ActivityDefinition-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	ActivityDefinition-context-type		useContext.code:Coding
context	token	ActivityDefinition-context		useContext.valueCodeableConcept:CodeableConcept
date	date	ActivityDefinition-date		date:dateTime
depends-on	reference	ActivityDefinition-depends-on	*	relatedArtifact?type=depends-on.resource:canonical|library:canonical
derived-from	reference	ActivityDefinition-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	ActivityDefinition-description		description:markdown
effective	date	ActivityDefinition-effective		effectivePeriod:Period
identifier	token	ActivityDefinition-identifier		identifier:Identifier
jurisdiction	token	ActivityDefinition-jurisdiction		jurisdiction:CodeableConcept
name	string	ActivityDefinition-name		name:string
predecessor	reference	ActivityDefinition-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	ActivityDefinition-publisher		publisher:string
status	token	ActivityDefinition-status		status:code
successor	reference	ActivityDefinition-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	ActivityDefinition-title		title:string
topic	token	ActivityDefinition-topic		topic:CodeableConcept
url	uri	ActivityDefinition-url		url:uri
version	token	ActivityDefinition-version		version:string
#AdverseEvent	subject
actuality	token	AdverseEvent-actuality		actuality:code
category	token	AdverseEvent-category		category:CodeableConcept
date	date	AdverseEvent-date		date:dateTime
event	token	AdverseEvent-event		event:CodeableConcept
location	reference	AdverseEvent-location	Location	location:Reference
recorder	reference	AdverseEvent-recorder	Practitioner Patient PractitionerRole RelatedPerson	recorder:Reference
resultingcondition	reference	AdverseEvent-resultingcondition	Condition	resultingCondition:Reference
seriousness	token	AdverseEvent-seriousness		seriousness:CodeableConcept
severity	token	AdverseEvent-severity		severity:CodeableConcept
study	reference	AdverseEvent-study	ResearchStudy	study:Reference
subject	reference	AdverseEvent-subject	Practitioner Group Patient RelatedPerson	subject:Reference
substance	reference	AdverseEvent-substance	Immunization Device Medication Procedure Substance MedicationAdministration MedicationStatement	suspectEntity.instance:Reference
#AllergyIntolerance	patient|recorder|asserter
asserter	reference	AllergyIntolerance-asserter	Practitioner Patient PractitionerRole RelatedPerson	asserter:Reference
category	token	AllergyIntolerance-category		category:code
clinical-status	token	AllergyIntolerance-clinical-status		clinicalStatus:CodeableConcept
criticality	token	AllergyIntolerance-criticality		criticality:code
last-date	date	AllergyIntolerance-last-date		lastOccurrence:dateTime
manifestation	token	AllergyIntolerance-manifestation		reaction.manifestation:CodeableConcept
onset	date	AllergyIntolerance-onset		reaction.onset:dateTime
recorder	reference	AllergyIntolerance-recorder	Practitioner Patient PractitionerRole RelatedPerson	recorder:Reference
route	token	AllergyIntolerance-route		reaction.exposureRoute:CodeableConcept
severity	token	AllergyIntolerance-severity		reaction.severity:code
verification-status	token	AllergyIntolerance-verification-status		verificationStatus:CodeableConcept
code	token	clinical-code		code:CodeableConcept|reaction.substance:CodeableConcept
date	date	clinical-date		recordedDate:dateTime
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference
type	token	clinical-type		type:code
#Appointment	participant.actor
actor	reference	Appointment-actor	Practitioner Device Patient HealthcareService PractitionerRole RelatedPerson Location	participant.actor:Reference
appointment-type	token	Appointment-appointment-type		appointmentType:CodeableConcept
based-on	reference	Appointment-based-on	ServiceRequest	basedOn:Reference
date	date	Appointment-date		start:instant
identifier	token	Appointment-identifier		identifier:Identifier
location	reference	Appointment-location	Location	participant.actor~Location:Reference
part-status	token	Appointment-part-status		participant.status:code
patient	reference	Appointment-patient	Patient	participant.actor~Patient:Reference
practitioner	reference	Appointment-practitioner	Practitioner	participant.actor~Practitioner:Reference
reason-code	token	Appointment-reason-code		reasonCode:CodeableConcept
reason-reference	reference	Appointment-reason-reference	Condition Observation Procedure ImmunizationRecommendation	reasonReference:Reference
service-category	token	Appointment-service-category		serviceCategory:CodeableConcept
service-type	token	Appointment-service-type		serviceType:CodeableConcept
slot	reference	Appointment-slot	Slot	slot:Reference
specialty	token	Appointment-specialty		specialty:CodeableConcept
status	token	Appointment-status		status:code
supporting-info	reference	Appointment-supporting-info	*	supportingInformation:Reference
#AppointmentResponse	actor
actor	reference	AppointmentResponse-actor	Practitioner Device Patient HealthcareService PractitionerRole RelatedPerson Location	actor:Reference
appointment	reference	AppointmentResponse-appointment	Appointment	appointment:Reference
identifier	token	AppointmentResponse-identifier		identifier:Identifier
location	reference	AppointmentResponse-location	Location	actor~Location:Reference
part-status	token	AppointmentResponse-part-status		participantStatus:code
patient	reference	AppointmentResponse-patient	Patient	actor~Patient:Reference
practitioner	reference	AppointmentResponse-practitioner	Practitioner	actor~Practitioner:Reference
#AuditEvent	agent.who|entity.what
action	token	AuditEvent-action		action:code
address	string	AuditEvent-address		agent.network.address:string
agent-name	string	AuditEvent-agent-name		agent.name:string
agent-role	token	AuditEvent-agent-role		agent.role:CodeableConcept
agent	reference	AuditEvent-agent	Practitioner Organization Device Patient PractitionerRole RelatedPerson	agent.who:Reference
altid	token	AuditEvent-altid		agent.altId:string
date	date	AuditEvent-date		recorded:instant
entity-name	string	AuditEvent-entity-name		entity.name:string
entity-role	token	AuditEvent-entity-role		entity.role:Coding
entity-type	token	AuditEvent-entity-type		entity.type:Coding
entity	reference	AuditEvent-entity	*	entity.what:Reference
outcome	token	AuditEvent-outcome		outcome:code
patient	reference	AuditEvent-patient	Patient	agent.who~Patient:Reference|entity.what~Patient:Reference
policy	uri	AuditEvent-policy		agent.policy:uri
site	token	AuditEvent-site		source.site:string
source	reference	AuditEvent-source	Practitioner Organization Device Patient PractitionerRole RelatedPerson	source.observer:Reference
subtype	token	AuditEvent-subtype		subtype:Coding
type	token	AuditEvent-type		type:Coding
#Basic	subject|author
author	reference	Basic-author	Practitioner Organization Patient PractitionerRole RelatedPerson	author:Reference
code	token	Basic-code		code:CodeableConcept
created	date	Basic-created		created:date
identifier	token	Basic-identifier		identifier:Identifier
patient	reference	Basic-patient	Patient	subject~Patient:Reference
subject	reference	Basic-subject	*	subject:Reference
#Binary
#BiologicallyDerivedProduct
#BodyStructure	patient
identifier	token	BodyStructure-identifier		identifier:Identifier
location	token	BodyStructure-location		location:CodeableConcept
morphology	token	BodyStructure-morphology		morphology:CodeableConcept
patient	reference	BodyStructure-patient	Patient	patient:Reference
#Bundle
composition	reference	Bundle-composition	Composition	entry[0].resource:Resource
identifier	token	Bundle-identifier		identifier:Identifier
message	reference	Bundle-message	MessageHeader	entry[0].resource:Resource
timestamp	date	Bundle-timestamp		timestamp:instant
type	token	Bundle-type		type:code
#CapabilityStatement
fhirversion	token	CapabilityStatement-fhirversion		version:string
format	token	CapabilityStatement-format		format:code
guide	reference	CapabilityStatement-guide	ImplementationGuide	implementationGuide:canonical
mode	token	CapabilityStatement-mode		rest.mode:code
resource-profile	reference	CapabilityStatement-resource-profile	StructureDefinition	rest.resource.profile:canonical
resource	token	CapabilityStatement-resource		rest.resource.type:code
security-service	token	CapabilityStatement-security-service		rest.security.service:CodeableConcept
software	string	CapabilityStatement-software		software.name:string
supported-profile	reference	CapabilityStatement-supported-profile	StructureDefinition	rest.resource.supportedProfile:canonical
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#CarePlan	subject|activity.detail.performer
activity-code	token	CarePlan-activity-code		activity.detail.code:CodeableConcept
activity-date	date	CarePlan-activity-date		activity.detail.scheduledTiming:Timing|activity.detail.scheduledPeriod:Period|activity.detail.scheduledString:string
activity-reference	reference	CarePlan-activity-reference	Appointment MedicationRequest Task NutritionOrder RequestGroup VisionPrescription DeviceRequest ServiceRequest CommunicationRequest	activity.reference:Reference
based-on	reference	CarePlan-based-on	CarePlan	basedOn:Reference
care-team	reference	CarePlan-care-team	CareTeam	careTeam:Reference
category	token	CarePlan-category		category:CodeableConcept
condition	reference	CarePlan-condition	Condition	addresses:Reference
encounter	reference	CarePlan-encounter	Encounter	encounter:Reference
goal	reference	CarePlan-goal	Goal	goal:Reference
instantiates-canonical	reference	CarePlan-instantiates-canonical	Questionnaire Measure PlanDefinition OperationDefinition ActivityDefinition	instantiatesCanonical:canonical
instantiates-uri	uri	CarePlan-instantiates-uri		instantiatesUri:uri
intent	token	CarePlan-intent		intent:code
part-of	reference	CarePlan-part-of	CarePlan	partOf:Reference
performer	reference	CarePlan-performer	Practitioner Organization CareTeam Device Patient HealthcareService PractitionerRole RelatedPerson	activity.detail.performer:Reference
replaces	reference	CarePlan-replaces	CarePlan	replaces:Reference
status	token	CarePlan-status		status:code
subject	reference	CarePlan-subject	Group Patient	subject:Reference
date	date	clinical-date		period:Period
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#CareTeam	subject|participant.member
category	token	CareTeam-category		category:CodeableConcept
encounter	reference	CareTeam-encounter	Encounter	encounter:Reference
participant	reference	CareTeam-participant	Practitioner Organization CareTeam Patient PractitionerRole RelatedPerson	participant.member:Reference
status	token	CareTeam-status		status:code
subject	reference	CareTeam-subject	Group Patient	subject:Reference
date	date	clinical-date		period:Period
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#CatalogEntry
#ChargeItem	subject
account	reference	ChargeItem-account	Account	account:Reference
code	token	ChargeItem-code		code:CodeableConcept
context	reference	ChargeItem-context	EpisodeOfCare Encounter	context:Reference
entered-date	date	ChargeItem-entered-date		enteredDate:dateTime
enterer	reference	ChargeItem-enterer	Practitioner Organization Device Patient PractitionerRole RelatedPerson	enterer:Reference
factor-override	number	ChargeItem-factor-override		factorOverride:decimal
identifier	token	ChargeItem-identifier		identifier:Identifier
occurrence	date	ChargeItem-occurrence		occurrenceDateTime:dateTime|occurrencePeriod:Period|occurrenceTiming:Timing
patient	reference	ChargeItem-patient	Patient	subject~Patient:Reference
performer-actor	reference	ChargeItem-performer-actor	Practitioner Organization CareTeam Device Patient PractitionerRole RelatedPerson	performer.actor:Reference
performer-function	token	ChargeItem-performer-function		performer.function:CodeableConcept
performing-organization	reference	ChargeItem-performing-organization	Organization	performingOrganization:Reference
price-override	quantity	ChargeItem-price-override		priceOverride:Money
quantity	quantity	ChargeItem-quantity		quantity:Quantity
requesting-organization	reference	ChargeItem-requesting-organization	Organization	requestingOrganization:Reference
service	reference	ChargeItem-service	Immunization MedicationDispense SupplyDelivery Observation DiagnosticReport ImagingStudy MedicationAdministration Procedure	service:Reference
subject	reference	ChargeItem-subject	Group Patient	subject:Reference
#ChargeItemDefinition
context-quantity	quantity	ChargeItemDefinition-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	ChargeItemDefinition-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	ChargeItemDefinition-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	ChargeItemDefinition-context-type		useContext.code:Coding
context	token	ChargeItemDefinition-context		useContext.valueCodeableConcept:CodeableConcept
date	date	ChargeItemDefinition-date		date:dateTime
description	string	ChargeItemDefinition-description		description:markdown
effective	date	ChargeItemDefinition-effective		effectivePeriod:Period
identifier	token	ChargeItemDefinition-identifier		identifier:Identifier
jurisdiction	token	ChargeItemDefinition-jurisdiction		jurisdiction:CodeableConcept
publisher	string	ChargeItemDefinition-publisher		publisher:string
status	token	ChargeItemDefinition-status		status:code
title	string	ChargeItemDefinition-title		title:string
url	uri	ChargeItemDefinition-url		url:uri
version	token	ChargeItemDefinition-version		version:string
#Claim	patient|payee.party
care-team	reference	Claim-care-team	Practitioner Organization PractitionerRole	careTeam.provider:Reference
created	date	Claim-created		created:dateTime
detail-udi	reference	Claim-detail-udi	Device	item.detail.udi:Reference
encounter	reference	Claim-encounter	Encounter	item.encounter:Reference
enterer	reference	Claim-enterer	Practitioner PractitionerRole	enterer:Reference
facility	reference	Claim-facility	Location	facility:Reference
identifier	token	Claim-identifier		identifier:Identifier
insurer	reference	Claim-insurer	Organization	insurer:Reference
item-udi	reference	Claim-item-udi	Device	item.udi:Reference
patient	reference	Claim-patient	Patient	patient:Reference
payee	reference	Claim-payee	Practitioner Organization Patient PractitionerRole RelatedPerson	payee.party:Reference
priority	token	Claim-priority		priority:CodeableConcept
procedure-udi	reference	Claim-procedure-udi	Device	procedure.udi:Reference
provider	reference	Claim-provider	Practitioner Organization PractitionerRole	provider:Reference
status	token	Claim-status		status:code
subdetail-udi	reference	Claim-subdetail-udi	Device	item.detail.subDetail.udi:Reference
use	token	Claim-use		use:code
#ClaimResponse	patient
created	date	ClaimResponse-created		created:dateTime
disposition	string	ClaimResponse-disposition		disposition:string
identifier	token	ClaimResponse-identifier		identifier:Identifier
insurer	reference	ClaimResponse-insurer	Organization	insurer:Reference
outcome	token	ClaimResponse-outcome		outcome:code
patient	reference	ClaimResponse-patient	Patient	patient:Reference
payment-date	date	ClaimResponse-payment-date		payment.date:date
request	reference	ClaimResponse-request	Claim	request:Reference
requestor	reference	ClaimResponse-requestor	Practitioner Organization PractitionerRole	requestor:Reference
status	token	ClaimResponse-status		status:code
use	token	ClaimResponse-use		use:code
#ClinicalImpression	subject
assessor	reference	ClinicalImpression-assessor	Practitioner PractitionerRole	assessor:Reference
encounter	reference	ClinicalImpression-encounter	Encounter	encounter:Reference
finding-code	token	ClinicalImpression-finding-code		finding.itemCodeableConcept:CodeableConcept
finding-ref	reference	ClinicalImpression-finding-ref	Condition Observation Media	finding.itemReference:Reference
identifier	token	ClinicalImpression-identifier		identifier:Identifier
investigation	reference	ClinicalImpression-investigation	RiskAssessment FamilyMemberHistory Observation Media DiagnosticReport ImagingStudy QuestionnaireResponse	investigation.item:Reference
previous	reference	ClinicalImpression-previous	ClinicalImpression	previous:Reference
problem	reference	ClinicalImpression-problem	Condition AllergyIntolerance	problem:Reference
status	token	ClinicalImpression-status		status:code
subject	reference	ClinicalImpression-subject	Group Patient	subject:Reference
supporting-info	reference	ClinicalImpression-supporting-info	*	supportingInfo:Reference
date	date	clinical-date		date:dateTime
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#CodeSystem
code	token	CodeSystem-code		concept.code:code
content-mode	token	CodeSystem-content-mode		content:code
language	token	CodeSystem-language		concept.designation.language:code
supplements	reference	CodeSystem-supplements	CodeSystem	supplements:canonical
system	uri	CodeSystem-system		url:uri
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
identifier	token	conformance-identifier		identifier:Identifier
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#Communication	subject|sender|recipient
based-on	reference	Communication-based-on	*	basedOn:Reference
category	token	Communication-category		category:CodeableConcept
encounter	reference	Communication-encounter	Encounter	encounter:Reference
identifier	token	Communication-identifier		identifier:Identifier
instantiates-canonical	reference	Communication-instantiates-canonical	Questionnaire Measure PlanDefinition OperationDefinition ActivityDefinition	instantiatesCanonical:canonical
instantiates-uri	uri	Communication-instantiates-uri		instantiatesUri:uri
medium	token	Communication-medium		medium:CodeableConcept
part-of	reference	Communication-part-of	*	partOf:Reference
patient	reference	Communication-patient	Patient	subject~Patient:Reference
received	date	Communication-received		received:dateTime
recipient	reference	Communication-recipient	Practitioner Group Organization CareTeam Device Patient HealthcareService PractitionerRole RelatedPerson	recipient:Reference
sender	reference	Communication-sender	Practitioner Organization Device Patient HealthcareService PractitionerRole RelatedPerson	sender:Reference
sent	date	Communication-sent		sent:dateTime
status	token	Communication-status		status:code
subject	reference	Communication-subject	Group Patient	subject:Reference
#CommunicationRequest	subject|sender|recipient|requester
authored	date	CommunicationRequest-authored		authoredOn:dateTime
based-on	reference	CommunicationRequest-based-on	*	basedOn:Reference
category	token	CommunicationRequest-category		category:CodeableConcept
encounter	reference	CommunicationRequest-encounter	Encounter	encounter:Reference
group-identifier	token	CommunicationRequest-group-identifier		groupIdentifier:Identifier
identifier	token	CommunicationRequest-identifier		identifier:Identifier
medium	token	CommunicationRequest-medium		medium:CodeableConcept
occurrence	date	CommunicationRequest-occurrence		occurrenceDateTime:dateTime
patient	reference	CommunicationRequest-patient	Patient	subject~Patient:Reference
priority	token	CommunicationRequest-priority		priority:code
recipient	reference	CommunicationRequest-recipient	Practitioner Group Organization CareTeam Device Patient HealthcareService PractitionerRole RelatedPerson	recipient:Reference
replaces	reference	CommunicationRequest-replaces	CommunicationRequest	replaces:Reference
requester	reference	CommunicationRequest-requester	Practitioner Organization Device Patient PractitionerRole RelatedPerson	requester:Reference
sender	reference	CommunicationRequest-sender	Practitioner Organization Device Patient HealthcareService PractitionerRole RelatedPerson	sender:Reference
status	token	CommunicationRequest-status		status:code
subject	reference	CommunicationRequest-subject	Group Patient	subject:Reference
#CompartmentDefinition
code	token	CompartmentDefinition-code		code:code
resource	token	CompartmentDefinition-resource		resource.code:code
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#Composition	subject|author|attester.party
attester	reference	Composition-attester	Practitioner Organization Patient PractitionerRole RelatedPerson	attester.party:Reference
author	reference	Composition-author	Practitioner Organization Device Patient PractitionerRole RelatedPerson	author:Reference
category	token	Composition-category		category:CodeableConcept
confidentiality	token	Composition-confidentiality		confidentiality:code
context	token	Composition-context		event.code:CodeableConcept
entry	reference	Composition-entry	*	section.entry:Reference
period	date	Composition-period		event.period:Period
related-id	token	Composition-related-id		relatesTo.targetIdentifier:Identifier
related-ref	reference	Composition-related-ref	Composition	relatesTo.targetReference:Reference
section	token	Composition-section		section.code:CodeableConcept
status	token	Composition-status		status:code
subject	reference	Composition-subject	*	subject:Reference
title	string	Composition-title		title:string
date	date	clinical-date		date:dateTime
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
type	token	clinical-type		type:CodeableConcept
#ConceptMap
dependson	uri	ConceptMap-dependson		group.element.target.dependsOn.property:uri
other	reference	ConceptMap-other	ConceptMap	group.unmapped.url:canonical
product	uri	ConceptMap-product		group.element.target.product.property:uri
source-code	token	ConceptMap-source-code		group.element.code:code
source-system	uri	ConceptMap-source-system		group.source:uri
source-uri	reference	ConceptMap-source-uri	ValueSet	sourceUri:uri|sourceCanonical:canonical
source	reference	ConceptMap-source	ValueSet	sourceCanonical:canonical
target-code	token	ConceptMap-target-code		group.element.target.code:code
target-system	uri	ConceptMap-target-system		group.target:uri
target-uri	reference	ConceptMap-target-uri	ValueSet	targetUri:uri|targetCanonical:canonical
target	reference	ConceptMap-target	ValueSet	targetCanonical:canonical
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
identifier	token	conformance-identifier		identifier:Identifier
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#Condition	subject|asserter
abatement-age	quantity	Condition-abatement-age		abatementAge:Age|abatementRange:Range
abatement-date	date	Condition-abatement-date		abatementDateTime:dateTime|abatementPeriod:Period
abatement-string	string	Condition-abatement-string		abatementString:string
asserter	reference	Condition-asserter	Practitioner Patient PractitionerRole RelatedPerson	asserter:Reference
body-site	token	Condition-body-site		bodySite:CodeableConcept
category	token	Condition-category		category:CodeableConcept
clinical-status	token	Condition-clinical-status		clinicalStatus:CodeableConcept
encounter	reference	Condition-encounter	Encounter	encounter:Reference
evidence-detail	reference	Condition-evidence-detail	*	evidence.detail:Reference
evidence	token	Condition-evidence		evidence.code:CodeableConcept
onset-age	quantity	Condition-onset-age		onsetAge:Age|onsetRange:Range
onset-date	date	Condition-onset-date		onsetDateTime:dateTime|onsetPeriod:Period
onset-info	string	Condition-onset-info		onsetString:string
recorded-date	date	Condition-recorded-date		recordedDate:dateTime
severity	token	Condition-severity		severity:CodeableConcept
stage	token	Condition-stage		stage.summary:CodeableConcept
subject	reference	Condition-subject	Group Patient	subject:Reference
verification-status	token	Condition-verification-status		verificationStatus:CodeableConcept
code	token	clinical-code		code:CodeableConcept
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#Consent	patient
action	token	Consent-action		provision.action:CodeableConcept
actor	reference	Consent-actor	Practitioner Group Organization CareTeam Device Patient PractitionerRole RelatedPerson	provision.actor.reference:Reference
category	token	Consent-category		category:CodeableConcept
consentor	reference	Consent-consentor	Practitioner Organization Patient PractitionerRole RelatedPerson	performer:Reference
data	reference	Consent-data	*	provision.data.reference:Reference
organization	reference	Consent-organization	Organization	organization:Reference
period	date	Consent-period		provision.period:Period
purpose	token	Consent-purpose		provision.purpose:Coding
scope	token	Consent-scope		scope:CodeableConcept
security-label	token	Consent-security-label		provision.securityLabel:Coding
source-reference	reference	Consent-source-reference	Consent Contract QuestionnaireResponse DocumentReference	sourceAttachment:Attachment|sourceReference:Reference
status	token	Consent-status		status:code
date	date	clinical-date		dateTime:dateTime
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference
#Contract
authority	reference	Contract-authority	Organization	authority:Reference
domain	reference	Contract-domain	Location	domain:Reference
identifier	token	Contract-identifier		identifier:Identifier
instantiates	uri	Contract-instantiates		instantiatesUri:uri
issued	date	Contract-issued		issued:dateTime
patient	reference	Contract-patient	Patient	subject~Patient:Reference
signer	reference	Contract-signer	Practitioner Organization Patient PractitionerRole RelatedPerson	signer.party:Reference
status	token	Contract-status		status:code
subject	reference	Contract-subject	*	subject:Reference
url	uri	Contract-url		url:uri
#Coverage	beneficiary|policyHolder|subscriber|payor
beneficiary	reference	Coverage-beneficiary	Patient	beneficiary:Reference
class-type	token	Coverage-class-type		class.type:CodeableConcept
class-value	string	Coverage-class-value		class.value:string
dependent	string	Coverage-dependent		dependent:string
identifier	token	Coverage-identifier		identifier:Identifier
patient	reference	Coverage-patient	Patient	beneficiary:Reference
payor	reference	Coverage-payor	Organization Patient RelatedPerson	payor:Reference
policy-holder	reference	Coverage-policy-holder	Organization Patient RelatedPerson	policyHolder:Reference
status	token	Coverage-status		status:code
subscriber	reference	Coverage-subscriber	Patient RelatedPerson	subscriber:Reference
type	token	Coverage-type		type:CodeableConcept
#CoverageEligibilityRequest	patient
created	date	CoverageEligibilityRequest-created		created:dateTime
enterer	reference	CoverageEligibilityRequest-enterer	Practitioner PractitionerRole	enterer:Reference
facility	reference	CoverageEligibilityRequest-facility	Location	facility:Reference
identifier	token	CoverageEligibilityRequest-identifier		identifier:Identifier
patient	reference	CoverageEligibilityRequest-patient	Patient	patient:Reference
provider	reference	CoverageEligibilityRequest-provider	Practitioner Organization PractitionerRole	provider:Reference
status	token	CoverageEligibilityRequest-status		status:code
#CoverageEligibilityResponse	patient
created	date	CoverageEligibilityResponse-created		created:dateTime
disposition	string	CoverageEligibilityResponse-disposition		disposition:string
identifier	token	CoverageEligibilityResponse-identifier		identifier:Identifier
insurer	reference	CoverageEligibilityResponse-insurer	Organization	insurer:Reference
outcome	token	CoverageEligibilityResponse-outcome		outcome:code
patient	reference	CoverageEligibilityResponse-patient	Patient	patient:Reference
request	reference	CoverageEligibilityResponse-request	CoverageEligibilityRequest	request:Reference
requestor	reference	CoverageEligibilityResponse-requestor	Practitioner Organization PractitionerRole	requestor:Reference
status	token	CoverageEligibilityResponse-status		status:code
#DetectedIssue	patient
author	reference	DetectedIssue-author	Practitioner Device PractitionerRole	author:Reference
code	token	DetectedIssue-code		code:CodeableConcept
identified	date	DetectedIssue-identified		identifiedDateTime:dateTime|identifiedPeriod:Period
implicated	reference	DetectedIssue-implicated	*	implicated:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference
#Device
device-name	string	Device-device-name		deviceName.name:string|type.coding.display:string|type.text:string
identifier	token	Device-identifier		identifier:Identifier
location	reference	Device-location	Location	location:Reference
manufacturer	string	Device-manufacturer		manufacturer:string
model	string	Device-model		modelNumber:string
organization	reference	Device-organization	Organization	owner:Reference
patient	reference	Device-patient	Patient	patient:Reference
status	token	Device-status		status:code
type	token	Device-type		type:CodeableConcept
udi-carrier	string	Device-udi-carrier		udiCarrier.carrierHRF:string
udi-di	string	Device-udi-di		udiCarrier.deviceIdentifier:string
url	uri	Device-url		url:uri
#DeviceDefinition
identifier	token	DeviceDefinition-identifier		identifier:Identifier
parent	reference	DeviceDefinition-parent	DeviceDefinition	parentDevice:Reference
type	token	DeviceDefinition-type		type:CodeableConcept
#DeviceMetric
category	token	DeviceMetric-category		category:code
identifier	token	DeviceMetric-identifier		identifier:Identifier
parent	reference	DeviceMetric-parent	Device	parent:Reference
source	reference	DeviceMetric-source	Device	source:Reference
type	token	DeviceMetric-type		type:CodeableConcept
#DeviceRequest	subject|performer
authored-on	date	DeviceRequest-authored-on		authoredOn:dateTime
based-on	reference	DeviceRequest-based-on	*	basedOn:Reference
device	reference	DeviceRequest-device	Device	codeReference:Reference
event-date	date	DeviceRequest-event-date		occurrenceDateTime:dateTime|occurrencePeriod:Period
group-identifier	token	DeviceRequest-group-identifier		groupIdentifier:Identifier
instantiates-canonical	reference	DeviceRequest-instantiates-canonical	PlanDefinition ActivityDefinition	instantiatesCanonical:canonical
instantiates-uri	uri	DeviceRequest-instantiates-uri		instantiatesUri:uri
insurance	reference	DeviceRequest-insurance	ClaimResponse Coverage	insurance:Reference
intent	token	DeviceRequest-intent		intent:code
performer	reference	DeviceRequest-performer	Practitioner Organization CareTeam Device Patient HealthcareService PractitionerRole RelatedPerson	performer:Reference
prior-request	reference	DeviceRequest-prior-request	*	priorRequest:Reference
requester	reference	DeviceRequest-requester	Practitioner Organization Device PractitionerRole	requester:Reference
status	token	DeviceRequest-status		status:code
subject	reference	DeviceRequest-subject	Group Device Patient Location	subject:Reference
code	token	clinical-code		codeCodeableConcept:CodeableConcept
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#DeviceUseStatement	subject
device	reference	DeviceUseStatement-device	Device	device:Reference
identifier	token	DeviceUseStatement-identifier		identifier:Identifier
subject	reference	DeviceUseStatement-subject	Group Patient	subject:Reference
patient	reference	clinical-patient	Patient Group	subject:Reference
#DiagnosticReport	subject
based-on	reference	DiagnosticReport-based-on	CarePlan MedicationRequest NutritionOrder ServiceRequest ImmunizationRecommendation	basedOn:Reference
category	token	DiagnosticReport-category		category:CodeableConcept
conclusion	token	DiagnosticReport-conclusion		conclusionCode:CodeableConcept
issued	date	DiagnosticReport-issued		issued:instant
media	reference	DiagnosticReport-media	Media	media.link:Reference
performer	reference	DiagnosticReport-performer	Practitioner Organization CareTeam PractitionerRole	performer:Reference
result	reference	DiagnosticReport-result	Observation	result:Reference
results-interpreter	reference	DiagnosticReport-results-interpreter	Practitioner Organization CareTeam PractitionerRole	resultsInterpreter:Reference
specimen	reference	DiagnosticReport-specimen	Specimen	specimen:Reference
status	token	DiagnosticReport-status		status:code
subject	reference	DiagnosticReport-subject	Group Device Patient Location	subject:Reference
code	token	clinical-code		code:CodeableConcept
date	date	clinical-date		effectiveDateTime:dateTime|effectivePeriod:Period
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#DocumentManifest	subject|author|recipient
author	reference	DocumentManifest-author	Practitioner Organization Device Patient PractitionerRole RelatedPerson	author:Reference
created	date	DocumentManifest-created		created:dateTime
description	string	DocumentManifest-description		description:string
item	reference	DocumentManifest-item	*	content:Reference
recipient	reference	DocumentManifest-recipient	Practitioner Organization Patient PractitionerRole RelatedPerson	recipient:Reference
related-id	token	DocumentManifest-related-id		related.identifier:Identifier
related-ref	reference	DocumentManifest-related-ref	*	related.ref:Reference
source	uri	DocumentManifest-source		source:uri
status	token	DocumentManifest-status		status:code
subject	reference	DocumentManifest-subject	Practitioner Group Device Patient	subject:Reference
identifier	token	clinical-identifier		masterIdentifier:Identifier|identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
type	token	clinical-type		type:CodeableConcept
#DocumentReference	subject|author
authenticator	reference	DocumentReference-authenticator	Practitioner Organization PractitionerRole	authenticator:Reference
author	reference	DocumentReference-author	Practitioner Organization Device Patient PractitionerRole RelatedPerson	author:Reference
category	token	DocumentReference-category		category:CodeableConcept
contenttype	token	DocumentReference-contenttype		content.attachment.contentType:code
custodian	reference	DocumentReference-custodian	Organization	custodian:Reference
date	date	DocumentReference-date		date:instant
description	string	DocumentReference-description		description:string
event	token	DocumentReference-event		context.event:CodeableConcept
facility	token	DocumentReference-facility		context.facilityType:CodeableConcept
format	token	DocumentReference-format		content.format:Coding
language	token	DocumentReference-language		content.attachment.language:code
location	uri	DocumentReference-location		content.attachment.url:url
period	date	DocumentReference-period		context.period:Period
related	reference	DocumentReference-related	*	context.related:Reference
relatesto	reference	DocumentReference-relatesto	DocumentReference	relatesTo.target:Reference
relation	token	DocumentReference-relation		relatesTo.code:code
relationship	composite	DocumentReference-relationship		relatesTo:DocumentReference.relatesTo	relatesto reference code:code;relation token target:Reference
security-label	token	DocumentReference-security-label		securityLabel:CodeableConcept
setting	token	DocumentReference-setting		context.practiceSetting:CodeableConcept
status	token	DocumentReference-status		status:code
subject	reference	DocumentReference-subject	Practitioner Group Device Patient	subject:Reference
encounter	reference	clinical-encounter	Encounter EpisodeOfCare	context.encounter:Reference
identifier	token	clinical-identifier		masterIdentifier:Identifier|identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
type	token	clinical-type		type:CodeableConcept
#EffectEvidenceSynthesis
context-quantity	quantity	EffectEvidenceSynthesis-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	EffectEvidenceSynthesis-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	EffectEvidenceSynthesis-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	EffectEvidenceSynthesis-context-type		useContext.code:Coding
context	token	EffectEvidenceSynthesis-context		useContext.valueCodeableConcept:CodeableConcept
date	date	EffectEvidenceSynthesis-date		date:dateTime
description	string	EffectEvidenceSynthesis-description		description:markdown
effective	date	EffectEvidenceSynthesis-effective		effectivePeriod:Period
identifier	token	EffectEvidenceSynthesis-identifier		identifier:Identifier
jurisdiction	token	EffectEvidenceSynthesis-jurisdiction		jurisdiction:CodeableConcept
name	string	EffectEvidenceSynthesis-name		name:string
publisher	string	EffectEvidenceSynthesis-publisher		publisher:string
status	token	EffectEvidenceSynthesis-status		status:code
title	string	EffectEvidenceSynthesis-title		title:string
url	uri	EffectEvidenceSynthesis-url		url:uri
version	token	EffectEvidenceSynthesis-version		version:string
#Encounter	subject
account	reference	Encounter-account	Account	account:Reference
appointment	reference	Encounter-appointment	Appointment	appointment:Reference
based-on	reference	Encounter-based-on	ServiceRequest	basedOn:Reference
class	token	Encounter-class		class:Coding
diagnosis	reference	Encounter-diagnosis	Condition Procedure	diagnosis.condition:Reference
episode-of-care	reference	Encounter-episode-of-care	EpisodeOfCare	episodeOfCare:Reference
length	quantity	Encounter-length		length:Duration
location-period	date	Encounter-location-period		location.period:Period
location	reference	Encounter-location	Location	location.location:Reference
part-of	reference	Encounter-part-of	Encounter	partOf:Reference
participant-type	token	Encounter-participant-type		participant.type:CodeableConcept
participant	reference	Encounter-participant	Practitioner PractitionerRole RelatedPerson	participant.individual:Reference
practitioner	reference	Encounter-practitioner	Practitioner	participant.individual~Practitioner:Reference
reason-code	token	Encounter-reason-code		reasonCode:CodeableConcept
reason-reference	reference	Encounter-reason-reference	Condition Observation Procedure ImmunizationRecommendation	reasonReference:Reference
service-provider	reference	Encounter-service-provider	Organization	serviceProvider:Reference
special-arrangement	token	Encounter-special-arrangement		hospitalization.specialArrangement:CodeableConcept
status	token	Encounter-status		status:code
subject	reference	Encounter-subject	Group Patient	subject:Reference
date	date	clinical-date		period:Period
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
type	token	clinical-type		type:CodeableConcept
#Endpoint
connection-type	token	Endpoint-connection-type		connectionType:Coding
identifier	token	Endpoint-identifier		identifier:Identifier
name	string	Endpoint-name		name:string
organization	reference	Endpoint-organization	Organization	managingOrganization:Reference
payload-type	token	Endpoint-payload-type		payloadType:CodeableConcept
status	token	Endpoint-status		status:code
#EnrollmentRequest	candidate
identifier	token	EnrollmentRequest-identifier		identifier:Identifier
patient	reference	EnrollmentRequest-patient	Patient	candidate:Reference
status	token	EnrollmentRequest-status		status:code
subject	reference	EnrollmentRequest-subject	Patient	candidate:Reference
#EnrollmentResponse
identifier	token	EnrollmentResponse-identifier		identifier:Identifier
request	reference	EnrollmentResponse-request	EnrollmentRequest	request:Reference
status	token	EnrollmentResponse-status		status:code
#EpisodeOfCare	patient
care-manager	reference	EpisodeOfCare-care-manager	Practitioner	careManager~Practitioner:Reference
condition	reference	EpisodeOfCare-condition	Condition	diagnosis.condition:Reference
incoming-referral	reference	EpisodeOfCare-incoming-referral	ServiceRequest	referralRequest:Reference
organization	reference	EpisodeOfCare-organization	Organization	managingOrganization:Reference
status	token	EpisodeOfCare-status		status:code
date	date	clinical-date		period:Period
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference
type	token	clinical-type		type:CodeableConcept
#EventDefinition
composed-of	reference	EventDefinition-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
context-quantity	quantity	EventDefinition-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	EventDefinition-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	EventDefinition-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	EventDefinition-context-type		useContext.code:Coding
context	token	EventDefinition-context		useContext.valueCodeableConcept:CodeableConcept
date	date	EventDefinition-date		date:dateTime
depends-on	reference	EventDefinition-depends-on	*	relatedArtifact?type=depends-on.resource:canonical
derived-from	reference	EventDefinition-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	EventDefinition-description		description:markdown
effective	date	EventDefinition-effective		effectivePeriod:Period
identifier	token	EventDefinition-identifier		identifier:Identifier
jurisdiction	token	EventDefinition-jurisdiction		jurisdiction:CodeableConcept
name	string	EventDefinition-name		name:string
predecessor	reference	EventDefinition-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	EventDefinition-publisher		publisher:string
status	token	EventDefinition-status		status:code
successor	reference	EventDefinition-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	EventDefinition-title		title:string
topic	token	EventDefinition-topic		topic:CodeableConcept
url	uri	EventDefinition-url		url:uri
version	token	EventDefinition-version		version:string
#Evidence
composed-of	reference	Evidence-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
context-quantity	quantity	Evidence-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	Evidence-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	Evidence-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	Evidence-context-type		useContext.code:Coding
context	token	Evidence-context		useContext.valueCodeableConcept:CodeableConcept
date	date	Evidence-date		date:dateTime
depends-on	reference	Evidence-depends-on	*	relatedArtifact?type=depends-on.resource:canonical
derived-from	reference	Evidence-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	Evidence-description		description:markdown
effective	date	Evidence-effective		effectivePeriod:Period
identifier	token	Evidence-identifier		identifier:Identifier
jurisdiction	token	Evidence-jurisdiction		jurisdiction:CodeableConcept
name	string	Evidence-name		name:string
predecessor	reference	Evidence-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	Evidence-publisher		publisher:string
status	token	Evidence-status		status:code
successor	reference	Evidence-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	Evidence-title		title:string
topic	token	Evidence-topic		topic:CodeableConcept
url	uri	Evidence-url		url:uri
version	token	Evidence-version		version:string
#EvidenceVariable
composed-of	reference	EvidenceVariable-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
context-quantity	quantity	EvidenceVariable-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	EvidenceVariable-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	EvidenceVariable-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	EvidenceVariable-context-type		useContext.code:Coding
context	token	EvidenceVariable-context		useContext.valueCodeableConcept:CodeableConcept
date	date	EvidenceVariable-date		date:dateTime
depends-on	reference	EvidenceVariable-depends-on	*	relatedArtifact?type=depends-on.resource:canonical
derived-from	reference	EvidenceVariable-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	EvidenceVariable-description		description:markdown
effective	date	EvidenceVariable-effective		effectivePeriod:Period
identifier	token	EvidenceVariable-identifier		identifier:Identifier
jurisdiction	token	EvidenceVariable-jurisdiction		jurisdiction:CodeableConcept
name	string	EvidenceVariable-name		name:string
predecessor	reference	EvidenceVariable-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	EvidenceVariable-publisher		publisher:string
status	token	EvidenceVariable-status		status:code
successor	reference	EvidenceVariable-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	EvidenceVariable-title		title:string
topic	token	EvidenceVariable-topic		topic:CodeableConcept
url	uri	EvidenceVariable-url		url:uri
version	token	EvidenceVariable-version		version:string
#ExampleScenario
context-quantity	quantity	ExampleScenario-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	ExampleScenario-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	ExampleScenario-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	ExampleScenario-context-type		useContext.code:Coding
context	token	ExampleScenario-context		useContext.valueCodeableConcept:CodeableConcept
date	date	ExampleScenario-date		date:dateTime
identifier	token	ExampleScenario-identifier		identifier:Identifier
jurisdiction	token	ExampleScenario-jurisdiction		jurisdiction:CodeableConcept
name	string	ExampleScenario-name		name:string
publisher	string	ExampleScenario-publisher		publisher:string
status	token	ExampleScenario-status		status:code
url	uri	ExampleScenario-url		url:uri
version	token	ExampleScenario-version		version:string
#ExplanationOfBenefit	patient|payee.party
care-team	reference	ExplanationOfBenefit-care-team	Practitioner Organization PractitionerRole	careTeam.provider:Reference
claim	reference	ExplanationOfBenefit-claim	Claim	claim:Reference
coverage	reference	ExplanationOfBenefit-coverage	Coverage	insurance.coverage:Reference
created	date	ExplanationOfBenefit-created		created:dateTime
detail-udi	reference	ExplanationOfBenefit-detail-udi	Device	item.detail.udi:Reference
disposition	string	ExplanationOfBenefit-disposition		disposition:string
encounter	reference	ExplanationOfBenefit-encounter	Encounter	item.encounter:Reference
enterer	reference	ExplanationOfBenefit-enterer	Practitioner PractitionerRole	enterer:Reference
facility	reference	ExplanationOfBenefit-facility	Location	facility:Reference
identifier	token	ExplanationOfBenefit-identifier		identifier:Identifier
item-udi	reference	ExplanationOfBenefit-item-udi	Device	item.udi:Reference
patient	reference	ExplanationOfBenefit-patient	Patient	patient:Reference
payee	reference	ExplanationOfBenefit-payee	Practitioner Organization Patient PractitionerRole RelatedPerson	payee.party:Reference
procedure-udi	reference	ExplanationOfBenefit-procedure-udi	Device	procedure.udi:Reference
provider	reference	ExplanationOfBenefit-provider	Practitioner Organization PractitionerRole	provider:Reference
status	token	ExplanationOfBenefit-status		status:code
subdetail-udi	reference	ExplanationOfBenefit-subdetail-udi	Device	item.detail.subDetail.udi:Reference
#FamilyMemberHistory	patient
instantiates-canonical	reference	FamilyMemberHistory-instantiates-canonical	Questionnaire Measure PlanDefinition OperationDefinition ActivityDefinition	instantiatesCanonical:canonical
instantiates-uri	uri	FamilyMemberHistory-instantiates-uri		instantiatesUri:uri
relationship	token	FamilyMemberHistory-relationship		relationship:CodeableConcept
sex	token	FamilyMemberHistory-sex		sex:CodeableConcept
status	token	FamilyMemberHistory-status		status:code
code	token	clinical-code		condition.code:CodeableConcept
date	date	clinical-date		date:dateTime
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference
#Flag	subject
author	reference	Flag-author	Practitioner Organization Device Patient PractitionerRole	author:Reference
identifier	token	Flag-identifier		identifier:Identifier
subject	reference	Flag-subject	Practitioner Group Organization Medication Patient PlanDefinition Procedure Location	subject:Reference
date	date	clinical-date		period:Period
encounter	reference	clinical-encounter	Encounter	encounter:Reference
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#Goal	subject
achievement-status	token	Goal-achievement-status		achievementStatus:CodeableConcept
category	token	Goal-category		category:CodeableConcept
lifecycle-status	token	Goal-lifecycle-status		lifecycleStatus:code
start-date	date	Goal-start-date		startDate:date
subject	reference	Goal-subject	Group Organization Patient	subject:Reference
target-date	date	Goal-target-date		target.dueDate:date
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#GraphDefinition
start	token	GraphDefinition-start		start:code
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#Group	member.entity
actual	token	Group-actual		actual:boolean
characteristic-value	composite	Group-characteristic-value		characteristic:Group.characteristic	characteristic token code:CodeableConcept;value token valueCodeableConcept:CodeableConcept|valueBoolean:boolean|valueQuantity:Quantity|valueRange:Range|valueReference:Reference
characteristic	token	Group-characteristic		characteristic.code:CodeableConcept
code	token	Group-code		code:CodeableConcept
exclude	token	Group-exclude		characteristic.exclude:boolean
identifier	token	Group-identifier		identifier:Identifier
managing-entity	reference	Group-managing-entity	Practitioner Organization PractitionerRole RelatedPerson	managingEntity:Reference
member	reference	Group-member	Practitioner Group Device Medication Patient Substance PractitionerRole	member.entity:Reference
type	token	Group-type		type:code
value	token	Group-value		characteristic.valueCodeableConcept:CodeableConcept|characteristic.valueBoolean:boolean
#GuidanceResponse
identifier	token	GuidanceResponse-identifier		identifier:Identifier
patient	reference	GuidanceResponse-patient	Patient	subject~Patient:Reference
request	token	GuidanceResponse-request		requestIdentifier:Identifier
subject	reference	GuidanceResponse-subject	Group Patient	subject:Reference
#HealthcareService
active	token	HealthcareService-active		active:boolean
characteristic	token	HealthcareService-characteristic		characteristic:CodeableConcept
coverage-area	reference	HealthcareService-coverage-area	Location	coverageArea:Reference
endpoint	reference	HealthcareService-endpoint	Endpoint	endpoint:Reference
identifier	token	HealthcareService-identifier		identifier:Identifier
location	reference	HealthcareService-location	Location	location:Reference
name	string	HealthcareService-name		name:string
organization	reference	HealthcareService-organization	Organization	providedBy:Reference
program	token	HealthcareService-program		program:CodeableConcept
service-category	token	HealthcareService-service-category		category:CodeableConcept
service-type	token	HealthcareService-service-type		type:CodeableConcept
specialty	token	HealthcareService-specialty		specialty:CodeableConcept
#ImagingStudy	subject
basedon	reference	ImagingStudy-basedon	Appointment AppointmentResponse CarePlan Task ServiceRequest	basedOn:Reference
bodysite	token	ImagingStudy-bodysite		series.bodySite:Coding
dicom-class	token	ImagingStudy-dicom-class		series.instance.sopClass:Coding
encounter	reference	ImagingStudy-encounter	Encounter	encounter:Reference
endpoint	reference	ImagingStudy-endpoint	Endpoint	endpoint:Reference|series.endpoint:Reference
instance	token	ImagingStudy-instance		series.instance.uid:id
interpreter	reference	ImagingStudy-interpreter	Practitioner PractitionerRole	interpreter:Reference
modality	token	ImagingStudy-modality		series.modality:Coding
performer	reference	ImagingStudy-performer	Practitioner Organization CareTeam Device Patient PractitionerRole RelatedPerson	series.performer.actor:Reference
reason	token	ImagingStudy-reason		reasonCode:CodeableConcept
referrer	reference	ImagingStudy-referrer	Practitioner PractitionerRole	referrer:Reference
series	token	ImagingStudy-series		series.uid:id
started	date	ImagingStudy-started		started:dateTime
status	token	ImagingStudy-status		status:code
subject	reference	ImagingStudy-subject	Group Device Patient	subject:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#Immunization	patient
location	reference	Immunization-location	Location	location:Reference
lot-number	string	Immunization-lot-number		lotNumber:string
manufacturer	reference	Immunization-manufacturer	Organization	manufacturer:Reference
performer	reference	Immunization-performer	Practitioner Organization PractitionerRole	performer.actor:Reference
reaction-date	date	Immunization-reaction-date		reaction.date:dateTime
reaction	reference	Immunization-reaction	Observation	reaction.detail:Reference
reason-code	token	Immunization-reason-code		reasonCode:CodeableConcept
reason-reference	reference	Immunization-reason-reference	Condition Observation DiagnosticReport	reasonReference:Reference
series	string	Immunization-series		protocolApplied.series:string
status-reason	token	Immunization-status-reason		statusReason:CodeableConcept
status	token	Immunization-status		status:code
target-disease	token	Immunization-target-disease		protocolApplied.targetDisease:CodeableConcept
vaccine-code	token	Immunization-vaccine-code		vaccineCode:CodeableConcept
date	date	clinical-date		occurrenceDateTime:dateTime|occurrenceString:string
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference
#ImmunizationEvaluation	patient
date	date	ImmunizationEvaluation-date		date:dateTime
dose-status	token	ImmunizationEvaluation-dose-status		doseStatus:CodeableConcept
identifier	token	ImmunizationEvaluation-identifier		identifier:Identifier
immunization-event	reference	ImmunizationEvaluation-immunization-event	Immunization	immunizationEvent:Reference
patient	reference	ImmunizationEvaluation-patient	Patient	patient:Reference
status	token	ImmunizationEvaluation-status		status:code
target-disease	token	ImmunizationEvaluation-target-disease		targetDisease:CodeableConcept
#ImmunizationRecommendation	patient
date	date	ImmunizationRecommendation-date		date:dateTime
identifier	token	ImmunizationRecommendation-identifier		identifier:Identifier
information	reference	ImmunizationRecommendation-information	*	recommendation.supportingPatientInformation:Reference
patient	reference	ImmunizationRecommendation-patient	Patient	patient:Reference
status	token	ImmunizationRecommendation-status		recommendation.forecastStatus:CodeableConcept
support	reference	ImmunizationRecommendation-support	Immunization ImmunizationEvaluation	recommendation.supportingImmunization:Reference
target-disease	token	ImmunizationRecommendation-target-disease		recommendation.targetDisease:CodeableConcept
vaccine-type	token	ImmunizationRecommendation-vaccine-type		recommendation.vaccineCode:CodeableConcept
#ImplementationGuide
depends-on	reference	ImplementationGuide-depends-on	ImplementationGuide	dependsOn.uri:canonical
experimental	token	ImplementationGuide-experimental		experimental:boolean
global	reference	ImplementationGuide-global	StructureDefinition	global.profile:canonical
resource	reference	ImplementationGuide-resource	*	definition.resource.reference:Reference
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#InsurancePlan
address-city	string	InsurancePlan-address-city		contact.address.city:string
address-country	string	InsurancePlan-address-country		contact.address.country:string
address-postalcode	string	InsurancePlan-address-postalcode		contact.address.postalCode:string
address-state	string	InsurancePlan-address-state		contact.address.state:string
address-use	token	InsurancePlan-address-use		contact.address.use:code
address	string	InsurancePlan-address		contact.address:Address
administered-by	reference	InsurancePlan-administered-by	Organization	administeredBy:Reference
endpoint	reference	InsurancePlan-endpoint	Endpoint	endpoint:Reference
identifier	token	InsurancePlan-identifier		identifier:Identifier
name	string	InsurancePlan-name		name:string|alias:string
owned-by	reference	InsurancePlan-owned-by	Organization	ownedBy:Reference
phonetic	string	InsurancePlan-phonetic		name:string
status	token	InsurancePlan-status		status:code
type	token	InsurancePlan-type		type:CodeableConcept
#Invoice	subject|recipient
account	reference	Invoice-account	Account	account:Reference
date	date	Invoice-date		date:dateTime
identifier	token	Invoice-identifier		identifier:Identifier
issuer	reference	Invoice-issuer	Organization	issuer:Reference
participant-role	token	Invoice-participant-role		participant.role:CodeableConcept
participant	reference	Invoice-participant	Practitioner Organization Device Patient PractitionerRole RelatedPerson	participant.actor:Reference
patient	reference	Invoice-patient	Patient	subject~Patient:Reference
recipient	reference	Invoice-recipient	Organization Patient RelatedPerson	recipient:Reference
status	token	Invoice-status		status:code
subject	reference	Invoice-subject	Group Patient	subject:Reference
totalgross	quantity	Invoice-totalgross		totalGross:Money
totalnet	quantity	Invoice-totalnet		totalNet:Money
type	token	Invoice-type		type:CodeableConcept
#Library
composed-of	reference	Library-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
content-type	token	Library-content-type		content.contentType:code
context-quantity	quantity	Library-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	Library-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	Library-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	Library-context-type		useContext.code:Coding
context	token	Library-context		useContext.valueCodeableConcept:CodeableConcept
date	date	Library-date		date:dateTime
depends-on	reference	Library-depends-on	*	relatedArtifact?type=depends-on.resource:canonical
derived-from	reference	Library-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	Library-description		description:markdown
effective	date	Library-effective		effectivePeriod:Period
identifier	token	Library-identifier		identifier:Identifier
jurisdiction	token	Library-jurisdiction		jurisdiction:CodeableConcept
name	string	Library-name		name:string
predecessor	reference	Library-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	Library-publisher		publisher:string
status	token	Library-status		status:code
successor	reference	Library-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	Library-title		title:string
topic	token	Library-topic		topic:CodeableConcept
type	token	Library-type		type:CodeableConcept
url	uri	Library-url		url:uri
version	token	Library-version		version:string
#Linkage
author	reference	Linkage-author	Practitioner Organization PractitionerRole	author:Reference
item	reference	Linkage-item	*	item.resource:Reference
source	reference	Linkage-source	*	item.resource:Reference
#List	subject|source
empty-reason	token	List-empty-reason		emptyReason:CodeableConcept
item	reference	List-item	*	entry.item:Reference
notes	string	List-notes		note.text:markdown
source	reference	List-source	Practitioner Device Patient PractitionerRole	source:Reference
status	token	List-status		status:code
subject	reference	List-subject	Group Device Patient Location	subject:Reference
title	string	List-title		title:string
code	token	clinical-code		code:CodeableConcept
date	date	clinical-date		date:dateTime
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#Location
address-city	string	Location-address-city		address.city:string
address-country	string	Location-address-country		address.country:string
address-postalcode	string	Location-address-postalcode		address.postalCode:string
address-state	string	Location-address-state		address.state:string
address-use	token	Location-address-use		address.use:code
address	string	Location-address		address:Address
endpoint	reference	Location-endpoint	Endpoint	endpoint:Reference
identifier	token	Location-identifier		identifier:Identifier
name	string	Location-name		name:string|alias:string
near	special	Location-near		position:Location.position
operational-status	token	Location-operational-status		operationalStatus:Coding
organization	reference	Location-organization	Organization	managingOrganization:Reference
partof	reference	Location-partof	Location	partOf:Reference
status	token	Location-status		status:code
type	token	Location-type		type:CodeableConcept
#Measure
composed-of	reference	Measure-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
context-quantity	quantity	Measure-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	Measure-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	Measure-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	Measure-context-type		useContext.code:Coding
context	token	Measure-context		useContext.valueCodeableConcept:CodeableConcept
date	date	Measure-date		date:dateTime
depends-on	reference	Measure-depends-on	*	relatedArtifact?type=depends-on.resource:canonical|library:canonical
derived-from	reference	Measure-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	Measure-description		description:markdown
effective	date	Measure-effective		effectivePeriod:Period
identifier	token	Measure-identifier		identifier:Identifier
jurisdiction	token	Measure-jurisdiction		jurisdiction:CodeableConcept
name	string	Measure-name		name:string
predecessor	reference	Measure-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	Measure-publisher		publisher:string
status	token	Measure-status		status:code
successor	reference	Measure-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	Measure-title		title:string
topic	token	Measure-topic		topic:CodeableConcept
url	uri	Measure-url		url:uri
version	token	Measure-version		version:string
#MeasureReport	subject
date	date	MeasureReport-date		date:dateTime
evaluated-resource	reference	MeasureReport-evaluated-resource	*	evaluatedResource:Reference
identifier	token	MeasureReport-identifier		identifier:Identifier
measure	reference	MeasureReport-measure	Measure	measure:canonical
patient	reference	MeasureReport-patient	Patient	subject~Patient:Reference
period	date	MeasureReport-period		period:Period
reporter	reference	MeasureReport-reporter	Practitioner Organization PractitionerRole Location	reporter:Reference
status	token	MeasureReport-status		status:code
subject	reference	MeasureReport-subject	Practitioner Group Device Patient PractitionerRole RelatedPerson Location	subject:Reference
#Media	subject
based-on	reference	Media-based-on	CarePlan ServiceRequest	basedOn:Reference
created	date	Media-created		createdDateTime:dateTime|createdPeriod:Period
device	reference	Media-device	Device DeviceMetric	device:Reference
encounter	reference	Media-encounter	Encounter	encounter:Reference
identifier	token	Media-identifier		identifier:Identifier
modality	token	Media-modality		modality:CodeableConcept
operator	reference	Media-operator	Practitioner Organization CareTeam Device Patient PractitionerRole RelatedPerson	operator:Reference
patient	reference	Media-patient	Patient	subject~Patient:Reference
site	token	Media-site		bodySite:CodeableConcept
status	token	Media-status		status:code
subject	reference	Media-subject	Practitioner Group Specimen Device Patient PractitionerRole Location	subject:Reference
type	token	Media-type		type:CodeableConcept
view	token	Media-view		view:CodeableConcept
#Medication
expiration-date	date	Medication-expiration-date		batch.expirationDate:dateTime
form	token	Medication-form		form:CodeableConcept
identifier	token	Medication-identifier		identifier:Identifier
ingredient-code	token	Medication-ingredient-code		ingredient.itemCodeableConcept:CodeableConcept
ingredient	reference	Medication-ingredient	Medication Substance	ingredient.itemReference:Reference
lot-number	token	Medication-lot-number		batch.lotNumber:string
manufacturer	reference	Medication-manufacturer	Organization	manufacturer:Reference
status	token	Medication-status		status:code
code	token	clinical-code		code:CodeableConcept
#MedicationAdministration	subject|performer.actor
context	reference	MedicationAdministration-context	EpisodeOfCare Encounter	context:Reference
device	reference	MedicationAdministration-device	Device	device:Reference
effective-time	date	MedicationAdministration-effective-time		effectiveDateTime:dateTime|effectivePeriod:Period
performer	reference	MedicationAdministration-performer	Practitioner Device Patient PractitionerRole RelatedPerson	performer.actor:Reference
reason-given	token	MedicationAdministration-reason-given		reasonCode:CodeableConcept
reason-not-given	token	MedicationAdministration-reason-not-given		statusReason:CodeableConcept
request	reference	MedicationAdministration-request	MedicationRequest	request:Reference
subject	reference	MedicationAdministration-subject	Group Patient	subject:Reference
code	token	clinical-code		medicationCodeableConcept:CodeableConcept
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
medication	reference	medications-medication	Medication	medicationReference:Reference
status	token	medications-status		status:code
#MedicationDispense	subject|receiver
context	reference	MedicationDispense-context	EpisodeOfCare Encounter	context:Reference
destination	reference	MedicationDispense-destination	Location	destination:Reference
performer	reference	MedicationDispense-performer	Practitioner Organization Device Patient PractitionerRole RelatedPerson	performer.actor:Reference
receiver	reference	MedicationDispense-receiver	Practitioner Patient	receiver:Reference
responsibleparty	reference	MedicationDispense-responsibleparty	Practitioner PractitionerRole	substitution.responsibleParty:Reference
subject	reference	MedicationDispense-subject	Group Patient	subject:Reference
type	token	MedicationDispense-type		type:CodeableConcept
whenhandedover	date	MedicationDispense-whenhandedover		whenHandedOver:dateTime
whenprepared	date	MedicationDispense-whenprepared		whenPrepared:dateTime
code	token	clinical-code		medicationCodeableConcept:CodeableConcept
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
medication	reference	medications-medication	Medication	medicationReference:Reference
prescription	reference	medications-prescription	MedicationRequest	authorizingPrescription:Reference
status	token	medications-status		status:code
#MedicationKnowledge
classification-type	token	MedicationKnowledge-classification-type		medicineClassification.type:CodeableConcept
classification	token	MedicationKnowledge-classification		medicineClassification.classification:CodeableConcept
code	token	MedicationKnowledge-code		code:CodeableConcept
doseform	token	MedicationKnowledge-doseform		doseForm:CodeableConcept
ingredient-code	token	MedicationKnowledge-ingredient-code		ingredient.itemCodeableConcept:CodeableConcept
ingredient	reference	MedicationKnowledge-ingredient	Substance	ingredient.itemReference:Reference
manufacturer	reference	MedicationKnowledge-manufacturer	Organization	manufacturer:Reference
monitoring-program-name	token	MedicationKnowledge-monitoring-program-name		monitoringProgram.name:string
monitoring-program-type	token	MedicationKnowledge-monitoring-program-type		monitoringProgram.type:CodeableConcept
monograph-type	token	MedicationKnowledge-monograph-type		monograph.type:CodeableConcept
monograph	reference	MedicationKnowledge-monograph	Media DocumentReference	monograph.source:Reference
source-cost	token	MedicationKnowledge-source-cost		cost.source:string
status	token	MedicationKnowledge-status		status:code
#MedicationRequest	subject
authoredon	date	MedicationRequest-authoredon		authoredOn:dateTime
category	token	MedicationRequest-category		category:CodeableConcept
intended-dispenser	reference	MedicationRequest-intended-dispenser	Organization	dispenseRequest.performer:Reference
intended-performer	reference	MedicationRequest-intended-performer	Practitioner Organization CareTeam Device Patient PractitionerRole RelatedPerson	performer:Reference
intended-performertype	token	MedicationRequest-intended-performertype		performerType:CodeableConcept
intent	token	MedicationRequest-intent		intent:code
priority	token	MedicationRequest-priority		priority:code
requester	reference	MedicationRequest-requester	Practitioner Organization Device Patient PractitionerRole RelatedPerson	requester:Reference
subject	reference	MedicationRequest-subject	Group Patient	subject:Reference
code	token	clinical-code		medicationCodeableConcept:CodeableConcept
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
date	date	medications-date		dosageInstruction.timing.event:dateTime
encounter	reference	medications-encounter	Encounter	encounter:Reference
medication	reference	medications-medication	Medication	medicationReference:Reference
status	token	medications-status		status:code
#MedicationStatement	subject
category	token	MedicationStatement-category		category:CodeableConcept
context	reference	MedicationStatement-context	EpisodeOfCare Encounter	context:Reference
effective	date	MedicationStatement-effective		effectiveDateTime:dateTime|effectivePeriod:Period
part-of	reference	MedicationStatement-part-of	MedicationDispense Observation MedicationAdministration Procedure MedicationStatement	partOf:Reference
source	reference	MedicationStatement-source	Practitioner Organization Patient PractitionerRole RelatedPerson	informationSource:Reference
subject	reference	MedicationStatement-subject	Group Patient	subject:Reference
code	token	clinical-code		medicationCodeableConcept:CodeableConcept
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
medication	reference	medications-medication	Medication	medicationReference:Reference
status	token	medications-status		status:code
#MedicinalProduct
identifier	token	MedicinalProduct-identifier		identifier:Identifier
name-language	token	MedicinalProduct-name-language		name.countryLanguage.language:CodeableConcept
name	string	MedicinalProduct-name		name.productName:string
#MedicinalProductAuthorization
country	token	MedicinalProductAuthorization-country		country:CodeableConcept
holder	reference	MedicinalProductAuthorization-holder	Organization	holder:Reference
identifier	token	MedicinalProductAuthorization-identifier		identifier:Identifier
status	token	MedicinalProductAuthorization-status		status:CodeableConcept
subject	reference	MedicinalProductAuthorization-subject	MedicinalProductPackaged MedicinalProduct	subject:Reference
#MedicinalProductContraindication
subject	reference	MedicinalProductContraindication-subject	Medication MedicinalProduct	subject:Reference
#MedicinalProductIndication
subject	reference	MedicinalProductIndication-subject	Medication MedicinalProduct	subject:Reference
#MedicinalProductIngredient
#MedicinalProductInteraction
subject	reference	MedicinalProductInteraction-subject	Medication Substance MedicinalProduct	subject:Reference
#MedicinalProductManufactured
#MedicinalProductPackaged
identifier	token	MedicinalProductPackaged-identifier		identifier:Identifier
subject	reference	MedicinalProductPackaged-subject	MedicinalProduct	subject:Reference
#MedicinalProductPharmaceutical
identifier	token	MedicinalProductPharmaceutical-identifier		identifier:Identifier
route	token	MedicinalProductPharmaceutical-route		routeOfAdministration.code:CodeableConcept
target-species	token	MedicinalProductPharmaceutical-target-species		routeOfAdministration.targetSpecies.code:CodeableConcept
#MedicinalProductUndesirableEffect
subject	reference	MedicinalProductUndesirableEffect-subject	Medication MedicinalProduct	subject:Reference
#MessageDefinition
category	token	MessageDefinition-category		category:code
event	token	MessageDefinition-event		eventCoding:Coding|eventUri:uri
focus	token	MessageDefinition-focus		focus.code:code
parent	reference	MessageDefinition-parent	PlanDefinition ActivityDefinition	parent:canonical
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
identifier	token	conformance-identifier		identifier:Identifier
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#MessageHeader
author	reference	MessageHeader-author	Practitioner PractitionerRole	author:Reference
code	token	MessageHeader-code		response.code:code
destination-uri	uri	MessageHeader-destination-uri		destination.endpoint:url
destination	string	MessageHeader-destination		destination.name:string
enterer	reference	MessageHeader-enterer	Practitioner PractitionerRole	enterer:Reference
event	token	MessageHeader-event		eventCoding:Coding|eventUri:uri
focus	reference	MessageHeader-focus	*	focus:Reference
receiver	reference	MessageHeader-receiver	Practitioner Organization PractitionerRole	destination.receiver:Reference
response-id	token	MessageHeader-response-id		response.identifier:id
responsible	reference	MessageHeader-responsible	Practitioner Organization PractitionerRole	responsible:Reference
sender	reference	MessageHeader-sender	Practitioner Organization PractitionerRole	sender:Reference
source-uri	uri	MessageHeader-source-uri		source.endpoint:url
source	string	MessageHeader-source		source.name:string
target	reference	MessageHeader-target	Device	destination.target:Reference
#MolecularSequence	patient
chromosome-variant-coordinate	composite	MolecularSequence-chromosome-variant-coordinate		variant:MolecularSequence.variant	chromosome token %.referenceSeq.chromosome:CodeableConcept;variant-start number start:integer;variant-end number end:integer
chromosome-window-coordinate	composite	MolecularSequence-chromosome-window-coordinate		referenceSeq:MolecularSequence.referenceSeq	chromosome token chromosome:CodeableConcept;window-start number windowStart:integer;window-end number windowEnd:integer
chromosome	token	MolecularSequence-chromosome		referenceSeq.chromosome:CodeableConcept
identifier	token	MolecularSequence-identifier		identifier:Identifier
patient	reference	MolecularSequence-patient	Patient	patient:Reference
referenceseqid-variant-coordinate	composite	MolecularSequence-referenceseqid-variant-coordinate		variant:MolecularSequence.variant	referenceseqid token %.referenceSeq.referenceSeqId:CodeableConcept;variant-start number start:integer;variant-end number end:integer
referenceseqid-window-coordinate	composite	MolecularSequence-referenceseqid-window-coordinate		referenceSeq:MolecularSequence.referenceSeq	referenceseqid token referenceSeqId:CodeableConcept;window-start number windowStart:integer;window-end number windowEnd:integer
referenceseqid	token	MolecularSequence-referenceseqid		referenceSeq.referenceSeqId:CodeableConcept
type	token	MolecularSequence-type		type:code
variant-end	number	MolecularSequence-variant-end		variant.end:integer
variant-start	number	MolecularSequence-variant-start		variant.start:integer
window-end	number	MolecularSequence-window-end		referenceSeq.windowEnd:integer
window-start	number	MolecularSequence-window-start		referenceSeq.windowStart:integer
#NamingSystem
contact	string	NamingSystem-contact		contact.name:string
id-type	token	NamingSystem-id-type		uniqueId.type:code
kind	token	NamingSystem-kind		kind:code
period	date	NamingSystem-period		uniqueId.period:Period
responsible	string	NamingSystem-responsible		responsible:string
telecom	token	NamingSystem-telecom		contact.telecom:ContactPoint
type	token	NamingSystem-type		type:CodeableConcept
value	string	NamingSystem-value		uniqueId.value:string
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
#NutritionOrder	patient
additive	token	NutritionOrder-additive		enteralFormula.additiveType:CodeableConcept
datetime	date	NutritionOrder-datetime		dateTime:dateTime
formula	token	NutritionOrder-formula		enteralFormula.baseFormulaType:CodeableConcept
instantiates-canonical	reference	NutritionOrder-instantiates-canonical	PlanDefinition ActivityDefinition	instantiatesCanonical:canonical
instantiates-uri	uri	NutritionOrder-instantiates-uri		instantiatesUri:uri
oraldiet	token	NutritionOrder-oraldiet		oralDiet.type:CodeableConcept
provider	reference	NutritionOrder-provider	Practitioner PractitionerRole	orderer:Reference
status	token	NutritionOrder-status		status:code
supplement	token	NutritionOrder-supplement		supplement.type:CodeableConcept
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference
#Observation	subject|performer
based-on	reference	Observation-based-on	CarePlan MedicationRequest NutritionOrder DeviceRequest ServiceRequest ImmunizationRecommendation	basedOn:Reference
category	token	Observation-category		category:CodeableConcept
code-value-concept	composite	Observation-code-value-concept		:Observation	code token code:CodeableConcept;value-concept token valueCodeableConcept:CodeableConcept
code-value-date	composite	Observation-code-value-date		:Observation	code token code:CodeableConcept;value-date date valueDateTime:dateTime|valuePeriod:Period
code-value-quantity	composite	Observation-code-value-quantity		:Observation	code token code:CodeableConcept;value-quantity quantity valueQuantity:Quantity
code-value-string	composite	Observation-code-value-string		:Observation	code token code:CodeableConcept;value-string string valueString:string
combo-code-value-concept	composite	Observation-combo-code-value-concept		:Observation|component:Observation.component	combo-code token code:CodeableConcept;combo-value-concept token valueCodeableConcept:CodeableConcept
combo-code-value-quantity	composite	Observation-combo-code-value-quantity		:Observation|component:Observation.component	combo-code token code:CodeableConcept;combo-value-quantity quantity valueQuantity:Quantity
combo-code	token	Observation-combo-code		code:CodeableConcept|component.code:CodeableConcept
combo-data-absent-reason	token	Observation-combo-data-absent-reason		dataAbsentReason:CodeableConcept|component.dataAbsentReason:CodeableConcept
combo-value-concept	token	Observation-combo-value-concept		valueCodeableConcept:CodeableConcept|component.valueCodeableConcept:CodeableConcept
combo-value-quantity	quantity	Observation-combo-value-quantity		valueQuantity:Quantity|valueSampledData:SampledData|component.valueQuantity:Quantity|component.valueSampledData:SampledData
component-code-value-concept	composite	Observation-component-code-value-concept		component:Observation.component	component-code token code:CodeableConcept;component-value-concept token valueCodeableConcept:CodeableConcept
component-code-value-quantity	composite	Observation-component-code-value-quantity		component:Observation.component	component-code token code:CodeableConcept;component-value-quantity quantity valueQuantity:Quantity
component-code	token	Observation-component-code		component.code:CodeableConcept
component-data-absent-reason	token	Observation-component-data-absent-reason		component.dataAbsentReason:CodeableConcept
component-value-concept	token	Observation-component-value-concept		component.valueCodeableConcept:CodeableConcept
component-value-quantity	quantity	Observation-component-value-quantity		component.valueQuantity:Quantity|component.valueSampledData:SampledData
data-absent-reason	token	Observation-data-absent-reason		dataAbsentReason:CodeableConcept
derived-from	reference	Observation-derived-from	Media Observation ImagingStudy MolecularSequence QuestionnaireResponse DocumentReference	derivedFrom:Reference
device	reference	Observation-device	Device DeviceMetric	device:Reference
focus	reference	Observation-focus	*	focus:Reference
has-member	reference	Observation-has-member	Observation MolecularSequence QuestionnaireResponse	hasMember:Reference
method	token	Observation-method		method:CodeableConcept
part-of	reference	Observation-part-of	Immunization MedicationDispense MedicationAdministration Procedure ImagingStudy MedicationStatement	partOf:Reference
performer	reference	Observation-performer	Practitioner Organization CareTeam Patient PractitionerRole RelatedPerson	performer:Reference
specimen	reference	Observation-specimen	Specimen	specimen:Reference
status	token	Observation-status		status:code
subject	reference	Observation-subject	Group Device Patient Location	subject:Reference
value-concept	token	Observation-value-concept		valueCodeableConcept:CodeableConcept
value-date	date	Observation-value-date		valueDateTime:dateTime|valuePeriod:Period
value-quantity	quantity	Observation-value-quantity		valueQuantity:Quantity|valueSampledData:SampledData
value-string	string	Observation-value-string		valueString:string|valueCodeableConcept.text:string
code	token	clinical-code		code:CodeableConcept
date	date	clinical-date		effectiveDateTime:dateTime|effectivePeriod:Period|effectiveTiming:Timing|effectiveInstant:instant
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#ObservationDefinition
#OperationDefinition
base	reference	OperationDefinition-base	OperationDefinition	base:canonical
code	token	OperationDefinition-code		code:code
input-profile	reference	OperationDefinition-input-profile	StructureDefinition	inputProfile:canonical
instance	token	OperationDefinition-instance		instance:boolean
kind	token	OperationDefinition-kind		kind:code
output-profile	reference	OperationDefinition-output-profile	StructureDefinition	outputProfile:canonical
system	token	OperationDefinition-system		system:boolean
type	token	OperationDefinition-type		type:boolean
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#OperationOutcome
#Organization
active	token	Organization-active		active:boolean
address-city	string	Organization-address-city		address.city:string
address-country	string	Organization-address-country		address.country:string
address-postalcode	string	Organization-address-postalcode		address.postalCode:string
address-state	string	Organization-address-state		address.state:string
address-use	token	Organization-address-use		address.use:code
address	string	Organization-address		address:Address
endpoint	reference	Organization-endpoint	Endpoint	endpoint:Reference
identifier	token	Organization-identifier		identifier:Identifier
name	string	Organization-name		name:string|alias:string
partof	reference	Organization-partof	Organization	partOf:Reference
phonetic	string	Organization-phonetic		name:string
type	token	Organization-type		type:CodeableConcept
#OrganizationAffiliation
active	token	OrganizationAffiliation-active		active:boolean
date	date	OrganizationAffiliation-date		period:Period
email	token	OrganizationAffiliation-email		telecom?system=email:ContactPoint
endpoint	reference	OrganizationAffiliation-endpoint	Endpoint	endpoint:Reference
identifier	token	OrganizationAffiliation-identifier		identifier:Identifier
location	reference	OrganizationAffiliation-location	Location	location:Reference
network	reference	OrganizationAffiliation-network	Organization	network:Reference
participating-organization	reference	OrganizationAffiliation-participating-organization	Organization	participatingOrganization:Reference
phone	token	OrganizationAffiliation-phone		telecom?system=phone:ContactPoint
primary-organization	reference	OrganizationAffiliation-primary-organization	Organization	organization:Reference
role	token	OrganizationAffiliation-role		code:CodeableConcept
service	reference	OrganizationAffiliation-service	HealthcareService	healthcareService:Reference
specialty	token	OrganizationAffiliation-specialty		specialty:CodeableConcept
telecom	token	OrganizationAffiliation-telecom		telecom:ContactPoint
#Parameters
#Patient	link.other
active	token	Patient-active		active:boolean
death-date	date	Patient-death-date		deceasedDateTime:dateTime
deceased	token	Patient-deceased		!deceased:boolean
general-practitioner	reference	Patient-general-practitioner	Practitioner Organization PractitionerRole	generalPractitioner:Reference
identifier	token	Patient-identifier		identifier:Identifier
language	token	Patient-language		communication.language:CodeableConcept
link	reference	Patient-link	Patient RelatedPerson	link.other:Reference
name	string	Patient-name		name:HumanName
organization	reference	Patient-organization	Organization	managingOrganization:Reference
address-city	string	individual-address-city		address.city:string
address-country	string	individual-address-country		address.country:string
address-postalcode	string	individual-address-postalcode		address.postalCode:string
address-state	string	individual-address-state		address.state:string
address-use	token	individual-address-use		address.use:code
address	string	individual-address		address:Address
birthdate	date	individual-birthdate		birthDate:date
email	token	individual-email		telecom?system=email:ContactPoint
family	string	individual-family		name.family:string
gender	token	individual-gender		gender:code
given	string	individual-given		name.given:string
phone	token	individual-phone		telecom?system=phone:ContactPoint
phonetic	string	individual-phonetic		name:HumanName
telecom	token	individual-telecom		telecom:ContactPoint
#PaymentNotice
created	date	PaymentNotice-created		created:dateTime
identifier	token	PaymentNotice-identifier		identifier:Identifier
payment-status	token	PaymentNotice-payment-status		paymentStatus:CodeableConcept
provider	reference	PaymentNotice-provider	Practitioner Organization PractitionerRole	provider:Reference
request	reference	PaymentNotice-request	*	request:Reference
response	reference	PaymentNotice-response	*	response:Reference
status	token	PaymentNotice-status		status:code
#PaymentReconciliation
created	date	PaymentReconciliation-created		created:dateTime
disposition	string	PaymentReconciliation-disposition		disposition:string
identifier	token	PaymentReconciliation-identifier		identifier:Identifier
outcome	token	PaymentReconciliation-outcome		outcome:code
payment-issuer	reference	PaymentReconciliation-payment-issuer	Organization	paymentIssuer:Reference
request	reference	PaymentReconciliation-request	Task	request:Reference
requestor	reference	PaymentReconciliation-requestor	Practitioner Organization PractitionerRole	requestor:Reference
status	token	PaymentReconciliation-status		status:code
#Person	link.target
identifier	token	Person-identifier		identifier:Identifier
link	reference	Person-link	Practitioner Patient Person RelatedPerson	link.target:Reference
name	string	Person-name		name:HumanName
organization	reference	Person-organization	Organization	managingOrganization:Reference
patient	reference	Person-patient	Patient	link.target~Patient:Reference
practitioner	reference	Person-practitioner	Practitioner	link.target~Practitioner:Reference
relatedperson	reference	Person-relatedperson	RelatedPerson	link.target~RelatedPerson:Reference
address-city	string	individual-address-city		address.city:string
address-country	string	individual-address-country		address.country:string
address-postalcode	string	individual-address-postalcode		address.postalCode:string
address-state	string	individual-address-state		address.state:string
address-use	token	individual-address-use		address.use:code
address	string	individual-address		address:Address
birthdate	date	individual-birthdate		birthDate:date
email	token	individual-email		telecom?system=email:ContactPoint
gender	token	individual-gender		gender:code
phone	token	individual-phone		telecom?system=phone:ContactPoint
phonetic	string	individual-phonetic		name:HumanName
telecom	token	individual-telecom		telecom:ContactPoint
#PlanDefinition
composed-of	reference	PlanDefinition-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
context-quantity	quantity	PlanDefinition-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	PlanDefinition-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	PlanDefinition-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	PlanDefinition-context-type		useContext.code:Coding
context	token	PlanDefinition-context		useContext.valueCodeableConcept:CodeableConcept
date	date	PlanDefinition-date		date:dateTime
definition	reference	PlanDefinition-definition	Questionnaire PlanDefinition ActivityDefinition	action.definitionCanonical:canonical|action.definitionUri:uri
depends-on	reference	PlanDefinition-depends-on	*	relatedArtifact?type=depends-on.resource:canonical|library:canonical
derived-from	reference	PlanDefinition-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	PlanDefinition-description		description:markdown
effective	date	PlanDefinition-effective		effectivePeriod:Period
identifier	token	PlanDefinition-identifier		identifier:Identifier
jurisdiction	token	PlanDefinition-jurisdiction		jurisdiction:CodeableConcept
name	string	PlanDefinition-name		name:string
predecessor	reference	PlanDefinition-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	PlanDefinition-publisher		publisher:string
status	token	PlanDefinition-status		status:code
successor	reference	PlanDefinition-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	PlanDefinition-title		title:string
topic	token	PlanDefinition-topic		topic:CodeableConcept
type	token	PlanDefinition-type		type:CodeableConcept
url	uri	PlanDefinition-url		url:uri
version	token	PlanDefinition-version		version:string
#Practitioner
active	token	Practitioner-active		active:boolean
communication	token	Practitioner-communication		communication:CodeableConcept
identifier	token	Practitioner-identifier		identifier:Identifier
name	string	Practitioner-name		name:HumanName
address-city	string	individual-address-city		address.city:string
address-country	string	individual-address-country		address.country:string
address-postalcode	string	individual-address-postalcode		address.postalCode:string
address-state	string	individual-address-state		address.state:string
address-use	token	individual-address-use		address.use:code
address	string	individual-address		address:Address
email	token	individual-email		telecom?system=email:ContactPoint
family	string	individual-family		name.family:string
gender	token	individual-gender		gender:code
given	string	individual-given		name.given:string
phone	token	individual-phone		telecom?system=phone:ContactPoint
phonetic	string	individual-phonetic		name:HumanName
telecom	token	individual-telecom		telecom:ContactPoint
#PractitionerRole
active	token	PractitionerRole-active		active:boolean
date	date	PractitionerRole-date		period:Period
endpoint	reference	PractitionerRole-endpoint	Endpoint	endpoint:Reference
identifier	token	PractitionerRole-identifier		identifier:Identifier
location	reference	PractitionerRole-location	Location	location:Reference
organization	reference	PractitionerRole-organization	Organization	organization:Reference
practitioner	reference	PractitionerRole-practitioner	Practitioner	practitioner:Reference
role	token	PractitionerRole-role		code:CodeableConcept
service	reference	PractitionerRole-service	HealthcareService	healthcareService:Reference
specialty	token	PractitionerRole-specialty		specialty:CodeableConcept
email	token	individual-email		telecom?system=email:ContactPoint
phone	token	individual-phone		telecom?system=phone:ContactPoint
telecom	token	individual-telecom		telecom:ContactPoint
#Procedure	subject|performer.actor
based-on	reference	Procedure-based-on	CarePlan ServiceRequest	basedOn:Reference
category	token	Procedure-category		category:CodeableConcept
instantiates-canonical	reference	Procedure-instantiates-canonical	Questionnaire Measure PlanDefinition OperationDefinition ActivityDefinition	instantiatesCanonical:canonical
instantiates-uri	uri	Procedure-instantiates-uri		instantiatesUri:uri
location	reference	Procedure-location	Location	location:Reference
part-of	reference	Procedure-part-of	Observation Procedure MedicationAdministration	partOf:Reference
performer	reference	Procedure-performer	Practitioner Organization Device Patient PractitionerRole RelatedPerson	performer.actor:Reference
reason-code	token	Procedure-reason-code		reasonCode:CodeableConcept
reason-reference	reference	Procedure-reason-reference	Condition Observation Procedure DiagnosticReport DocumentReference	reasonReference:Reference
status	token	Procedure-status		status:code
subject	reference	Procedure-subject	Group Patient	subject:Reference
code	token	clinical-code		code:CodeableConcept
date	date	clinical-date		performedDateTime:dateTime|performedPeriod:Period|performedString:string|performedAge:Age|performedRange:Range
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#Provenance	target
agent-role	token	Provenance-agent-role		agent.role:CodeableConcept
agent-type	token	Provenance-agent-type		agent.type:CodeableConcept
agent	reference	Provenance-agent	Practitioner Organization Device Patient PractitionerRole RelatedPerson	agent.who:Reference
entity	reference	Provenance-entity	*	entity.what:Reference
location	reference	Provenance-location	Location	location:Reference
patient	reference	Provenance-patient	Patient	target~Patient:Reference
recorded	date	Provenance-recorded		recorded:instant
signature-type	token	Provenance-signature-type		signature.type:Coding
target	reference	Provenance-target	*	target:Reference
when	date	Provenance-when		occurredDateTime:dateTime
#Questionnaire
code	token	Questionnaire-code		item.code:Coding
context-quantity	quantity	Questionnaire-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	Questionnaire-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	Questionnaire-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	Questionnaire-context-type		useContext.code:Coding
context	token	Questionnaire-context		useContext.valueCodeableConcept:CodeableConcept
date	date	Questionnaire-date		date:dateTime
definition	uri	Questionnaire-definition		item.definition:uri
description	string	Questionnaire-description		description:markdown
effective	date	Questionnaire-effective		effectivePeriod:Period
identifier	token	Questionnaire-identifier		identifier:Identifier
jurisdiction	token	Questionnaire-jurisdiction		jurisdiction:CodeableConcept
name	string	Questionnaire-name		name:string
publisher	string	Questionnaire-publisher		publisher:string
status	token	Questionnaire-status		status:code
subject-type	token	Questionnaire-subject-type		subjectType:code
title	string	Questionnaire-title		title:string
url	uri	Questionnaire-url		url:uri
version	token	Questionnaire-version		version:string
#QuestionnaireResponse	subject|author
author	reference	QuestionnaireResponse-author	Practitioner Organization Device Patient PractitionerRole RelatedPerson	author:Reference
authored	date	QuestionnaireResponse-authored		authored:dateTime
based-on	reference	QuestionnaireResponse-based-on	CarePlan ServiceRequest	basedOn:Reference
encounter	reference	QuestionnaireResponse-encounter	Encounter	encounter:Reference
identifier	token	QuestionnaireResponse-identifier		identifier:Identifier
part-of	reference	QuestionnaireResponse-part-of	Observation Procedure	partOf:Reference
patient	reference	QuestionnaireResponse-patient	Patient	subject~Patient:Reference
questionnaire	reference	QuestionnaireResponse-questionnaire	Questionnaire	questionnaire:canonical
source	reference	QuestionnaireResponse-source	Practitioner Patient PractitionerRole RelatedPerson	source:Reference
status	token	QuestionnaireResponse-status		status:code
subject	reference	QuestionnaireResponse-subject	*	subject:Reference
#RelatedPerson	patient
active	token	RelatedPerson-active		active:boolean
identifier	token	RelatedPerson-identifier		identifier:Identifier
name	string	RelatedPerson-name		name:HumanName
patient	reference	RelatedPerson-patient	Patient	patient:Reference
relationship	token	RelatedPerson-relationship		relationship:CodeableConcept
address-city	string	individual-address-city		address.city:string
address-country	string	individual-address-country		address.country:string
address-postalcode	string	individual-address-postalcode		address.postalCode:string
address-state	string	individual-address-state		address.state:string
address-use	token	individual-address-use		address.use:code
address	string	individual-address		address:Address
birthdate	date	individual-birthdate		birthDate:date
email	token	individual-email		telecom?system=email:ContactPoint
gender	token	individual-gender		gender:code
phone	token	individual-phone		telecom?system=phone:ContactPoint
phonetic	string	individual-phonetic		name:HumanName
telecom	token	individual-telecom		telecom:ContactPoint
#RequestGroup	subject|action.participant
author	reference	RequestGroup-author	Practitioner Device PractitionerRole	author:Reference
authored	date	RequestGroup-authored		authoredOn:dateTime
code	token	RequestGroup-code		code:CodeableConcept
encounter	reference	RequestGroup-encounter	Encounter	encounter:Reference
group-identifier	token	RequestGroup-group-identifier		groupIdentifier:Identifier
identifier	token	RequestGroup-identifier		identifier:Identifier
instantiates-canonical	reference	RequestGroup-instantiates-canonical		instantiatesCanonical:canonical
instantiates-uri	uri	RequestGroup-instantiates-uri		instantiatesUri:uri
intent	token	RequestGroup-intent		intent:code
participant	reference	RequestGroup-participant	Practitioner Device Patient PractitionerRole RelatedPerson	action.participant:Reference
patient	reference	RequestGroup-patient	Patient	subject~Patient:Reference
priority	token	RequestGroup-priority		priority:code
status	token	RequestGroup-status		status:code
subject	reference	RequestGroup-subject	Group Patient	subject:Reference
#ResearchDefinition
composed-of	reference	ResearchDefinition-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
context-quantity	quantity	ResearchDefinition-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	ResearchDefinition-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	ResearchDefinition-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	ResearchDefinition-context-type		useContext.code:Coding
context	token	ResearchDefinition-context		useContext.valueCodeableConcept:CodeableConcept
date	date	ResearchDefinition-date		date:dateTime
depends-on	reference	ResearchDefinition-depends-on	*	relatedArtifact?type=depends-on.resource:canonical|library:canonical
derived-from	reference	ResearchDefinition-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	ResearchDefinition-description		description:markdown
effective	date	ResearchDefinition-effective		effectivePeriod:Period
identifier	token	ResearchDefinition-identifier		identifier:Identifier
jurisdiction	token	ResearchDefinition-jurisdiction		jurisdiction:CodeableConcept
name	string	ResearchDefinition-name		name:string
predecessor	reference	ResearchDefinition-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	ResearchDefinition-publisher		publisher:string
status	token	ResearchDefinition-status		status:code
successor	reference	ResearchDefinition-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	ResearchDefinition-title		title:string
topic	token	ResearchDefinition-topic		topic:CodeableConcept
url	uri	ResearchDefinition-url		url:uri
version	token	ResearchDefinition-version		version:string
#ResearchElementDefinition
composed-of	reference	ResearchElementDefinition-composed-of	*	relatedArtifact?type=composed-of.resource:canonical
context-quantity	quantity	ResearchElementDefinition-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	ResearchElementDefinition-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	ResearchElementDefinition-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	ResearchElementDefinition-context-type		useContext.code:Coding
context	token	ResearchElementDefinition-context		useContext.valueCodeableConcept:CodeableConcept
date	date	ResearchElementDefinition-date		date:dateTime
depends-on	reference	ResearchElementDefinition-depends-on	*	relatedArtifact?type=depends-on.resource:canonical|library:canonical
derived-from	reference	ResearchElementDefinition-derived-from	*	relatedArtifact?type=derived-from.resource:canonical
description	string	ResearchElementDefinition-description		description:markdown
effective	date	ResearchElementDefinition-effective		effectivePeriod:Period
identifier	token	ResearchElementDefinition-identifier		identifier:Identifier
jurisdiction	token	ResearchElementDefinition-jurisdiction		jurisdiction:CodeableConcept
name	string	ResearchElementDefinition-name		name:string
predecessor	reference	ResearchElementDefinition-predecessor	*	relatedArtifact?type=predecessor.resource:canonical
publisher	string	ResearchElementDefinition-publisher		publisher:string
status	token	ResearchElementDefinition-status		status:code
successor	reference	ResearchElementDefinition-successor	*	relatedArtifact?type=successor.resource:canonical
title	string	ResearchElementDefinition-title		title:string
topic	token	ResearchElementDefinition-topic		topic:CodeableConcept
url	uri	ResearchElementDefinition-url		url:uri
version	token	ResearchElementDefinition-version		version:string
#ResearchStudy
category	token	ResearchStudy-category		category:CodeableConcept
date	date	ResearchStudy-date		period:Period
focus	token	ResearchStudy-focus		focus:CodeableConcept
identifier	token	ResearchStudy-identifier		identifier:Identifier
keyword	token	ResearchStudy-keyword		keyword:CodeableConcept
location	token	ResearchStudy-location		location:CodeableConcept
partof	reference	ResearchStudy-partof	ResearchStudy	partOf:Reference
principalinvestigator	reference	ResearchStudy-principalinvestigator	Practitioner PractitionerRole	principalInvestigator:Reference
protocol	reference	ResearchStudy-protocol	PlanDefinition	protocol:Reference
site	reference	ResearchStudy-site	Location	site:Reference
sponsor	reference	ResearchStudy-sponsor	Organization	sponsor:Reference
status	token	ResearchStudy-status		status:code
title	string	ResearchStudy-title		title:string
#ResearchSubject	individual
date	date	ResearchSubject-date		period:Period
identifier	token	ResearchSubject-identifier		identifier:Identifier
individual	reference	ResearchSubject-individual	Patient	individual:Reference
patient	reference	ResearchSubject-patient	Patient	individual:Reference
status	token	ResearchSubject-status		status:code
study	reference	ResearchSubject-study	ResearchStudy	study:Reference
#RiskAssessment	subject
condition	reference	RiskAssessment-condition	Condition	condition:Reference
method	token	RiskAssessment-method		method:CodeableConcept
performer	reference	RiskAssessment-performer	Practitioner Device PractitionerRole	performer:Reference
probability	number	RiskAssessment-probability		prediction.probabilityDecimal:decimal|prediction.probabilityRange:Range
risk	token	RiskAssessment-risk		prediction.qualitativeRisk:CodeableConcept
subject	reference	RiskAssessment-subject	Group Patient	subject:Reference
date	date	clinical-date		occurrenceDateTime:dateTime
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#RiskEvidenceSynthesis
context-quantity	quantity	RiskEvidenceSynthesis-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	RiskEvidenceSynthesis-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	RiskEvidenceSynthesis-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	RiskEvidenceSynthesis-context-type		useContext.code:Coding
context	token	RiskEvidenceSynthesis-context		useContext.valueCodeableConcept:CodeableConcept
date	date	RiskEvidenceSynthesis-date		date:dateTime
description	string	RiskEvidenceSynthesis-description		description:markdown
effective	date	RiskEvidenceSynthesis-effective		effectivePeriod:Period
identifier	token	RiskEvidenceSynthesis-identifier		identifier:Identifier
jurisdiction	token	RiskEvidenceSynthesis-jurisdiction		jurisdiction:CodeableConcept
name	string	RiskEvidenceSynthesis-name		name:string
publisher	string	RiskEvidenceSynthesis-publisher		publisher:string
status	token	RiskEvidenceSynthesis-status		status:code
title	string	RiskEvidenceSynthesis-title		title:string
url	uri	RiskEvidenceSynthesis-url		url:uri
version	token	RiskEvidenceSynthesis-version		version:string
#Schedule	actor
active	token	Schedule-active		active:boolean
actor	reference	Schedule-actor	Practitioner Device Patient HealthcareService PractitionerRole RelatedPerson Location	actor:Reference
date	date	Schedule-date		planningHorizon:Period
identifier	token	Schedule-identifier		identifier:Identifier
service-category	token	Schedule-service-category		serviceCategory:CodeableConcept
service-type	token	Schedule-service-type		serviceType:CodeableConcept
specialty	token	Schedule-specialty		specialty:CodeableConcept
#SearchParameter
base	token	SearchParameter-base		base:code
code	token	SearchParameter-code		code:code
component	reference	SearchParameter-component	SearchParameter	component.definition:canonical
derived-from	reference	SearchParameter-derived-from	SearchParameter	derivedFrom:canonical
target	token	SearchParameter-target		target:code
type	token	SearchParameter-type		type:code
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#ServiceRequest	subject|performer
authored	date	ServiceRequest-authored		authoredOn:dateTime
based-on	reference	ServiceRequest-based-on	CarePlan MedicationRequest ServiceRequest	basedOn:Reference
body-site	token	ServiceRequest-body-site		bodySite:CodeableConcept
category	token	ServiceRequest-category		category:CodeableConcept
instantiates-canonical	reference	ServiceRequest-instantiates-canonical	PlanDefinition ActivityDefinition	instantiatesCanonical:canonical
instantiates-uri	uri	ServiceRequest-instantiates-uri		instantiatesUri:uri
intent	token	ServiceRequest-intent		intent:code
occurrence	date	ServiceRequest-occurrence		occurrenceDateTime:dateTime|occurrencePeriod:Period|occurrenceTiming:Timing
performer-type	token	ServiceRequest-performer-type		performerType:CodeableConcept
performer	reference	ServiceRequest-performer	Practitioner Organization CareTeam Device Patient HealthcareService PractitionerRole RelatedPerson	performer:Reference
priority	token	ServiceRequest-priority		priority:code
replaces	reference	ServiceRequest-replaces	ServiceRequest	replaces:Reference
requester	reference	ServiceRequest-requester	Practitioner Organization Device Patient PractitionerRole RelatedPerson	requester:Reference
requisition	token	ServiceRequest-requisition		requisition:Identifier
specimen	reference	ServiceRequest-specimen	Specimen	specimen:Reference
status	token	ServiceRequest-status		status:code
subject	reference	ServiceRequest-subject	Group Device Patient Location	subject:Reference
code	token	clinical-code		code:CodeableConcept
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	subject~Patient:Reference
#Slot
appointment-type	token	Slot-appointment-type		appointmentType:CodeableConcept
identifier	token	Slot-identifier		identifier:Identifier
schedule	reference	Slot-schedule	Schedule	schedule:Reference
service-category	token	Slot-service-category		serviceCategory:CodeableConcept
service-type	token	Slot-service-type		serviceType:CodeableConcept
specialty	token	Slot-specialty		specialty:CodeableConcept
start	date	Slot-start		start:instant
status	token	Slot-status		status:code
#Specimen	subject
accession	token	Specimen-accession		accessionIdentifier:Identifier
bodysite	token	Specimen-bodysite		collection.bodySite:CodeableConcept
collected	date	Specimen-collected		collection.collectedDateTime:dateTime|collection.collectedPeriod:Period
collector	reference	Specimen-collector	Practitioner PractitionerRole	collection.collector:Reference
container-id	token	Specimen-container-id		container.identifier:Identifier
container	token	Specimen-container		container.type:CodeableConcept
identifier	token	Specimen-identifier		identifier:Identifier
parent	reference	Specimen-parent	Specimen	parent:Reference
patient	reference	Specimen-patient	Patient	subject~Patient:Reference
status	token	Specimen-status		status:code
subject	reference	Specimen-subject	Group Device Patient Substance Location	subject:Reference
type	token	Specimen-type		type:CodeableConcept
#SpecimenDefinition
container	token	SpecimenDefinition-container		typeTested.container.type:CodeableConcept
identifier	token	SpecimenDefinition-identifier		identifier:Identifier
type	token	SpecimenDefinition-type		typeCollected:CodeableConcept
#StructureDefinition
abstract	token	StructureDefinition-abstract		abstract:boolean
base-path	token	StructureDefinition-base-path		snapshot.element.base.path:string|differential.element.base.path:string
base	reference	StructureDefinition-base	StructureDefinition	baseDefinition:canonical
derivation	token	StructureDefinition-derivation		derivation:code
experimental	token	StructureDefinition-experimental		experimental:boolean
ext-context	token	StructureDefinition-ext-context		context.type:code
keyword	token	StructureDefinition-keyword		keyword:Coding
kind	token	StructureDefinition-kind		kind:code
path	token	StructureDefinition-path		snapshot.element.path:string|differential.element.path:string
type	uri	StructureDefinition-type		type:uri
valueset	reference	StructureDefinition-valueset	ValueSet	snapshot.element.binding.valueSet:canonical
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
identifier	token	conformance-identifier		identifier:Identifier
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#StructureMap
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
identifier	token	conformance-identifier		identifier:Identifier
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#Subscription
contact	token	Subscription-contact		contact:ContactPoint
criteria	string	Subscription-criteria		criteria:string
payload	token	Subscription-payload		channel.payload:code
status	token	Subscription-status		status:code
type	token	Subscription-type		channel.type:code
url	uri	Subscription-url		channel.endpoint:url
#Substance
category	token	Substance-category		category:CodeableConcept
code	token	Substance-code		code:CodeableConcept|ingredient.substanceCodeableConcept:CodeableConcept
container-identifier	token	Substance-container-identifier		instance.identifier:Identifier
expiry	date	Substance-expiry		instance.expiry:dateTime
identifier	token	Substance-identifier		identifier:Identifier
quantity	quantity	Substance-quantity		instance.quantity:Quantity
status	token	Substance-status		status:code
substance-reference	reference	Substance-substance-reference	Substance	ingredient.substanceReference:Reference
#SubstanceNucleicAcid
#SubstancePolymer
#SubstanceProtein
#SubstanceReferenceInformation
#SubstanceSourceMaterial
#SubstanceSpecification
code	token	SubstanceSpecification-code		code.code:CodeableConcept
#SupplyDelivery	patient
receiver	reference	SupplyDelivery-receiver	Practitioner PractitionerRole	receiver:Reference
status	token	SupplyDelivery-status		status:code
supplier	reference	SupplyDelivery-supplier	Practitioner Organization PractitionerRole	supplier:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference
#SupplyRequest	deliverTo
category	token	SupplyRequest-category		category:CodeableConcept
requester	reference	SupplyRequest-requester	Practitioner Organization Device Patient PractitionerRole RelatedPerson	requester:Reference
status	token	SupplyRequest-status		status:code
subject	reference	SupplyRequest-subject	Organization Patient Location	deliverTo:Reference
supplier	reference	SupplyRequest-supplier	Organization HealthcareService	supplier:Reference
date	date	clinical-date		authoredOn:dateTime
identifier	token	clinical-identifier		identifier:Identifier
#Task
authored-on	date	Task-authored-on		authoredOn:dateTime
based-on	reference	Task-based-on	*	basedOn:Reference
business-status	token	Task-business-status		businessStatus:CodeableConcept
code	token	Task-code		code:CodeableConcept
encounter	reference	Task-encounter	Encounter	encounter:Reference
focus	reference	Task-focus	*	focus:Reference
group-identifier	token	Task-group-identifier		groupIdentifier:Identifier
identifier	token	Task-identifier		identifier:Identifier
intent	token	Task-intent		intent:code
modified	date	Task-modified		lastModified:dateTime
owner	reference	Task-owner	Practitioner Organization CareTeam Device Patient HealthcareService PractitionerRole RelatedPerson	owner:Reference
part-of	reference	Task-part-of	Task	partOf:Reference
patient	reference	Task-patient	Patient	for~Patient:Reference
performer	token	Task-performer		performerType:CodeableConcept
period	date	Task-period		executionPeriod:Period
priority	token	Task-priority		priority:code
requester	reference	Task-requester	Practitioner Organization Device Patient PractitionerRole RelatedPerson	requester:Reference
status	token	Task-status		status:code
subject	reference	Task-subject	*	for:Reference
#TerminologyCapabilities
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#TestReport
identifier	token	TestReport-identifier		identifier:Identifier
issued	date	TestReport-issued		issued:dateTime
participant	uri	TestReport-participant		participant.uri:uri
result	token	TestReport-result		result:code
tester	string	TestReport-tester		tester:string
testscript	reference	TestReport-testscript	TestScript	testScript:Reference
#TestScript
context-quantity	quantity	TestScript-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	TestScript-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	TestScript-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	TestScript-context-type		useContext.code:Coding
context	token	TestScript-context		useContext.valueCodeableConcept:CodeableConcept
date	date	TestScript-date		date:dateTime
description	string	TestScript-description		description:markdown
identifier	token	TestScript-identifier		identifier:Identifier
jurisdiction	token	TestScript-jurisdiction		jurisdiction:CodeableConcept
name	string	TestScript-name		name:string
publisher	string	TestScript-publisher		publisher:string
status	token	TestScript-status		status:code
testscript-capability	string	TestScript-testscript-capability		metadata.capability.description:string
title	string	TestScript-title		title:string
url	uri	TestScript-url		url:uri
version	token	TestScript-version		version:string
#ValueSet
code	token	ValueSet-code		expansion.contains.code:code|compose.include.concept.code:code
expansion	uri	ValueSet-expansion		expansion.identifier:uri
reference	uri	ValueSet-reference		compose.include.system:uri
context-quantity	quantity	conformance-context-quantity		useContext.valueQuantity:Quantity|useContext.valueRange:Range
context-type-quantity	composite	conformance-context-type-quantity		useContext:UsageContext	context-type token code:Coding;context-quantity quantity valueQuantity:Quantity|valueRange:Range
context-type-value	composite	conformance-context-type-value		useContext:UsageContext	context-type token code:Coding;context token valueCodeableConcept:CodeableConcept
context-type	token	conformance-context-type		useContext.code:Coding
context	token	conformance-context		useContext.valueCodeableConcept:CodeableConcept
date	date	conformance-date		date:dateTime
description	string	conformance-description		description:markdown
identifier	token	conformance-identifier		identifier:Identifier
jurisdiction	token	conformance-jurisdiction		jurisdiction:CodeableConcept
name	string	conformance-name		name:string
publisher	string	conformance-publisher		publisher:string
status	token	conformance-status		status:code
title	string	conformance-title		title:string
url	uri	conformance-url		url:uri
version	token	conformance-version		version:string
#VerificationResult
target	reference	VerificationResult-target	*	target:Reference
#VisionPrescription	patient
datewritten	date	VisionPrescription-datewritten		dateWritten:dateTime
prescriber	reference	VisionPrescription-prescriber	Practitioner PractitionerRole	prescriber:Reference
status	token	VisionPrescription-status		status:code
encounter	reference	clinical-encounter	Encounter	encounter:Reference
identifier	token	clinical-identifier		identifier:Identifier
patient	reference	clinical-patient	Patient	patient:Reference`
