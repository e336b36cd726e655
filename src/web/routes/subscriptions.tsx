/** Subscribing, confirming, choosing, leaving: by form or by program, with no log-in but the token in the address. */
import { z } from 'zod'
import { outermost, type PlacedArea } from '../../../templates/page/area-branches.ts'
import { choiceInWords } from '../../../templates/page/choice-summary.ts'
import { named, OWN_NAME } from '../../../templates/page/site.ts'
import {
  AgainPage,
  ConfirmedPage,
  ConfirmPage,
  LeavePage,
  MyPage,
  SaidPage,
} from '../../../templates/page/subscription.tsx'
import type { choicesInput } from '../../audience/choices.ts'
import { confirm, confirmable } from '../../audience/confirm.ts'
import { leave } from '../../audience/leave.ts'
import { mailAddress } from '../../audience/mail-address.ts'
import { deleteMyData, exportMyData, myDataShape } from '../../audience/my-data.ts'
import { placesNamed } from '../../audience/place-names.ts'
import { changePreferences, preferences } from '../../audience/preferences.ts'
import { areas, topics } from '../../audience/store.ts'
import { subscribe, subscriptionInput } from '../../audience/subscribe.ts'
import { isToken, pagesOf } from '../../audience/subscriber.ts'
import { invalid, issue, notFound } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { jsonBody } from '../guards/body.ts'
import { type Form, formOf, sendsJson } from '../guards/form.ts'
import { networkOf } from '../guards/rate.ts'
import { type RouteSpec, route } from '../guards/route.ts'
import { answerPage, issuesOf, ownOf, publicly } from '../views/public-page.tsx'
import { mountPush } from './push.ts'
import { mountStandby } from './standby.tsx'

const open = { act: 'public', html: true, openForm: true, maxBytes: 64 * 1024 } as const satisfies Partial<RouteSpec>
const doc = (
  summary: string,
  answers: Record<number, z.ZodType | string | null>,
  body?: Record<string, z.ZodType>,
) => ({
  doc: { tag: 'subscriptions', summary, answers, ...(body ? { body } : {}) },
})
const HTML = 'text/html'

export function mountSubscriptions(app: App): void {
  mountPush(app)
  mountStandby(app)
  route(
    app,
    {
      ...open,
      method: 'post',
      path: '/subscriptions',
      ...doc(
        'Ask for mail; one letter is sent to confirm',
        { 202: z.strictObject({ asked: z.literal(true) }), 422: null },
        {
          'application/json': subscriptionInput,
        },
      ),
    },
    (c) => (sendsJson(c) ? askByProgram(c) : publicly(c, '/subscriptions', () => askByForm(c))),
  )
  own(app, 'get', '/confirm', 'What would be confirmed', showConfirm)
  own(app, 'post', '/confirm', 'Confirm', doConfirm)
  own(app, 'get', '/leave', 'What leaving means; changes nothing', showLeave)
  own(app, 'post', '/leave', 'Leave at once (RFC 8058)', doLeave)
  own(app, 'get', '/', 'What is subscribed to', showMine)
  own(app, 'post', '/', 'Choose anew', changeMine)
  own(app, 'get', '/export', 'Everything held about the subscriber', download)
  own(app, 'post', '/delete', 'Delete everything held about the subscriber', forget)
  route(app, { ...open, method: 'get', path: '/subscriptions/{token}' }, (c) =>
    c.redirect(`${pathOf(c.req.param('token') ?? '')}/`, 308),
  )
}

type Shown = (c: Req, token: string, here: string) => Promise<Response>
const pathOf = (token: string): string => `/subscriptions/${encodeURIComponent(token)}`

/** A page of one subscriber. */
function own(app: App, method: 'get' | 'post', end: string, summary: string, show: Shown): void {
  const path = `/subscriptions/{token}${end}`
  const answer = end === '/export' ? myDataShape : HTML
  route(app, { ...open, method, path, ...doc(summary, { 200: answer, 404: HTML }) }, (c) => {
    const token = c.req.param('token') ?? ''
    const here = pathOf(token) + end
    return publicly(c, here, async () => {
      if (!isToken(token)) throw notFound('subscription')
      return show(c, token, here)
    })
  })
}

async function askByProgram(c: Req): Promise<Response> {
  c.set('html', false)
  await subscribe(c.var.ctx, networkOf(c), await jsonBody(c))
  return c.json({ asked: true }, 202)
}

async function askByForm(c: Req): Promise<Response> {
  const form = await formOf(c)
  const chosen = chosenIn(form)
  const email = form.one('email')
  const all = await offered(c)
  const places = form.one('places')
  try {
    await subscribe(c.var.ctx, networkOf(c), { email, ...withPlaces(chosen, all.areas, places, email) })
  } catch (err) {
    const issues = issuesOf(c, err)
    const page = { ...ownOf(c, '/subscribe/'), email, chosen: { ...chosen, places }, issues, offered: all }
    return answerPage(c, <AgainPage {...page} />, 422)
  }
  return answerPage(c, <SaidPage {...ownOf(c, '/')} about="asked" />, 202)
}

