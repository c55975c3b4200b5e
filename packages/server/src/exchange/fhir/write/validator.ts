import { parentPort, workerData } from 'node:worker_threads'
import { parseJson } from '@sokhoe/fhir'
import { validate } from '@sokhoe/fhir/validate'
import { LIMITS } from './limits.ts'

/** The thread in which one long resource is looked through. */
parentPort?.postMessage(validate(parseJson(Buffer.from(workerData as Uint8Array).toString(), LIMITS)))
