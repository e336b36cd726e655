/** Every command against a folder of its own: what a person types, and what they are told. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { areas, insertSubscriber } from '../../src/audience/store.ts'
import { readAreas } from '../../src/cli/areas.ts'
import { UsageError } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands.ts'
import { Gauge } from '../../src/cli/gauge.ts'
import { consoleLanguage } from '../../src/config.ts'
import { runsOfRelease, updateRun } from '../../src/delivery/run-store.ts'
import { createRelease } from '../../src/desk/create.ts'
import { contributors, releaseByNumber } from '../../src/desk/store.ts'
import { lastEntry } from '../../src/ledger/store.ts'
import { newToken, sha256 } from '../../src/lib/id.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { memberByEmail, tokenByHash } from '../../src/staff/store.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { hasWords } from '../../templates/words/index.ts'
import { memberId, type Office, office, PASSWORD, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'
import { startSmtpSink } from '../support/smtp-sink.ts'
import { station } from '../support/station.ts'
import { type Behind, ortoo } from './terminal.ts'

let dir: string
let place: Workplace
let people: Office
let cli: Behind
const mail = (person: Parameters<typeof memberId>[1]) => `${memberId('league', person)}@ortoo.example`

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ortoo-cli-'))
  place = await workplace()
  people = await office(place.ctx)
  cli = { env: {}, ctx: place.ctx, secret: PASSWORD }
})
afterEach(async () => {
  await place.close()
  await rm(dir, { recursive: true, force: true })
})
/** A file holding a member's token. */
async function tokenFile(person: Parameters<typeof memberId>[1], scopes?: Parameters<Office['token']>[1]) {
  const file = join(dir, `${person}.token`)
  await writeFile(file, `${await people.token(memberId('league', person), scopes)}\n`, { mode: 0o600 })
  return file
}

test('every command is explained in both languages and has its own help', async () => {
  expect(commands.map((c) => c.name).filter((name) => !hasWords(`cli.about.${name}`))).toEqual([])
  for (const { name } of commands) {
    const said = await ortoo(cli, ...name.split(' '), '--help', '--lang', 'zh')
    expect(said.status).toBe(0)
    expect(said.out.at(-1)).toMatch(/\p{Script=Han}/u)
  }
})

test.each([
  [['frob'], 'There is no command "frob"; see ortoo help'],
  [['member'], '"member" needs a second word: member add, member list, member link, member disable'],
  [['import'], '<file> is missing: ortoo import <file> [--by …] [--token-file …]'],
  [['migrate', 'now'], '"now" is one too many: ortoo migrate'],
  [['doctor', '--frob'], 'There is no option --frob; see --help'],
  [['backup'], '<folder|file.tar> is missing: ortoo backup <folder|file.tar>'],
  [['backup', '/'], '/ is there already and is not overwritten; give another name'],
  [['backup', '/no-such-folder/kept'], 'There is no folder /no-such-folder; make it first'],
  [['restore', '/no-such-backup'], 'File /no-such-backup cannot be read (ENOENT); check path and permission'],
  [['verify', '--offline=yes'], '--offline is written wrongly: --offline value, and a switch takes none'],
  [['doctor', '--lang', 'fr'], '--lang cannot be "fr"; it is one of: zh en'],
  [
    ['token', 'issue', '--name', 'x', '--scopes', 'read,all'],
    '--scopes cannot be "all"; it is one of: read write decide admin',
  ],
  [['token', 'issue', '--name', 'x', '--days', '0'], '--days must be a whole number from 1 to 366'],
  [['token', 'issue', '--name', 'x'], 'Say who acts with --by (their address), or give their token with --token-file'],
  [
    ['token', 'list', 'nobody@ortoo.example'],
    'There is no member with the address nobody@ortoo.example; see ortoo member list',
  ],
])('%j is refused with one sentence that names the argument', async (argv, sentence) => {
  expect(await ortoo(cli, ...argv)).toMatchObject({ status: 2, err: [sentence], out: [] })
})

test('a setting that is wrong is said in the language of the terminal', async () => {
  const wrong = { env: { PORT: 'eighty' }, lang: 'zh' as const }
  expect(await ortoo(wrong, 'migrate')).toMatchObject({ status: 2, err: ['PORT: 应为 0 到 65535 之间的整数'] })
})

