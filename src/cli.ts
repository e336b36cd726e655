#!/usr/bin/env node
/** The command line: `npx ortoo …`. Gives the commands a terminal, the settings and the outlets. */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { outlets } from '../channels/index.ts'
import type { Io } from './cli/command.ts'
import { main } from './cli/main.ts'
import { consoleLanguage, readConfig } from './config.ts'
import { type Ctx, closeContext, createContext } from './context.ts'
import { refuseSampleFolder } from './server/sample-folder.ts'

const { stdin, stdout, stderr } = process

// A reader that has seen enough (… | head) closes the pipe; that is no fault.
stdout.on('error', (err: NodeJS.ErrnoException) => process.exit(err.code === 'EPIPE' ? 0 : 1))

/** A progress line stands until anything else is said. */
let standing = false
const line = (to: NodeJS.WriteStream) => (text: string) => {
  if (standing) stderr.write('\r\u001b[K')
  standing = false
  to.write(`${text}\n`)
}

const io: Io = {
  lang: consoleLanguage(),
  out: line(stdout),
  err: line(stderr),
  progress(text) {
    if (!stderr.isTTY) return
    stderr.write(`\r\u001b[K${text}`)
    standing = true
  },
  secret,
  config: () => readConfig(),
  registry: outlets,
  withContext,
  ended: () =>
    new Promise((done) => {
      process.once('SIGTERM', () => done())
      process.once('SIGINT', () => done())
    }),
}

async function withContext<T>(run: (ctx: Ctx) => Promise<T>): Promise<T> {
  const config = readConfig()
  await refuseSampleFolder(config)
  const { pino } = await import('pino')
  const level = config.logLevel === 'info' ? 'warn' : config.logLevel
  const log = pino({ level, base: { part: 'cli' } }, pino.destination({ dest: 2, sync: true }))
  const ctx = await createContext({ config, registry: outlets, log })
  try {
    return await run(ctx)
  } finally {
    await closeContext(ctx)
  }
}

/** One line from the terminal without echo, or the first line of what is piped in. */
function secret(prompt: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const asked = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY })
  if (stdin.isTTY) stderr.write(`${prompt} `)
  return new Promise((done) => {
    let given = ''
    asked.once('line', (text) => {
      given = text
      asked.close()
    })
    asked.once('close', () => {
      if (stdin.isTTY) stderr.write('\n')
      done(given)
    })
  })
}

process.exitCode = await main(process.argv.slice(2), io)
