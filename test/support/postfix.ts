/** A real Postfix of the test's own: loopback only, nothing leaves the machine, unknown readers bounce after they were accepted. */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './backends.ts'
import { where } from './needs.ts'

export type Postfix = {
  /** smtp://localhost:port?tls=required, for a client that trusts `cert`. */
  url: string
  cert: string
  /** Maildir into which mail to bounce+…@bounces.test goes. */
  bounces: string
  /** Maildir of the one reader there is: reader@readers.test. */
  reader: string
  log(): string
  stop(): Promise<void>
}

/** Call only when needs('postfix') said yes and as root, which its master process asks for. */
export async function startPostfix(): Promise<Postfix> {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-postfix-'))
  chmodSync(dir, 0o755)
  const port = await freePort()
  const [etc, mail, cert, key] = ['etc', 'mail', 'cert.pem', 'key.pem'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
    string,
  ]
  for (const folder of [etc, mail, join(dir, 'data'), join(dir, 'queue')]) mkdirSync(folder)
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postfix'], { encoding: 'utf8' }))
  const owner = [id('-u'), id('-g')] as const
  for (const box of ['', 'bounces', 'bounces/new', 'bounces/cur', 'bounces/tmp']) {
    mkdirSync(join(mail, box), { recursive: true })
    chownSync(join(mail, box), ...owner)
  }
  chownSync(join(dir, 'data'), ...owner)
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext'
  const named = ['subjectAltName=DNS:localhost', '-keyout', key, '-out', cert]
  execFileSync('openssl', [...request.split(' '), ...named], { stdio: 'pipe' })
  writeFileSync(join(etc, 'mailboxes'), 'reader@readers.test reader/\nbounce@bounces.test bounces/\n')
  writeFileSync(join(etc, 'main.cf'), mainCf(dir, { etc, mail, cert, key, owner }))
  writeFileSync(join(etc, 'master.cf'), masterCf(port))
  const child = spawn(where('postfix') as string, ['-c', etc, 'start-fg'], { stdio: 'ignore' })
  const log = () => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '')
  await greeting(port, () => child.exitCode !== null, log)
  return {
    url: `smtp://localhost:${port}?tls=required`,
    cert: readFileSync(cert, 'utf8'),
    bounces: join(mail, 'bounces'),
    reader: join(mail, 'reader'),
    log,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      execFileSync(where('postfix') as string, ['-c', etc, 'stop'], { stdio: 'ignore' })
      await ended
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

type Made = { etc: string; mail: string; cert: string; key: string; owner: readonly [number, number] }

const mainCf = (dir: string, made: Made): string =>
  Object.entries({
    compatibility_level: '3.6',
    queue_directory: join(dir, 'queue'),
    data_directory: join(dir, 'data'),
    maillog_file: join(dir, 'log'),
    maillog_file_prefixes: dir,
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    myhostname: 'mx.readers.test',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    alias_maps: '',
    alias_database: '',
    virtual_mailbox_domains: 'readers.test, bounces.test',
    virtual_mailbox_base: made.mail,
    virtual_mailbox_maps: `texthash:${join(made.etc, 'mailboxes')}`,
    virtual_uid_maps: `static:${made.owner[0]}`,
    virtual_gid_maps: `static:${made.owner[1]}`,
    recipient_delimiter: '+',
    // A relay further on would find out: here it is this one, later.
    smtpd_reject_unlisted_recipient: 'no',
    smtpd_tls_cert_file: made.cert,
    smtpd_tls_key_file: made.key,
    smtpd_tls_security_level: 'encrypt',
    default_transport: 'error:nothing leaves this machine',
    relay_transport: 'error:nothing leaves this machine',
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')

const masterCf = (port: number): string =>
  [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'proxymap unix - - n - - proxymap',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'postlog unix-dgram n - n - 1 postlogd',
  ]
    .join('\n')
    .concat('\n')

async function greeting(port: number, dead: () => boolean, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (dead()) throw new Error(`postfix ended before it was ready:\n${log()}`)
    const heard = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ host: '127.0.0.1', port })
      socket.once('data', (data) => {
        socket.end('QUIT\r\n')
        resolve(data.toString().startsWith('220'))
      })
      socket.once('error', () => resolve(false))
    })
    if (heard) return
    await sleep(50)
  }
  throw new Error(`postfix did not greet:\n${log()}`)
}
