/**
 * Of each resource type what must be there, what a summary shows, and what of that it leaves out one step down. Made by
 * tools/make-summaries.ts from the definitions of FHIR 4.0.1 (CC0); do not edit.
 */
export const ELEMENTS = `Account	status	id meta implicitRules identifier status type name subject servicePeriod coverage owner description	
ActivityDefinition	status	id meta implicitRules url identifier version name title status experimental date publisher contact description useContext jurisdiction effectivePeriod kind code doNotPerform	
AdverseEvent	actuality subject	id meta implicitRules identifier actuality category event subject encounter date detected recordedDate resultingCondition location seriousness severity outcome recorder contributor suspectEntity subjectMedicalHistory referenceDocument study	
AllergyIntolerance	patient	id meta implicitRules identifier clinicalStatus verificationStatus type category criticality code patient asserter	
Appointment	status participant	id meta implicitRules identifier status cancelationReason serviceCategory serviceType specialty appointmentType reasonCode start end	
AppointmentResponse	appointment participantStatus	id meta implicitRules identifier appointment participantType actor participantStatus	
AuditEvent	type recorded agent source	id meta implicitRules type subtype action recorded outcome outcomeDesc purposeOfEvent	
Basic	code	id meta implicitRules identifier code subject created author	
Binary	contentType	id meta implicitRules contentType securityContext	
BiologicallyDerivedProduct		id meta implicitRules identifier	
BodyStructure	patient	id meta implicitRules identifier active morphology location description patient	
Bundle	type	id meta implicitRules identifier type timestamp total link entry signature	
CapabilityStatement	status date kind fhirVersion format	id meta implicitRules url version name title status experimental date publisher contact useContext jurisdiction kind instantiates imports software implementation fhirVersion format patchFormat implementationGuide rest messaging document	rest.documentation rest.interaction rest.searchParam rest.compartment messaging.endpoint messaging.reliableCache messaging.documentation document.documentation
CarePlan	status intent subject	id meta implicitRules identifier instantiatesCanonical instantiatesUri basedOn replaces partOf status intent category title description subject encounter period created author addresses	
CareTeam		id meta implicitRules identifier status category name subject encounter period managingOrganization	
CatalogEntry	orderable referencedItem	id meta implicitRules identifier orderable referencedItem	
ChargeItem	status code subject	id meta implicitRules identifier status code subject context occurrence[x] quantity bodysite enterer enteredDate account	
ChargeItemDefinition	url status	id meta implicitRules url identifier version title derivedFromUri partOf replaces status experimental date publisher contact description useContext jurisdiction effectivePeriod code	
Claim	status type use patient created provider priority insurance	id meta implicitRules status type use patient billablePeriod created insurer provider priority insurance	insurance.identifier insurance.businessArrangement insurance.preAuthRef insurance.claimResponse
ClaimResponse	status type use patient created insurer outcome	id meta implicitRules status type use patient created insurer request outcome total	
ClinicalImpression	status subject	id meta implicitRules identifier status code description subject encounter effective[x] date assessor problem	
CodeSystem	status content	id meta implicitRules url identifier version name title status experimental date publisher contact useContext jurisdiction caseSensitive valueSet hierarchyMeaning compositional versionNeeded content supplements count filter property	
Communication	status	id meta implicitRules identifier instantiatesCanonical instantiatesUri basedOn partOf status statusReason priority subject encounter reasonCode reasonReference	
CommunicationRequest	status	id meta implicitRules identifier basedOn replaces groupIdentifier status priority doNotPerform encounter occurrence[x] authoredOn requester sender reasonCode reasonReference	
CompartmentDefinition	url name status code search	id meta implicitRules url version name status experimental date publisher contact useContext code search resource	resource.documentation
Composition	status type date author title	id meta implicitRules identifier status type category subject encounter date author title confidentiality custodian event	
ConceptMap	status	id meta implicitRules url identifier version name title status experimental date publisher contact useContext jurisdiction source[x] target[x]	
Condition	subject	id meta implicitRules identifier clinicalStatus verificationStatus code bodySite subject encounter onset[x] recordedDate recorder asserter	
Consent	status scope category	id meta implicitRules identifier status scope category patient dateTime performer organization source[x] policyRule verification provision	verification.verifiedWith verification.verificationDate provision.actor provision.provision
Contract		id meta implicitRules identifier version status issued applies subject name title type subType	
Coverage	status beneficiary payor	id meta implicitRules identifier status type policyHolder subscriber subscriberId beneficiary dependent period payor order network	
CoverageEligibilityRequest	status purpose patient created insurer	id meta implicitRules status purpose patient created insurer	
CoverageEligibilityResponse	status purpose patient created request outcome insurer	id meta implicitRules status purpose patient created request outcome insurer	
DetectedIssue	status	id meta implicitRules identifier status code severity patient identified[x] author implicated	
Device		id meta implicitRules udiCarrier status safety	udiCarrier.issuer udiCarrier.jurisdiction udiCarrier.entryType
DeviceDefinition		id meta implicitRules safety parentDevice	
DeviceMetric	type category	id meta implicitRules identifier type unit source parent operationalStatus color category measurementPeriod calibration	
DeviceRequest	intent code[x] subject	id meta implicitRules identifier instantiatesCanonical instantiatesUri basedOn priorRequest groupIdentifier status intent priority code[x] subject encounter occurrence[x] authoredOn requester performerType performer reasonCode reasonReference	
DeviceUseStatement	status subject device	id meta implicitRules identifier basedOn status subject derivedFrom timing[x] recordedOn source device reasonCode reasonReference bodySite	
DiagnosticReport	status code	id meta implicitRules identifier status category code subject encounter effective[x] issued performer resultsInterpreter media	media.comment
DocumentManifest	status content	id meta implicitRules masterIdentifier identifier status type subject author description content	
DocumentReference	status content	id meta implicitRules masterIdentifier identifier status docStatus type category subject date author relatesTo description securityLabel content context	context.encounter context.event context.facilityType context.practiceSetting context.sourcePatientInfo context.related
EffectEvidenceSynthesis	status population exposure exposureAlternative outcome	id meta implicitRules url identifier version name title status date publisher contact description useContext jurisdiction effectivePeriod population exposure exposureAlternative outcome effectEstimate	effectEstimate.description effectEstimate.type effectEstimate.variantState effectEstimate.value effectEstimate.unitOfMeasure effectEstimate.precisionEstimate
Encounter	status class	id meta implicitRules identifier status class type serviceType subject episodeOfCare participant appointment reasonCode reasonReference diagnosis	participant.period diagnosis.use diagnosis.rank
Endpoint	status connectionType payloadType address	id meta implicitRules identifier status connectionType name managingOrganization period payloadType payloadMimeType address	
EnrollmentRequest		id meta implicitRules status	
EnrollmentResponse		id meta implicitRules status	
EpisodeOfCare	status patient	id meta implicitRules status type diagnosis patient managingOrganization period	
EventDefinition	status trigger	id meta implicitRules url identifier version name title status experimental date publisher contact useContext jurisdiction approvalDate lastReviewDate effectivePeriod trigger	
Evidence	status exposureBackground	id meta implicitRules url identifier version name title status date publisher contact description useContext jurisdiction effectivePeriod exposureBackground exposureVariant outcome	
EvidenceVariable	status characteristic	id meta implicitRules url identifier version name title shortTitle status date publisher contact description useContext jurisdiction effectivePeriod type characteristic	characteristic.description characteristic.usageContext characteristic.exclude characteristic.participantEffective[x] characteristic.timeFromStart characteristic.groupMeasure
ExampleScenario	status	id meta implicitRules url identifier version name status experimental date publisher contact useContext jurisdiction	
ExplanationOfBenefit	status type use patient created insurer provider outcome insurance	id meta implicitRules status type use patient billablePeriod created insurer provider outcome insurance total	insurance.preAuthRef
FamilyMemberHistory	status patient relationship	id meta implicitRules identifier instantiatesCanonical instantiatesUri status dataAbsentReason patient date name relationship sex age[x] estimatedAge deceased[x] reasonCode reasonReference	
Flag	status code subject	id meta implicitRules identifier status category code subject period encounter author	
Goal	lifecycleStatus description subject	id meta implicitRules lifecycleStatus achievementStatus category priority description subject start[x] statusDate expressedBy	
GraphDefinition	name status start	id meta implicitRules url version name status experimental date publisher contact useContext jurisdiction start	
Group	type actual	id meta implicitRules identifier active type actual code name quantity managingEntity	
GuidanceResponse	module[x] status	id meta implicitRules requestIdentifier identifier module[x] status	
HealthcareService		id meta implicitRules identifier active providedBy category type specialty location name comment photo	
ImagingStudy	status subject	id meta implicitRules identifier status modality subject encounter started basedOn referrer interpreter endpoint numberOfSeries numberOfInstances procedureReference procedureCode location reasonCode reasonReference note description series	series.instance
Immunization	status vaccineCode patient occurrence[x]	id meta implicitRules status vaccineCode patient occurrence[x] primarySource performer note isSubpotent	
ImmunizationEvaluation	status patient targetDisease immunizationEvent doseStatus	id meta implicitRules status patient targetDisease immunizationEvent doseStatus	
ImmunizationRecommendation	patient date recommendation	id meta implicitRules identifier patient date recommendation	recommendation.dateCriterion recommendation.description recommendation.series recommendation.seriesDoses[x] recommendation.supportingImmunization recommendation.supportingPatientInformation
ImplementationGuide	url name status packageId fhirVersion	id meta implicitRules url version name title status experimental date publisher contact useContext jurisdiction packageId license fhirVersion dependsOn global	
InsurancePlan		id meta implicitRules identifier status type name ownedBy administeredBy coverageArea	
Invoice	status	id meta implicitRules identifier status type subject recipient date totalNet totalGross	
Library	status type	id meta implicitRules url identifier version name title status experimental type date publisher contact description useContext jurisdiction effectivePeriod content	
Linkage	item	id meta implicitRules active author item	
List	status mode	id meta implicitRules status mode title code subject date source	
Location		id meta implicitRules identifier status operationalStatus name description mode type physicalType managingOrganization	
Measure	status	id meta implicitRules url identifier version name title status experimental date publisher contact description useContext jurisdiction effectivePeriod disclaimer scoring compositeScoring type riskAdjustment rateAggregation rationale clinicalRecommendationStatement improvementNotation definition guidance	
MeasureReport	status type measure period	id meta implicitRules identifier status type measure subject date reporter period improvementNotation	
Media	status content	id meta implicitRules identifier basedOn partOf status type modality view subject encounter created[x] issued operator reasonCode bodySite deviceName device height width frames duration content	
Medication		id meta implicitRules identifier code status manufacturer amount	
MedicationAdministration	status medication[x] subject effective[x]	id meta implicitRules instantiates partOf status medication[x] subject effective[x] performer	performer.function
MedicationDispense	status medication[x]	id meta implicitRules status medication[x] subject whenPrepared	
MedicationKnowledge		id meta implicitRules code status manufacturer amount synonym	
MedicationRequest	status intent medication[x] subject	id meta implicitRules status intent priority doNotPerform reported[x] medication[x] subject authoredOn requester performerType instantiatesCanonical instantiatesUri basedOn groupIdentifier	
MedicationStatement	status medication[x] subject	id meta implicitRules identifier basedOn partOf status category medication[x] subject context effective[x] dateAsserted	
MedicinalProduct	name	id meta implicitRules identifier type domain combinedPharmaceuticalDoseForm legalStatusOfSupply additionalMonitoringIndicator specialMeasures paediatricUseIndicator productClassification marketingStatus pharmaceuticalProduct packagedMedicinalProduct attachedDocument masterFile contact clinicalTrial name crossReference manufacturingBusinessOperation specialDesignation	
MedicinalProductAuthorization		id meta implicitRules identifier subject country jurisdiction status statusDate restoreDate validityPeriod dataExclusivityPeriod dateOfFirstAuthorization internationalBirthDate legalBasis jurisdictionalAuthorization holder regulator procedure	
MedicinalProductContraindication		id meta implicitRules subject disease diseaseStatus comorbidity therapeuticIndication otherTherapy population	
MedicinalProductIndication		id meta implicitRules subject diseaseSymptomProcedure diseaseStatus comorbidity intendedEffect duration otherTherapy undesirableEffect population	
MedicinalProductIngredient	role	id meta implicitRules identifier role allergenicIndicator manufacturer specifiedSubstance substance	
MedicinalProductInteraction		id meta implicitRules subject description interactant type effect incidence management	
MedicinalProductManufactured	manufacturedDoseForm quantity	id meta implicitRules manufacturedDoseForm unitOfPresentation quantity manufacturer ingredient physicalCharacteristics otherCharacteristics	
MedicinalProductPackaged	packageItem	id meta implicitRules identifier subject description legalStatusOfSupply marketingStatus marketingAuthorization manufacturer batchIdentifier packageItem	
MedicinalProductPharmaceutical	administrableDoseForm routeOfAdministration	id meta implicitRules identifier administrableDoseForm unitOfPresentation ingredient device characteristics routeOfAdministration	
MedicinalProductUndesirableEffect		id meta implicitRules subject symptomConditionEffect classification frequencyOfOccurrence population	
MessageDefinition	status date event[x]	id meta implicitRules url identifier version name title replaces status experimental date publisher contact description useContext jurisdiction purpose base parent event[x] category focus	focus.profile focus.max
MessageHeader	event[x] source	id meta implicitRules event[x] destination sender enterer author source responsible reason response focus definition	
MolecularSequence	coordinateSystem	id meta implicitRules identifier type coordinateSystem patient specimen device performer quantity referenceSeq variant observedSeq quality readCoverage repository pointer structureVariant	
NamingSystem	name status kind date uniqueId	id meta implicitRules name status kind date publisher contact useContext jurisdiction uniqueId	uniqueId.preferred uniqueId.comment uniqueId.period
NutritionOrder	status intent patient dateTime	id meta implicitRules instantiatesCanonical instantiatesUri status intent patient dateTime orderer	
Observation	status code	id meta implicitRules identifier basedOn partOf status code subject focus encounter effective[x] issued performer value[x] hasMember derivedFrom component	component.dataAbsentReason component.interpretation component.referenceRange
ObservationDefinition	code	id meta implicitRules category code identifier	
OperationDefinition	name status kind code system type instance	id meta implicitRules url version name title status kind experimental date publisher contact useContext jurisdiction affectsState code base resource system type instance	
OperationOutcome	issue	id meta implicitRules issue	
Organization		id meta implicitRules identifier active type name partOf	
OrganizationAffiliation		id meta implicitRules identifier active period organization participatingOrganization network code specialty location telecom	
Parameters		id meta implicitRules parameter	
Patient		id meta implicitRules identifier active name telecom gender birthDate deceased[x] address managingOrganization link	
PaymentNotice	status created payment recipient amount	id meta implicitRules status created payment recipient amount	
PaymentReconciliation	status created paymentDate paymentAmount	id meta implicitRules status period created paymentIssuer paymentDate paymentAmount	
Person		id meta implicitRules name telecom gender birthDate managingOrganization active	
PlanDefinition	status	id meta implicitRules url identifier version name title type status experimental date publisher contact description useContext jurisdiction effectivePeriod	
Practitioner		id meta implicitRules identifier active name telecom address gender birthDate	
PractitionerRole		id meta implicitRules identifier active period practitioner organization code specialty location telecom	
Procedure	status subject	id meta implicitRules identifier instantiatesCanonical instantiatesUri basedOn partOf status statusReason category code subject encounter performed[x] recorder asserter performer location reasonCode reasonReference bodySite outcome	performer.onBehalfOf
Provenance	target recorded agent	id meta implicitRules target recorded	
Questionnaire	status	id meta implicitRules url identifier version name title status experimental subjectType date publisher contact useContext jurisdiction effectivePeriod code	
QuestionnaireResponse	status	id meta implicitRules identifier basedOn partOf questionnaire status subject encounter authored author source	
RelatedPerson	patient	id meta implicitRules identifier active patient relationship name telecom gender birthDate address	
RequestGroup	status intent	id meta implicitRules identifier instantiatesCanonical instantiatesUri groupIdentifier status intent priority code	
ResearchDefinition	status population	id meta implicitRules url identifier version name title status experimental date publisher contact description useContext jurisdiction effectivePeriod population exposure exposureAlternative outcome	
ResearchElementDefinition	status type characteristic	id meta implicitRules url identifier version name title shortTitle status experimental date publisher contact description useContext jurisdiction effectivePeriod type characteristic	characteristic.usageContext characteristic.exclude characteristic.unitOfMeasure characteristic.studyEffectiveDescription characteristic.studyEffective[x] characteristic.studyEffectiveTimeFromStart characteristic.studyEffectiveGroupMeasure characteristic.participantEffectiveDescription characteristic.participantEffective[x] characteristic.participantEffectiveTimeFromStart characteristic.participantEffectiveGroupMeasure
ResearchStudy	status	id meta implicitRules identifier title protocol partOf status primaryPurposeType phase category focus condition contact keyword location enrollment period sponsor principalInvestigator site reasonStopped	
ResearchSubject	status study individual	id meta implicitRules identifier status period study individual	
RiskAssessment	status subject	id meta implicitRules identifier status method code subject encounter occurrence[x] condition performer	
RiskEvidenceSynthesis	status population outcome	id meta implicitRules url identifier version name title status date publisher contact description useContext jurisdiction effectivePeriod population exposure outcome riskEstimate	riskEstimate.description riskEstimate.type riskEstimate.value riskEstimate.unitOfMeasure riskEstimate.denominatorCount riskEstimate.numeratorCount riskEstimate.precisionEstimate
Schedule	actor	id meta implicitRules identifier active serviceCategory serviceType specialty actor planningHorizon	
SearchParameter	url name status description code base type	id meta implicitRules url version name status experimental date publisher contact description useContext jurisdiction code base type	
ServiceRequest	status intent subject	id meta implicitRules identifier instantiatesCanonical instantiatesUri basedOn replaces requisition status intent category priority doNotPerform code orderDetail quantity[x] subject encounter occurrence[x] asNeeded[x] authoredOn requester performerType performer locationCode locationReference reasonCode reasonReference specimen bodySite patientInstruction	
Slot	schedule status start end	id meta implicitRules identifier serviceCategory serviceType specialty appointmentType schedule status start end	
Specimen		id meta implicitRules identifier accessionIdentifier status type subject receivedTime condition	
SpecimenDefinition		id meta implicitRules identifier typeCollected patientPreparation timeAspect collection	
StructureDefinition	url name status kind abstract type	id meta implicitRules url identifier version name title status experimental date publisher contact useContext jurisdiction keyword fhirVersion kind abstract context contextInvariant type baseDefinition derivation	
StructureMap	url name status group	id meta implicitRules url identifier version name title status experimental date publisher contact useContext jurisdiction structure import group	structure.documentation
Subscription	status reason criteria channel	id meta implicitRules status contact end reason criteria error channel	
Substance	code	id meta implicitRules identifier status category code description instance ingredient	
SubstanceNucleicAcid		id meta implicitRules sequenceType numberOfSubunits areaOfHybridisation oligoNucleotideType subunit	
SubstancePolymer		id meta implicitRules class geometry copolymerConnectivity modification monomerSet repeat	
SubstanceProtein		id meta implicitRules sequenceType numberOfSubunits disulfideLinkage subunit	
SubstanceReferenceInformation		id meta implicitRules comment gene geneElement classification target	
SubstanceSourceMaterial		id meta implicitRules sourceMaterialClass sourceMaterialType sourceMaterialState organismId organismName parentSubstanceId parentSubstanceName countryOfOrigin geographicalLocation developmentStage fractionDescription organism partDescription	
SubstanceSpecification		id meta implicitRules identifier type status domain description source comment moiety property referenceInformation structure code name molecularWeight relationship nucleicAcid polymer protein sourceMaterial	
SupplyDelivery		id meta implicitRules basedOn partOf status occurrence[x]	
SupplyRequest	item[x] quantity	id meta implicitRules identifier status category priority item[x] quantity occurrence[x] authoredOn requester supplier	
Task	status intent	id meta implicitRules instantiatesCanonical instantiatesUri basedOn groupIdentifier partOf status statusReason businessStatus intent code description focus for encounter executionPeriod lastModified requester owner location	
TerminologyCapabilities	status date kind	id meta implicitRules url version name title status experimental date publisher contact useContext jurisdiction copyright kind software implementation lockedDate	
TestReport	status testScript result	id meta implicitRules identifier name status testScript result score tester issued	
TestScript	url name status	id meta implicitRules url identifier version name title status experimental date publisher contact useContext jurisdiction	
ValueSet	status	id meta implicitRules url identifier version name title status experimental date publisher contact useContext jurisdiction immutable	
VerificationResult	status	id meta implicitRules target targetLocation need status statusDate validationType validationProcess failureAction	
VisionPrescription	status created patient dateWritten prescriber lensSpecification	id meta implicitRules status created patient dateWritten prescriber lensSpecification	lensSpecification.sphere lensSpecification.cylinder lensSpecification.axis lensSpecification.prism lensSpecification.add lensSpecification.power lensSpecification.backCurve lensSpecification.diameter lensSpecification.duration lensSpecification.color lensSpecification.brand lensSpecification.note`
