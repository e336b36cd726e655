/** Two people press at the same moment, on one release and on one false alarm: one signature, one publication, and the other is told so in words. Over each database. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { openIncident } from '../../src/incident/open.ts'
import { SECOND } from '../../src/lib/clock.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { releaseFalseAlarm } from '../../src/publication/false-alarm.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission, decisionsOf } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { openStore } from '../../src/store/open.ts'
import { createApp } from '../../src/web/app.ts'
import { hasWords, t } from '../../templates/words/index.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft, policyDraft } from '../support/sample.ts'

const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']
const kit = { wrong: '该信息系误发，没有起火。', advice: '请勿转移，也不要转发。以本更正为准。' }

describe.each(backends)('two at the same moment over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let at: Workplace
  let people: Office
  let own: Office['own']
  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async () => {
    const store = cluster ? await openStore({ databaseUrl: await cluster.fresh() }) : undefined
    at = await workplace({}, store ? { store } : {})
    people = await office(at.ctx, { logins: ['league-signer', 'league-signer2'] })
    own = people.own
  })
  afterEach(async () => {
    expect(at.logged).toEqual([])
    await at.close()
  })

  const db = () => at.ctx.store.db
  const hashOf = async (id: string) => (await currentSubmission(db(), id))?.revision_hash as string
  /** Who got through, and what the others were told. */
  async function both<T>(...pressed: Promise<T>[]): Promise<{ won: T[]; refused: Refusal[] }> {
    const ends = await Promise.allSettled(pressed)
    const refused = ends.flatMap((e) => (e.status === 'rejected' ? [e.reason] : []))
    for (const r of refused) {
      // Not a fault of the database: a refusal, with words in both languages.
      expect(r).toBeInstanceOf(Refusal)
      expect(hasWords(`problem.${r.code}`) || hasWords(`desk.refused.${r.code}`), r.code).toBe(true)
      for (const lang of ['zh', 'en'] as const)
        expect(t(lang, hasWords(`desk.refused.${r.code}`) ? `desk.refused.${r.code}` : `problem.${r.code}`)).not.toBe(
          '',
        )
    }
    return { won: ends.flatMap((e) => (e.status === 'fulfilled' ? [e.value] : [])), refused }
  }
  const editions = (id: string) =>
    db().selectFrom('edition').select(['number', 'type']).where('release_id', '=', id).orderBy('number').execute()
  const signatures = async (id: string) => (await decisionsOf(db(), id, 0)).filter((d) => d.step === 'sign')
  const acts = async (act: string) =>
    (await db().selectFrom('ledger').select('actor').where('act', '=', act).execute()).map((l) => l.actor)

  async function waitsForSigner(): Promise<string> {
    const { id } = await createRelease(
      at.ctx,
      own.drafter,
      policyDraft({ topics: ['farming'], documentNumber: undefined }),
    )
    await submit(at.ctx, own.drafter, id, null)
    const yes = { revisionHash: await hashOf(id), verdict: 'approve' as const }
    at.clock.advance(SECOND)
    await decide(at.ctx, own.reviewer, id, yes)
    at.clock.advance(SECOND)
    await decide(at.ctx, own.confidentiality, id, { ...yes, confidentiality: CLEAR })
    at.clock.advance(SECOND)
    return id
  }

  async function wrongAlert(): Promise<string> {
    const incident = await openIncident(at.ctx, own.drafter, {
      titleZh: '草原火灾',
      class: 'natural',
      areas: ['159921'],
      knownAt: at.clock.now(),
    })
    const draft = fireDraft(incident.id, at.clock.now())
    const zh = { ...draft.parts['zh-CN'], falseAlarm: kit }
    const { id } = await createRelease(at.ctx, own.drafter, { ...draft, parts: { 'zh-CN': zh } })
    await submit(at.ctx, own.drafter, id, null)
    at.clock.advance(SECOND)
    const yes = { revisionHash: await hashOf(id), verdict: 'approve' as const, confidentiality: CLEAR }
    await decideAndPublish(at.ctx, own.signer, id, yes)
    at.clock.advance(SECOND)
    return id
  }

  test('on one release: one signature, one edition, and the second hears that it is settled', async () => {
    const id = await waitsForSigner()
    const yes = { revisionHash: await hashOf(id), verdict: 'approve' as const }
    const { won, refused } = await both(
      decideAndPublish(at.ctx, own.signer, id, yes),
      decideAndPublish(at.ctx, own.signer2, id, yes),
    )
    expect([won.length, refused.length]).toEqual([1, 1])
    expect(await signatures(id)).toHaveLength(1)
    expect(await editions(id)).toEqual([{ number: 1, type: 'first' }])
    expect(won[0]?.release.state).toBe('published')
    expect(await acts('edition.publish')).toHaveLength(1)
  })

  test('one signs while the other gives back: one verdict stands, and the release is what it says', async () => {
    const id = await waitsForSigner()
    const revisionHash = await hashOf(id)
    const { won, refused } = await both(
      decideAndPublish(at.ctx, own.signer, id, { revisionHash, verdict: 'approve' }),
      decideAndPublish(at.ctx, own.signer2, id, { revisionHash, verdict: 'return', opinion: '数字有误。' }),
    )
    expect([won.length, refused.length]).toEqual([1, 1])
    const stands = await signatures(id)
    expect(stands).toHaveLength(1)
    expect(await editions(id)).toHaveLength(stands[0]?.verdict === 'approve' ? 1 : 0)
  })

  test('one person presses twice: it counts once', async () => {
    const id = await waitsForSigner()
    const yes = { revisionHash: await hashOf(id), verdict: 'approve' as const }
    const press = () => decideAndPublish(at.ctx, own.signer, id, yes)
    const { won, refused } = await both(press(), press(), press())
    expect([won.length, refused.length]).toEqual([1, 2])
    expect([(await signatures(id)).length, (await editions(id)).length]).toEqual([1, 1])
  })

  test('on one false alarm: it goes out once, and the second is told', async () => {
    const id = await wrongAlert()
    const { won, refused } = await both(
      releaseFalseAlarm(at.ctx, own.signer, id, { edition: 1 }),
      releaseFalseAlarm(at.ctx, own.signer2, id, { edition: 1 }),
    )
    expect([won.length, refused.map((r) => r.code)]).toEqual([1, ['false-alarm-out']])
    expect(await editions(id)).toEqual([
      { number: 1, type: 'first' },
      { number: 2, type: 'correction' },
    ])
    const running = await db().selectFrom('dispatch').select('edition_id').execute()
    expect(new Set(running.map((r) => r.edition_id)).size).toBe(2)
    expect(await acts('edition.publish')).toHaveLength(2)
  })

  test('at the desk the second signer reads why in their language, and sees what stands', async () => {
    const app = await createApp(at.ctx)
    const [one, two] = await Promise.all(
      ['league-signer', 'league-signer2'].map((who) => new DeskPerson(app).signIn(who)),
    )
    const id = await waitsForSigner()
    const release = await db().selectFrom('release').select('number').where('id', '=', id).executeTakeFirstOrThrow()
    const here = `/desk/releases/${release.number}`
    const [a, b] = await Promise.all([one!.get(`${here}/sign?lang=zh`), two!.get(`${here}/sign?lang=zh`)])
    const press = (who: DeskPerson, page: typeof a) =>
      who.submit(page, /decision$/, {}, { name: 'verdict', value: 'approve' })
    const said = await Promise.all([press(one!, a), press(two!, b)])
    expect((await signatures(id)).length).toBe(1)
    expect((await editions(id)).length).toBe(1)
    const second = said.find((p) => p.status >= 400)
    expect(said.filter((p) => p.status < 400)).toHaveLength(1)
    expect(second?.status).toBeLessThan(500)
    expect(second?.text).toContain('可能别人已经先办理了')
    const alarm = await wrongAlert()
    const n = (await db().selectFrom('release').select('number').where('id', '=', alarm).executeTakeFirstOrThrow())
      .number
    const open = (who: DeskPerson) => who.get(`/desk/releases/${n}/false-alarm?lang=zh`)
    const [c, d] = await Promise.all([open(one!), open(two!)])
    const pressed = await Promise.all([one!.submit(c, /false-alarm$/), two!.submit(d, /false-alarm$/)])
    expect(await editions(alarm)).toHaveLength(2)
    expect(pressed.filter((p) => p.status < 400)).toHaveLength(1)
    const late = pressed.find((p) => p.status >= 400)
    expect([late?.status, late?.text.includes('误发更正已由同事发出，不用再按')]).toEqual([409, true])
  })
})
