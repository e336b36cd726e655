/** A person at the desk in a test: signs in, reads pages, fills in the forms that stand on them. */
import { DomUtils, parseDocument } from 'htmlparser2'
import type { App } from '../../src/web/env.ts'
import { emailOf, PASSWORD } from './office.ts'

type Element = import('htmlparser2').DomHandler extends never ? never : Parameters<typeof DomUtils.getText>[0]
type Node = Exclude<Element, readonly unknown[]>

export type PageSeen = {
  status: number
  path: string
  html: string
  text: string
  dom: ReturnType<typeof parseDocument>
}
export const ORIGIN = 'http://press.example'

export class DeskPerson {
  readonly #app: App
  #cookie = ''
  constructor(app: App, cookie = '') {
    this.#app = app
    this.#cookie = cookie
  }

  get cookie(): string {
    return this.#cookie
  }

  async signIn(memberId: string): Promise<this> {
    const body = new URLSearchParams({ email: emailOf(memberId), password: PASSWORD, next: '/desk' })
    const answer = await this.#send('/desk/sign-in', { method: 'POST', body })
    if (answer.status !== 303) throw new Error(`signing in gave ${answer.status}`)
    return this
  }

  /** Follows redirects, as a browser does. */
  async get(path: string): Promise<PageSeen> {
    const answer = await this.#send(path)
    const to = answer.headers.get('location')
    if (to && answer.status >= 300 && answer.status < 400) return this.get(to)
    return seen(answer.status, path, await answer.text())
  }

  /** Sends a form of the page with what stands in it, changed as `set` says; null leaves a field out. */
  async submit(
    page: PageSeen,
    action: RegExp,
    set: Record<string, string | string[] | null | Blob> = {},
    button?: { name: string; value: string },
  ): Promise<PageSeen> {
    const form = formsOf(page).find((f) => action.test(f.action))
    if (!form) throw new Error(`no form ${action} on ${page.path}: ${formsOf(page).map((f) => f.action)}`)
    const fields = new Map(form.fields)
    const body = form.multipart ? new FormData() : new URLSearchParams()
    const files: [string, Blob][] = []
    for (const [name, value] of Object.entries(set)) {
      if (value instanceof Blob) files.push([name, value])
      else if (value === null) fields.delete(name)
      else fields.set(name, Array.isArray(value) ? value : [value])
    }
    for (const [name, values] of fields) for (const v of values) body.append(name, v)
    if (button) body.append(button.name, button.value)
    for (const [name, file] of files) (body as FormData).append(name, file, (file as File).name)
    const answer = await this.#send(form.action || page.path, { method: 'POST', body })
    const to = answer.headers.get('location')
    if (to && answer.status === 303) return this.get(to)
    return seen(answer.status, form.action, await answer.text())
  }

  async post(path: string, fields: Record<string, string>): Promise<PageSeen> {
    const answer = await this.#send(path, { method: 'POST', body: new URLSearchParams(fields) })
    const to = answer.headers.get('location')
    return to ? this.get(to) : seen(answer.status, path, await answer.text())
  }

  /** What a script of the page sends. */
  async json(path: string, sent: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await this.#send(path, { method: 'POST', body: JSON.stringify(sent) }, 'application/json')
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  /** One answer, followed nowhere. */
  raw(path: string): Promise<Response> {
    return this.#send(path)
  }

  async #send(path: string, init: RequestInit = {}, type?: string): Promise<Response> {
    const url = new URL(path, ORIGIN)
    const headers = {
      ...(this.#cookie ? { cookie: this.#cookie } : {}),
      ...(type ? { 'content-type': type } : {}),
      origin: ORIGIN,
      host: 'press.example',
    }
    const answer = await this.#app.request(url.pathname + url.search, { ...init, headers })
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie.split(';')[0] as string)
    return answer
  }

  #keep(cookie: string): void {
    const name = cookie.split('=')[0]
    const others = this.#cookie.split('; ').filter((c) => c && c.split('=')[0] !== name)
    this.#cookie = [...others, cookie].join('; ')
  }
}

function seen(status: number, path: string, html: string): PageSeen {
  const dom = parseDocument(html)
  const main = DomUtils.findOne((e) => e.name === 'main', dom.children, true)
  return { status, path, html, dom, text: DomUtils.textContent(main ?? dom).replace(/\s+/g, ' ') }
}

type FormSeen = { action: string; multipart: boolean; fields: Map<string, string[]> }

/** Every form of a page with what a browser would send of it. */
export function formsOf(page: PageSeen): FormSeen[] {
  return DomUtils.getElementsByTagName('form', page.dom).map((form) => {
    const fields = new Map<string, string[]>()
    const put = (name: string | undefined, value: string) =>
      name && fields.set(name, [...(fields.get(name) ?? []), value])
    for (const e of DomUtils.find((n) => n.type === 'tag', form.children, true, 10_000) as unknown as (Node & {
      name: string
      attribs: Record<string, string>
    })[]) {
      const a = e.attribs
      if (e.name === 'textarea') put(a['name'], DomUtils.textContent(e as never).replace(/^\n/, ''))
      if (e.name === 'select') {
        const options = DomUtils.getElementsByTagName('option', e as never)
        const chosen = options.find((o) => 'selected' in o.attribs) ?? options[0]
        if (chosen) put(a['name'], chosen.attribs['value'] ?? DomUtils.textContent(chosen))
      }
      if (e.name !== 'input' || a['type'] === 'file' || 'disabled' in a) continue
      if (!['checkbox', 'radio'].includes(a['type'] ?? '') || 'checked' in a) put(a['name'], a['value'] ?? 'on')
    }
    return {
      action: form.attribs['action'] ?? '',
      multipart: form.attribs['enctype'] === 'multipart/form-data',
      fields,
    }
  })
}
