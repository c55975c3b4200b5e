/** Loaded before every command: ends it in good order when the process that started it was killed. */
import { isMainThread } from 'node:worker_threads'

const parent = process.ppid
if (isMainThread)
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
