/** What a request carries through the web layer. */
import type { Context, Hono } from 'hono'
import type { Ctx } from '../context.ts'
import type { Actor } from '../staff/member.ts'

export type Env = {
  Variables: {
    ctx: Ctx
    /** Who is signed in, by session or token. */
    actor: Actor | null
    /** How: a session cookie or a bearer token; `metrics` is nobody, with the token that reads figures and health. */
    via: 'session' | 'token' | 'metrics' | null
    /** Language of the answer. */
    lang: 'zh' | 'en'
    /** Whose address the request came from, where the edge signed it. */
    client: string | null
    requestId: string
    /** The route answers pages, so refusals are pages too. */
    html: boolean
    /** The route answers a line of text, and so do its refusals. */
    plain: boolean
  }
}
export type App = Hono<Env>
export type Req = Context<Env>