/** Choices as the form sends them; whatever else it may hold is passed over. */
const chosenIn = (form: Form) =>
  ({
    language: form.one('language') || undefined,
    urgency: form.one('urgency') || undefined,
    frequency: form.one('frequency') || undefined,
    zone: form.one('zone') || undefined,
    topicRule: form.one('topicRule') || undefined,
    topics: form.all('topics'),
    areas: form.all('areas'),
  }) as z.input<typeof choicesInput> & { language: string }

/** @throws Refusal `invalid` naming each place that is none, or several, and with it an address that is none */
function withPlaces(chosen: ReturnType<typeof chosenIn>, areas: PlacedArea[], text: string, email?: string) {
  const { codes, issues } = placesNamed(areas, text)
  const noAddress = email !== undefined && !mailAddress(email)
  if (issues.length) throw invalid([...(noAddress ? [issue('email', 'email-address')] : []), ...issues])
  return { ...chosen, areas: [...new Set([...(chosen.areas ?? []), ...codes])] }
}

async function offered(c: Req) {
  const { db } = c.var.ctx.store
  const name = (row: { name_zh: string; name_en: string }) => ({ zh: row.name_zh, en: row.name_en })
  const [topicRows, areaRows] = await Promise.all([topics(db), areas(db)])
  return {
    topics: topicRows.map((x) => ({ slug: x.slug, name: name(x), retired: x.retired_at !== null })),
    areas: areaRows.map((x) => ({ code: x.code, name: name(x), parent: x.parent })),
  }
}

const showConfirm: Shown = async (c, token, here) => {
  const { subscriber, state } = await confirmable(c.var.ctx, token)
  const page = { ...ownOf(c, here), address: subscriber.address }
  if (state === 'late' || state === 'over') return answerPage(c, <SaidPage {...ownOf(c, here)} about={state} />, 410)
  if (state === 'done') return answerPage(c, <ConfirmedPage {...page} choices={choicesPath(c, token)} />)
  const will = await inWords(c, token)
  return answerPage(c, <ConfirmPage {...page} will={will} action={`${here}?lang=${c.var.lang}`} />)
}

/** What would be confirmed, in the reader's language. */
async function inWords(c: Req, token: string): Promise<string> {
  const [chosen, all] = await Promise.all([preferences(c.var.ctx, token), offered(c)])
  const { lang } = c.var
  return choiceInWords(lang, {
    ...chosen,
    language: OWN_NAME[chosen.language],
    topics: all.topics.filter((x) => chosen.topics.includes(x.slug)).map((x) => named(x.name, lang)),
    areas: outermost(all.areas, chosen.areas).map((x) => ({ name: named(x.name, lang), within: x.within })),
  })
}

const doConfirm: Shown = async (c, token, here) => {
  const subscriber = await confirm(c.var.ctx, token)
  const page = { ...ownOf(c, here), address: subscriber.address, choices: choicesPath(c, token) }
  return answerPage(c, <ConfirmedPage {...page} />)
}

const choicesPath = (c: Req, token: string): string => `${pagesOf('', { token }).preferences}?lang=${c.var.lang}`

const showLeave: Shown = async (c, token, here) =>
  answerPage(c, <LeavePage {...ownOf(c, here)} action={`${here}?lang=${c.var.lang}`} choices={choicesPath(c, token)} />)

/** Nothing of the body is looked at: neither the one-click field nor any token in it can win over the address. */
const doLeave: Shown = async (c, token, here) => {
  await leave(c.var.ctx, token)
  return answerPage(c, <SaidPage {...ownOf(c, here)} about="left" />)
}

const showMine: Shown = async (c, token, here) => {
  const mine = await preferences(c.var.ctx, token)
  return answerPage(c, <MyPage {...ownOf(c, here)} mine={mine} offered={await offered(c)} />)
}

const changeMine: Shown = async (c, token, here) => {
  const form = await formOf(c)
  const chosen = chosenIn(form)
  const places = form.one('places')
  const page = { ...ownOf(c, here), offered: await offered(c) }
  try {
    const mine = await changePreferences(c.var.ctx, token, withPlaces(chosen, page.offered.areas, places))
    return answerPage(c, <MyPage {...page} mine={mine} saved />)
  } catch (err) {
    const issues = issuesOf(c, err)
    const mine = { ...(await preferences(c.var.ctx, token)), ...chosen, places }
    return answerPage(c, <MyPage {...page} mine={mine} issues={issues} />, 422)
  }
}

const download: Shown = async (c, token) =>
  c.json(await exportMyData(c.var.ctx, token), 200, {
    'content-disposition': 'attachment; filename="ortoo-subscription.json"',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
  })

const forget: Shown = async (c, token) => {
  await deleteMyData(c.var.ctx, token)
  return answerPage(c, <SaidPage {...ownOf(c, '/')} about="deleted" />)
}
