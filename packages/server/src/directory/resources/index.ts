/** Resources that are about nobody in particular, and those that only their sender reads: versions, sealed. */
export {
  type DirectoryPut,
  type DirectoryStated,
  directoryId,
  newDirectoryNos,
  putInDirectory,
} from './put.ts'
export {
  changesInDirectory,
  countInDirectory,
  type DirectoryVersion,
  findInDirectory,
  historyInDirectory,
  mayReadInDirectory,
  readInDirectory,
} from './read.ts'
