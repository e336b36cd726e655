/** Passkeys in a real browser with an authenticator of its own: a newcomer, a signer at night, a key that is lost; and what these pages look like. */
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { build } from 'esbuild'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { ROOT } from '../../src/lib/root.ts'
import { submit } from '../../src/review/submit.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import { invite } from '../../src/staff/invite.ts'
import { freePort } from '../support/backends.ts'
import { appOf } from '../support/caller.ts'
import { everyLook, looked } from '../support/every-look.ts'
import { needs, where } from '../support/needs.ts'
import { emailOf, type Office, office, PASSWORD, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft } from '../support/sample.ts'

const DESK = { viewport: { width: 1366, height: 768 }, colorScheme: 'light', locale: 'en-GB' } as const
const PHONE = { viewport: { width: 360, height: 640 }, colorScheme: 'dark', locale: 'zh-CN' } as const

describe.skipIf(!needs('chromium'))('accounts', () => {
  let place: Workplace
  let people: Office
  let browser: Browser
  let server: Server
  let origin: string
  const scripts = new Map<string, string>()

  beforeAll(async () => {
    const port = await freePort()
    // Passkeys are good at a name, never at a number (WebAuthn §5.1.2).
    origin = `http://localhost:${port}`
    place = await workplace({ publicUrl: origin })
    Object.assign(place.ctx.config.site, {
      nameZh: '青格勒盟新闻发布（示例）',
      nameEn: 'Qinggele League Press (sample)',
    })
    people = await office(place.ctx, { logins: ['league-drafter', 'league-signer', 'league-admin'] })
    await commitFirstPages(place.ctx, place.ctx.site)
    const answer = getRequestListener((await appOf(place.ctx)).fetch)
    server = createServer(async (req, res) => {
      if (!(await place.ctx.site.handle(req, res))) await answer(req, res)
    })
    await new Promise<void>((up) => server.listen(port, 'localhost', up))
    for (const name of ['desk', 'passkey']) {
      const entry = join(ROOT, `src/web/client/${name}.ts`)
      const made = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false })
      scripts.set(`/assets/${name}.js`, made.outputFiles[0]?.text ?? '')
    }
    browser = await chromium.launch({ executablePath: where('chromium') as string, args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
    await place?.close()
    expect(place?.logged).toEqual([])
  })

  async function visit(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    const context = await browser.newContext({ ...DESK, ...options })
    await context.route('**/assets/*.js', (route) => {
      const body = scripts.get(new URL(route.request().url()).pathname)
      return body ? route.fulfill({ contentType: 'text/javascript', body }) : route.continue()
    })
    return context
  }
  type Key = { page: Page; verify(yes: boolean): Promise<void> }
  /** A page whose device keeps keys and has seen its owner's finger. */
  async function device(context: BrowserContext): Promise<Key> {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    const verify = (isUserVerified: boolean) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }).then(() => {})
    return { page, verify }
  }
  async function byPassword(page: Page, who: string): Promise<void> {
    await page.goto(`${origin}/desk/sign-in`)
    await page.fill('#email', emailOf(who))
    await page.fill('#password', PASSWORD)
    await page.click('main button[type=submit]')
    await page.waitForURL('**/desk')
  }
  const saidIn = (page: Page, what: string) => page.locator(`[data-passkey=${what}] [role=status]`)
  const press = (page: Page, what: string) => page.click(`[data-passkey=${what}] button`)

  /** Looks at a page as it stands in the language it is in. */
  const see = async (page: Page, name: string) => expect([name, await looked(page, name)]).toEqual([name, []])

  async function flash(): Promise<string> {
    const { own } = people
    const incident = await openIncident(place.ctx, own.drafter, {
      titleZh: '哈日诺尔旗草原火灾（示例）',
      titleEn: 'Harinur grassland fire (sample)',
      class: 'natural',
      grade: 'major',
      areas: ['159921'],
      knownAt: plus(place.clock.now(), -HOUR),
    })
    const draft = fireDraft(incident.id, place.clock.now())
    const release = await createRelease(place.ctx, own.drafter, draft)
    await submit(place.ctx, own.drafter, release.id, null)
    return release.number
  }

  test('a newcomer takes a passkey for a password, comes in with it, and signs flash by showing it again', async () => {
    const { link } = await invite(place.ctx, people.own.admin, {
      name: '签发人丙（示例）',
      email: 'third@ortoo.example',
      roles: ['signer'],
      languages: ['zh-CN'],
    })
    const context = await visit()
    const { page, verify } = await device(context)
    await page.goto(link)
    expect(await page.locator('main').textContent()).toContain('This link is good until')
    await see(page, 'invitation')
    await verify(false)
    await press(page, 'invitation')
    await expect.poll(() => saidIn(page, 'invitation').textContent()).toContain('That did not work')
    await verify(true)
    await press(page, 'invitation')
    await page.waitForURL('**/desk/sign-in')
    await press(page, 'sign-in')
    await page.waitForURL('**/desk')
    await page.goto(`${origin}/desk/account`)
    expect(await page.locator('main').textContent()).toContain('Confirmed with a passkey, good until')

    await page.click('.a-list summary')
    await page.click('.a-list [value=remove]')
    expect(await page.locator('main').textContent()).toContain('This is your only way in')

    place.clock.advance(6 * MINUTE)
    const number = await flash()
    await page.goto(`${origin}/desk/releases/${number}/sign`)
    for (const [name, { result }] of Object.entries(CLEAR.checks))
      await page.check(`[name="confidentiality.checks.${name}"][value="${result}"]`)
    for (const name of ['disclosure', 'verdict'] as const)
      await page.check(`[name="confidentiality.${name}"][value="${CLEAR[name]}"]`)
    await page.fill('[name=word]', 'sign')
    await page.click('button.decisive')
    expect(await page.locator('main').textContent()).toContain('Signing flash needs your second factor')
    await see(page, 'sign')
    await press(page, 'prove')
    await expect.poll(() => saidIn(page, 'prove').textContent()).toContain('Good for five minutes')
    // What was typed stands: the page was not left.
    expect(await page.inputValue('[name=word]')).toBe('sign')
    await page.click('button.decisive')
    await page.waitForURL('**said=published')
    await context.close()
  }, 60_000)

  test('a drafter adds a passkey with the password, names it, signs in with it and removes it', async () => {
    const context = await visit()
    const { page } = await device(context)
    await byPassword(page, 'league-drafter')
    await page.goto(`${origin}/desk/account`)
    await page.fill('#passkeys-password', 'not-the-password-1')
    await press(page, 'add')
    await expect.poll(() => saidIn(page, 'add').textContent()).toContain('The password is not right')
    await page.fill('#passkey-name', 'office computer')
    await page.fill('#passkeys-password', PASSWORD)
    await press(page, 'add')
    await page.waitForURL('**said=account-passkey-added')
    expect(await page.locator('.a-list').textContent()).toContain('office computer')
    await see(page, 'account-later')

    // With codes on paper beside it, the passkey is asked for after the password.
    await press(page, 'prove')
    await page.waitForSelector('details:has(form[action$="/paper"]) summary')
    await page.click('details:has(form[action$="/paper"]) summary')
    await page.fill('#paper-password', PASSWORD)
    await page.click('form[action$="/paper"] button')
    await page.goto(`${origin}/desk/account`)
    await page.click('.d-who button')
    await page.waitForURL('**/desk/sign-in')
    await page.fill('#email', emailOf('league-drafter'))
    await page.fill('#password', PASSWORD)
    await page.click('main button[type=submit]')
    await page.waitForURL('**/desk/sign-in/code**')
    await see(page, 'code-or-passkey')
    await press(page, 'code')
    await page.waitForURL('**/desk')

    await page.click('.d-who button')
    await page.waitForURL('**/desk/sign-in')
    await page.goto(`${origin}/desk/sign-in?next=/desk/account`)
    await press(page, 'sign-in')
    await page.waitForURL('**/desk/account')
    await page.click('.a-list summary')
    await page.fill('.a-list [name=name]', 'home computer')
    await page.click('.a-list [value=rename]')
    expect(await page.locator('.a-list').textContent()).toContain('home computer')
    await page.click('.a-list summary')
    await page.click('.a-list [value=remove]')
    expect(await page.locator('main').textContent()).toContain('The passkey is removed')
    await page.click('.d-who button')
    await page.waitForURL('**/desk/sign-in')
    // The device still has it; the service does not.
    await press(page, 'sign-in')
    await expect.poll(() => saidIn(page, 'sign-in').textContent()).toContain('This passkey is not registered here')
    await context.close()
  }, 60_000)

  test('without script the desk says what passkeys need, and shows no button that would do nothing', async () => {
    const context = await visit({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${origin}/desk/sign-in`)
    expect(await page.locator('main').textContent()).toContain('Passkeys need script')
    expect(await page.locator('[data-passkey] button').isVisible()).toBe(false)
    await context.close()
  })

  test('on a phone by night nothing is cut off, and axe finds nothing wrong', async () => {
    const context = await visit(PHONE)
    const { page } = await device(context)
    await byPassword(page, 'league-signer')
    await see(page, 'desk')
    const number = await flash()
    await page.goto(`${origin}/desk/account`)
    await page.locator('details').evaluateAll((all) => all.map((d) => d.setAttribute('open', '')))
    await see(page, 'account-new')
    await page.fill('#totp-password', PASSWORD)
    await page.click('form[action$="/totp"] button')
    await see(page, 'scan')
    await page.goto(`${origin}/desk/account`)
    await page.click('details:has(form[action$="/paper"]) summary')
    await page.fill('#paper-password', PASSWORD)
    await page.click('form[action$="/paper"] button')
    await see(page, 'paper')
    await page.goto(`${origin}/desk/account`)
    await see(page, 'account')
    await page.goto(`${origin}/desk/releases/${number}/sign`)
    await see(page, 'sign')
    await context.close()
  }, 60_000)

  test('everybody can use the pages one comes in by and keeps an account on, in both languages, by day and by night', async () => {
    const open = async (who: string | null) => {
      const context = await visit()
      if (who) await byPassword(await context.newPage(), who)
      return context
    }
    const screens = [
      { path: '/desk/sign-in' },
      { path: '/desk/sign-in/code' },
      { who: 'league-drafter', path: '/desk/account' },
    ]
    expect(await everyLook({ file: import.meta.filename, origin, open, screens })).toEqual([])
  }, 60_000)

  test('an administrator sees at the office who has no second factor', async () => {
    const context = await visit()
    const page = await context.newPage()
    await byPassword(page, 'league-admin')
    await page.goto(`${origin}/desk/office`)
    expect(await page.locator('main').textContent()).toContain('no second factor')
    await page.click('details summary:has-text("Account")')
    await see(page, 'office')
    // The only administrator proposes a new login for somebody: it waits, and everybody is told.
    await page
      .locator('details:has(form[action$="/league-signer/account"])')
      .evaluate((d) => d.setAttribute('open', ''))
    await page.click('form[action$="/league-signer/account"] [value=link]')
    await page.waitForURL('**said=change-login-open**')
    expect(await page.locator('#changes').textContent()).toContain('24 hours run from when it was told')
    await see(page, 'office-change')
    await page.goto(`${origin}/desk/alarms`)
    expect(await page.locator('main').textContent()).toContain('The only administrator proposes to change an account')
    await see(page, 'alarm-alone')
    await context.close()
    const phone = await visit(PHONE)
    const theirs = await phone.newPage()
    await byPassword(theirs, 'league-signer')
    await theirs.goto(`${origin}/desk/office`)
    await see(theirs, 'office-change')
    await theirs.click('form[action$="/object"] button')
    await theirs.waitForURL('**said=change-stopped**')
    await phone.close()
    await people.login('region-admin')
    for (const look of [DESK, PHONE]) {
      const keys = await visit(look)
      const at = await keys.newPage()
      await byPassword(at, 'region-admin')
      await at.goto(`${origin}/desk/office/keys`)
      if (look === DESK) await at.click('[name=name][value=seal]')
      await see(at, 'keys')
      await keys.close()
    }
  }, 60_000)
})
