/** ortoo unit: a systemd unit for this installation, with no more rights than the service needs. */
import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config, Role } from '../config.ts'
import { ROOT } from '../lib/root.ts'
import { type Command, oneOf, textOption, UsageError } from './command.ts'

const ROLES = ['all', 'web', 'work'] as const
/** Where data lie unless ORTOO_DATA says otherwise. */
const STATE = '/var/lib/ortoo'
const SETTINGS = '/etc/ortoo/ortoo.env'
/** What `config.ts` falls back to: a folder beside the program, which no service may write. */
const DATA_UNSET = 'data'

export const unit: Command = {
  name: 'unit',
  args: [],
  options: { role: 'value', user: 'value', env: 'value' },
  async run(io, given) {
    const config = io.config()
    const role = oneOf('role', textOption(given, 'role') ?? 'all', ROLES)
    const user = textOption(given, 'user') ?? 'ortoo'
    if (!/^[a-z_][a-z0-9_-]{0,30}$/.test(user) || user === 'root') throw new UsageError('cli.usage.user', { user })
    const settings = textOption(given, 'env') ?? SETTINGS
    if (!settings.startsWith('/')) throw new UsageError('cli.usage.absolute', { option: 'env', value: settings })
    const dataDir = config.dataDir === DATA_UNSET ? STATE : resolve(config.dataDir)
    for (const line of unitLines({ role, user, settings, dataDir, port: config.port })) io.out(line)
    return 0
  },
}

type Place = { role: Role; user: string; settings: string; dataDir: string } & Pick<Config, 'port'>

function unitLines({ role, user, settings, dataDir, port }: Place): string[] {
  const home = [ROOT, dataDir, process.execPath].some((path) => /^\/(home|root)\//.test(path))
  // The web answers on a port; below 1024 that takes one right of root's, and only that.
  const low = port > 0 && port < 1024 && role !== 'work' ? 'CAP_NET_BIND_SERVICE' : ''
  return [
    '[Unit]',
    `Description=Örtöö 驿 press releases${role === 'all' ? '' : ` (${role})`}`,
    'Wants=network-online.target',
    'After=network-online.target postgresql.service redis-server.service',
    // An emergency service is tried again for ever.
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=exec',
    `User=${user}`,
    `Group=${user}`,
    `EnvironmentFile=${settings}`,
    // What stands in the file goes before these, so ROLE must not stand there.
    `Environment=${word(`ORTOO_DATA=${dataDir}`)} ROLE=${role} NODE_ENV=production`,
    `WorkingDirectory=${word(dataDir)}`,
    `ExecStart=${word(nodeHere())} ${word(join(ROOT, 'dist', 'server.js'))}`,
    'Restart=always',
    'RestartSec=2',
    // What is in the hands of the mail relay is waited for.
    'TimeoutStopSec=45',
    'KillMode=mixed',
    'UMask=0077',
    'LimitNOFILE=65536',
    ...(dataDir === STATE ? ['StateDirectory=ortoo', 'StateDirectoryMode=0700'] : []),
    `ReadWritePaths=${word(dataDir)}`,
    'ProtectSystem=strict',
    `ProtectHome=${home ? 'read-only' : 'true'}`,
    'PrivateTmp=true',
    'PrivateDevices=true',
    'NoNewPrivileges=true',
    `CapabilityBoundingSet=${low}`,
    `AmbientCapabilities=${low}`,
    'ProtectKernelTunables=true',
    'ProtectKernelModules=true',
    'ProtectKernelLogs=true',
    'ProtectControlGroups=true',
    'ProtectClock=true',
    'ProtectHostname=true',
    'ProtectProc=invisible',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'RestrictNamespaces=true',
    'RestrictRealtime=true',
    'RestrictSUIDSGID=true',
    'RemoveIPC=true',
    'LockPersonality=true',
    // MemoryDenyWriteExecute is left out: V8 writes the code it runs.
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallFilter=~@privileged',
    'SystemCallErrorNumber=EPERM',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ]
}

/** The Node of the bundle where there is one: an upgrade replaces it in its place. */
function nodeHere(): string {
  const own = join(ROOT, 'bin', 'node')
  return existsSync(own) ? own : realpathSync(process.execPath)
}

/** One word of a unit's line (systemd.syntax, systemd.unit): `%` is doubled, a word with odd letters is quoted. */
function word(text: string): string {
  const plain = text.replaceAll('%', '%%')
  return /[\s"'\\;$]/.test(plain) ? `"${plain.replace(/["\\]/g, '\\$&').replaceAll('$', '$$$$')}"` : plain
}