test('the terminal speaks Chinese unless its locale says otherwise', () => {
  expect(consoleLanguage({})).toBe('zh')
  expect(consoleLanguage({ LANG: 'zh_CN.UTF-8' })).toBe('zh')
  expect(consoleLanguage({ LANG: 'en_GB.UTF-8' })).toBe('en')
  expect(consoleLanguage({ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' })).toBe('zh')
})

test('an operator migrates an empty folder once', async () => {
  const env = { ORTOO_DATA: join(dir, 'data') }
  expect((await ortoo({ env }, 'migrate')).out.join()).toMatch(/^Applied: 0001-start/)
  expect((await ortoo({ env }, 'migrate')).out).toEqual(['The database is up to date; nothing changed'])
})

test('whoever sets up an empty service is given the link of the first administrator', async () => {
  const env = { ORTOO_DATA: join(dir, 'data') }
  expect((await ortoo({ env }, 'member', 'add')).out.join()).toMatch(/\/setup\?token=[\w-]{32}$/)
})

test('an administrator invites a drafter from the command line, with their own password and no other', async () => {
  await people.login(memberId('league', 'admin'))
  const argv = [
    'member',
    'add',
    '--name',
    '值班员乙',
    '--email',
    'new@ortoo.example',
    '--roles',
    'drafter',
    '--by',
    mail('admin'),
  ]
  const wrong = await ortoo({ ...cli, secret: 'not-the-password' }, ...argv)
  expect(wrong.status).toBe(1)
  expect(wrong.err.join()).toContain('Wrong address or password')
  const said = await ortoo(cli, ...argv)
  expect(said.err).toEqual([])
  expect(said.out[0]).toMatch(/\/invitations\/[\w-]{32}$/)
  expect(await memberByEmail(place.ctx.store.db, 'new@ortoo.example')).toMatchObject({ agency_id: 'league' })
  expect((await ortoo(cli, 'member', 'list')).out.join('\n')).toMatch(/new@ortoo.example {2}值班员乙 .*invited/)
}, 30_000)

test('a drafter invites nobody', async () => {
  const file = await tokenFile('drafter')
  const said = await ortoo(
    cli,
    'member',
    'add',
    '--name',
    'x',
    '--email',
    'x@ortoo.example',
    '--roles',
    'signer',
    '--token-file',
    file,
  )
  expect(said.status).toBe(1)
  expect(await memberByEmail(place.ctx.store.db, 'x@ortoo.example')).toBeUndefined()
})

test('a lost password is proposed by a member; in an emergency the machine gives a link, with a reason and an alarm', async () => {
  const { ctx } = place
  expect((await ortoo(cli, 'member', 'link', mail('drafter'))).status).toBe(2)
  const proposed = await ortoo(cli, 'member', 'link', mail('drafter'), '--token-file', await tokenFile('admin'))
  expect([proposed.status, proposed.out.join(' ').includes('/invitations/')]).toEqual([0, false])
  await people.login(memberId('other', 'admin'))
  const email = `${memberId('other', 'admin')}@ortoo.example`
  expect((await ortoo(cli, 'member', 'link', email, '--at-machine')).status).toBe(2)
  expect((await ortoo(cli, 'member', 'link', email, '--at-machine', '--reason', 'x')).status).toBe(1)
  expect((await memberByEmail(ctx.store.db, email))?.user_id).not.toBeNull()
  const said = await ortoo(cli, 'member', 'link', email, '--at-machine', '--reason', 'lost-password')
  expect(said.out[0]).toMatch(/\/invitations\/[\w-]{32}$/)
  expect((await memberByEmail(ctx.store.db, email))?.user_id).toBeNull()
  expect((await openAlarms(ctx.store.db)).map((a) => a.cause)).toContain('login-reset-machine')
  expect(await lastEntry(ctx.store.db)).toMatchObject({ actor: 'system', act: 'member.reset-login' })
}, 30_000)

test('somebody who has left is shut out at once by an administrator', async () => {
  const file = await tokenFile('admin')
  expect((await ortoo(cli, 'member', 'disable', mail('drafter2'), '--token-file', file)).status).toBe(0)
  expect((await memberByEmail(place.ctx.store.db, mail('drafter2')))?.active).toBe(0)
})

test('a token is shown once, listed without its secret, and revoked by its owner', async () => {
  const file = await tokenFile('drafter')
  const made = await ortoo(cli, 'token', 'issue', '--name', 'newsroom', '--scopes', 'read,write', '--token-file', file)
  const [token = ''] = made.out
  expect(token).toMatch(/^ortoo_[\w-]{32}$/)
  const row = await tokenByHash(place.ctx.store.db, sha256(token))
  const listed = (await ortoo(cli, 'token', 'list', mail('drafter'))).out.join('\n')
  expect(listed).toContain(`${row?.id}  newsroom  read write`)
  expect(listed).not.toContain(token)
  expect((await ortoo(cli, 'token', 'revoke', row?.id as string, '--token-file', file)).status).toBe(0)
  expect((await ortoo(cli, 'token', 'list', mail('drafter'))).out.join('\n')).toContain('revoked')
})

test('a token is never wider than the one it is issued with', async () => {
  const file = await tokenFile('drafter', ['read', 'admin'])
  const said = await ortoo(cli, 'token', 'issue', '--name', 'x', '--scopes', 'decide', '--token-file', file)
  expect(said).toMatchObject({ status: 1, out: [] })
})

test('an official notice becomes a draft of whoever brought it, who may then not decide on it', async () => {
  const file = join(dir, '通知.txt')
  await writeFile(
    file,
    '青格勒盟（示例）办公室文件\n示政办字〔2026〕52号\n\n关于做好冬季供暖工作的通知\n\n各旗县人民政府：\n为做好冬季供暖工作，现通知如下。\n一、提前检修。\n\n青格勒盟（示例）办公室\n2026年11月20日\n',
  )
  const said = await ortoo(cli, 'import', file, '--token-file', await tokenFile('drafter'))
  expect(said.status).toBe(0)
  const number = /Draft (\d{4}-\d{6})/.exec(said.out[0] ?? '')?.[1] as string
  const release = await releaseByNumber(place.ctx.store.db, number)
  expect(release).toMatchObject({ kind: 'policy', document_number: '示政办字〔2026〕52号', state: 'draft' })
  expect(await contributors(place.ctx.store.db, release?.id as string, 0)).toEqual([memberId('league', 'drafter')])
  const missing = await ortoo(cli, 'import', join(dir, 'nothing.txt'), '--by', mail('drafter'))
  expect(missing.err[0]).toMatch(/nothing\.txt cannot be read \(ENOENT\)/)
})

test('places come from a flat list or from the published tables, without development zones', async () => {
  const flat =
    '[{"code":"150900","name":"示例市","nameEn":"Sample City"},{"code":"150921","name":"示例县","parent":"150900"}]'
  const file = join(dir, 'areas.json')
  await writeFile(file, flat)
  const region = await people.token(memberId('region', 'admin'))
  const token = join(dir, 'region.token')
  await writeFile(token, region)
  expect((await ortoo(cli, 'import', 'areas', file, '--token-file', token)).out[0]).toBe(
    'Imported 2 areas, left out 0 statistical development zones',
  )
  expect((await areas(place.ctx.store.db)).find((a) => a.code === '150921')).toMatchObject({ parent: '150900' })
  const nested = {
    province: { code: '150000', name: '示例' },
    prefectures: [
      {
        code: '150100',
        name: '甲',
        counties: [
          { code: '150102', name: '乙' },
          { code: '150171', name: '丙', devZone: true },
        ],
      },
    ],
  }
  expect(readAreas(JSON.stringify(nested), 'x')).toMatchObject({
    skipped: 1,
    areas: [{}, {}, { code: '150102', parent: '150100' }],
  })
  expect(() => readAreas('{"a":1}', 'x')).toThrow(UsageError)
})

test('every job of the timetable runs once and says so', async () => {
  const said = await ortoo(cli, 'sweep')
  expect(said).toMatchObject({ status: 0, err: [] })
  expect(said.out).toContain('publish-due: done')
})

test('a stopped dispatch goes on to its end when a signer says so, with the whole sum shown', async () => {
  const sink = await startSmtpSink()
  const s = await station({ SMTP_URL: sink.url, MAIL_FROM: 'Press <press@league.example>' })
  try {
    const { db } = s.ctx.store
    const at = s.ctx.clock.now()
    for (let n = 0; n < 25; n++)
      await insertSubscriber(db, {
        kind: 'email',
        address: `r${n}@mail.example`,
        keys: null,
        token: newToken(),
        state: 'active',
        mode: 'live',
        language: 'zh-CN',
        urgency: 'normal',
        frequency: 'at-once',
        all_topics: 1,
        all_areas: 1,
        created_at: at,
        confirmed_at: at,
        left_at: null,
      })
    const person = (name: string) => s.people[name] as never
    const release = await createRelease(s.ctx, person('drafter'), policyDraft())
    await submit(s.ctx, person('drafter'), release.id, null)
    const revisionHash = (await currentSubmission(db, release.id))?.revision_hash as string
    await decide(s.ctx, person('reviewer'), release.id, { revisionHash, verdict: 'approve' })
    await decide(s.ctx, person('confidentiality'), release.id, {
      revisionHash,
      verdict: 'approve',
      confidentiality: CLEAR,
    })
    await decide(s.ctx, person('signer'), release.id, { revisionHash, verdict: 'approve' })
    await publishApproved(s.ctx, release.id, 'signer')
    const behind = { env: {}, ctx: s.ctx }
    await ortoo(behind, 'sweep')
    const run = (await runsOfRelease(db, release.id)).find((r) => r.outlet === 'email')
    await updateRun(db, run?.dispatch_id as string, { state: 'stopped', why: 'stop' })
    const file = join(dir, 'signer.token')
    const token = `ortoo_${newToken()}`
    await writeFile(file, token)
    const { insertToken } = await import('../../src/staff/store.ts')
    await insertToken(db, {
      id: 't',
      hash: sha256(token),
      member_id: 'signer',
      name: 't',
      scopes: '["read","decide"]',
      created_at: at,
      expires_at: '2099-01-01T00:00:00.000Z',
      last_used_at: null,
      revoked_at: null,
    })
    const said = await ortoo(behind, 'resend', run?.dispatch_id as string, '--token-file', file)
    expect(said.err).toEqual([])
    expect(said.status).toBe(0)
    expect(said.out[0]).toMatch(/^audience 25 = planned 0 \+ sending 0 \+ accepted 25 /)
    expect(said.progress.at(-1)).toMatch(/^\[#{30}\] 25\/25 {2}email done$/)
    expect(new Set(sink.log.flatMap((m) => m.to)).size).toBe(25)
  } finally {
    await s.close()
    await sink.close()
  }
}, 30_000)

test('a dispatch nobody knows is said to be unknown', async () => {
  const said = await ortoo(cli, 'resend', 'nothing', '--token-file', await tokenFile('signer'))
  expect(said).toMatchObject({ status: 1, err: ['There is no such dispatch; its id stands on the progress page'] })
})

test('the bar shows how many are settled of all, how fast it goes and how long it still takes', () => {
  const gauge = new Gauge('zh')
  const run = (planned: number) => ({ audience: 40, planned, sending: 5, deferred: 5 })
  expect(gauge.line(run(20), 'email 发送中', 0)).toBe(`[${'#'.repeat(8)}${'-'.repeat(22)}] 10/40  email 发送中`)
  expect(gauge.line(run(10), 'email 发送中', 2000)).toBe(
    `[${'#'.repeat(15)}${'-'.repeat(15)}] 20/40  每秒5  约还需3秒  email 发送中`,
  )
  // Sent again as possible repeats: what was counted before says nothing of now.
  expect(gauge.line(run(15), 'email 发送中', 3000)).toBe(`[${'#'.repeat(11)}${'-'.repeat(19)}] 15/40  email 发送中`)
  expect(new Gauge('en').line({ audience: 0, planned: 0, sending: 0, deferred: 0 }, 'x')).toContain('0/0')
})

test('whoever runs the work sees in one line what is under way', async () => {
  let end = () => {}
  const ended = new Promise<void>((done) => {
    end = done
  })
  const working = ortoo({ ...cli, ended }, 'work')
  setTimeout(end, 1500)
  const said = await working
  expect(said.status).toBe(0)
  expect(said.progress).toContain('nothing is going out')
})
