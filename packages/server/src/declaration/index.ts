/** Campaigns and their posters, the form, answers on their way, and answers kept as resources. */
export { campaignOf, campaigns, newCampaign } from './campaign.ts'
export { sweepDrafts } from './draft.ts'
export { extract, patientOf } from './extract.ts'
export { declarationRoutes } from './routes.ts'
export type { CampaignRow } from './tables.ts'
