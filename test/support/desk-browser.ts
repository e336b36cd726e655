/** The desk in a real browser: contexts of people who signed in through its form, with the desk's own script bundled as the service serves it. */
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import { where } from './needs.ts'
import { emailOf, PASSWORD } from './office.ts'

type Options = NonNullable<Parameters<Browser['newContext']>[0]>
type Session = Options['storageState']

/** A context of one person by their login (`league-drafter`), or of nobody. Each signs in once; later contexts keep the session. */
export type As = (who: string | null, options?: Options) => Promise<BrowserContext>

export const launched = (args: string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox', ...args] })

/** A scene, a browser and the people who visit, from before the first test of a `describe` until after its last. */
export type Stage<S> = { scene: S; browser: Browser; as: As }
export function staged<S extends { origin: string; close(): Promise<void> }>(make: () => Promise<S>): Stage<S> {
  const stage = {} as Stage<S>
  beforeAll(async () => {
    ;[stage.scene, stage.browser] = await Promise.all([make(), launched()])
    stage.as = await deskVisits(stage.browser, stage.scene.origin)
  }, 120_000)
  afterAll(async () => {
    await stage.browser?.close()
    await stage.scene?.close()
  })
  return stage
}

/** One of the bundles of src/web/client, as the build makes it. */
async function bundled(name: string): Promise<string> {
  const entry = join(ROOT, `src/web/client/${name}.ts`)
  const made = await build({ entryPoints: [entry], bundle: true, format: 'esm', minify: true, write: false })
  return made.outputFiles[0]!.text
}

export async function deskVisits(browser: Browser, origin: string): Promise<As> {
  const scripts = new Map<string, Promise<string>>()
  const script = (name: string): Promise<string> => {
    const made = scripts.get(name) ?? bundled(name)
    scripts.set(name, made)
    return made
  }
  const sessions = new Map<string, Session>()

  async function signIn(who: string): Promise<Session> {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${origin}/desk/sign-in`)
    await page.fill('#email', emailOf(who))
    await page.fill('#password', PASSWORD)
    await page.click('main button[type=submit]')
    await page.waitForURL('**/desk')
    const state = await context.storageState()
    sessions.set(who, state)
    await context.close()
    return state
  }

  return async (who, options = {}) => {
    const storageState = who ? (sessions.get(who) ?? (await signIn(who))) : undefined
    const context = await browser.newContext({ ...options, ...(storageState ? { storageState } : {}) })
    await context.route('**/assets/*.js', async (r) => {
      const name = /([\w-]+)\.js$/.exec(new URL(r.request().url()).pathname)?.[1] as string
      await r.fulfill({ contentType: 'text/javascript', body: await script(name) })
    })
    return context
  }
}
