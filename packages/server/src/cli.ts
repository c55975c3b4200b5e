import { text } from 'node:stream/consumers'
import { backupCommand } from './cli/backup.ts'
import { campaignCommand } from './cli/campaign.ts'
import { card } from './cli/card.ts'
import { clientCommand } from './cli/client.ts'
import { demoCommand } from './cli/demo.ts'
import { distributeCommand } from './cli/distribute.ts'
import { importCommand } from './cli/import.ts'
import type { Io } from './cli/io.ts'
import { keysCommand } from './cli/keys.ts'
import { linkCommand } from './cli/link.ts'
import { recountCommand } from './cli/recount.ts'
import { relinkCommand } from './cli/relink.ts'
import { restoreCommand } from './cli/restore.ts'
import { simulateCommand } from './cli/simulate.ts'
import { staffCommand } from './cli/staff.ts'
import { tokenCommand } from './cli/token.ts'

type Command = (args: readonly string[], io: Io) => Promise<number>

const cardCommand: Command = async (_args, io) => {
  const { exit, out, err } = await card(await text(process.stdin))
  if (out !== undefined) io.out(out)
  if (err !== undefined) io.err(err)
  return exit
}

const COMMANDS: Readonly<Record<string, readonly [run: Command, what: string]>> = {
  backup: [backupCommand, 'backup DIR                    record and wrapped keys, apart'],
  campaign: [campaignCommand, 'campaign new --ward CODE      a campaign; campaign tickets CODE N'],
  card: [cardCommand, 'card                          reads one scanned card from standard input'],
  client: [clientCommand, 'client new|list|key|suspend|resume  programs of facilities'],
  demo: [demoCommand, 'demo [--json]                 addresses and sign-ins of the demonstration'],
  distribute: [distributeCommand, 'distribute                    spreads the database over servers (Citus)'],
  import: [importCommand, 'import fhir FOLDER --client ID  FHIR files of one source'],
  keys: [keysCommand, 'keys new|check|rotate|rewrap  the key file'],
  link: [linkCommand, 'link IN.csv OUT.csv           who in any CSV is one person'],
  staff: [staffCommand, 'staff new                     an account for a station or the Department'],
  recount: [recountCommand, 'recount                       counts the city anew from every book'],
  relink: [relinkCommand, 'relink [--json]               compares the whole city anew, as each night does'],
  restore: [restoreCommand, 'restore DIR --prove           restores beside, and proves every seal and chain'],
  token: [tokenCommand, 'token --client ID             a token for the operator’s own use'],
  simulate: [simulateCommand, 'simulate --residents N --seed S  a synthetic city of any size'],
}

const io: Io = {
  env: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
}

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (command) process.exitCode = await command[0](args, io)
else {
  io.err('Use: npm run -s cli -- COMMAND')
  for (const [, what] of Object.values(COMMANDS)) io.err(`  ${what}`)
  process.exitCode = 1
}
