/** Named contacts and channels worked by hand at the desk: kept one by one, or as a spreadsheet. */
import { exportContacts, importContacts } from '../../audience/contact-csv.ts'
import { contactById } from '../../audience/contact-store.ts'
import { addContact, changeContact, contactsFor, ownContact, removeContact } from '../../audience/keep-contact.ts'
import { addManualChannel, endChannel, manualChannelsOf } from '../../delivery/manual-channel.ts'
import { csvText } from '../../lib/csv.ts'
import { type Issue, invalid, issue, notFound, type Refusal } from '../../lib/errors.ts'
import { admitAgency } from '../../staff/gate.ts'
import { agencyById, agencyFamily } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { ChannelsPage, ContactPage, ContactsPage } from '../views/contacts.tsx'
import { type Fields, first } from '../views/fields.ts'
import { CSV } from './contacts.ts'
import { areaChoices } from './desk-draft-data.ts'
import { asMissing, fieldsFrom, frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'
import { numberIn } from './manual.ts'

const CONTACTS = '/desk/office/contacts'
const CHANNELS = '/desk/office/channels'
const MEGABYTE = 1024 * 1024

export function mountContactsDesk(app: App): void {
  screen(app, { method: 'get', path: CONTACTS, act: 'contact.read' }, (c) => list(c, {}))
  screen(app, { method: 'post', path: CONTACTS, act: 'contact.manage' }, add)
  screen(app, { method: 'get', path: `${CONTACTS}.csv`, act: 'contact.manage' }, sheet)
  screen(app, { method: 'post', path: `${CONTACTS}/import`, act: 'contact.manage', maxBytes: 4 * MEGABYTE }, bring)
  screen(app, { method: 'get', path: `${CONTACTS}/{n}`, act: 'contact.manage' }, (c) => one(c, {}))
  screen(app, { method: 'post', path: `${CONTACTS}/{n}`, act: 'contact.manage' }, change)
  screen(app, { method: 'post', path: `${CONTACTS}/{n}/delete`, act: 'contact.manage' }, remove)
  screen(app, { method: 'get', path: CHANNELS, act: 'manual-channel.manage' }, (c) => channels(c, {}))
  screen(app, { method: 'post', path: CHANNELS, act: 'manual-channel.manage' }, addChannel)
  screen(app, { method: 'post', path: `${CHANNELS}/{channel}/end`, act: 'manual-channel.manage' }, async (c) => {
    await endChannel(c.var.ctx, actorIn(c), c.req.param('channel') as string)
    return goTo(c, CHANNELS, 'channel-ended')
  })
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

/** Own agency unless another of the family is asked for. */
const agencyIn = (c: Req): string => c.req.query('agency') || actorIn(c).agencyId
const backTo = (c: Req): string => (c.req.query('agency') ? `${CONTACTS}?agency=${agencyIn(c)}` : CONTACTS)
const refused = (c: Req, refusal: Refusal, fields: Fields): Extra => ({
  fields,
  ...refusalOn(c, refusal),
  issues: asMissing(refusal.issues, fields),
})

async function list(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const id = agencyIn(c)
  const contacts = await contactsFor(ctx, by, id)
  const named = (a: { name_zh: string; name_en: string }) => (lang === 'en' ? a.name_en || a.name_zh : a.name_zh)
  const agency = await agencyById(ctx.store.db, id)
  const mayKeep = await admitAgency(ctx.store.db, by, id, 'contact.manage').then(
    () => true,
    () => false,
  )
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    agency: { id, name: agency ? named(agency) : '', own: id === by.agencyId },
    agencies: (await agencyFamily(ctx.store.db, by.agencyId)).map((a) => ({ id: a.id, name: named(a) })),
    contacts,
    places: await areaChoices(ctx, id, lang),
    mayKeep,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <ContactsPage {...props} />, extra.status ?? 200)
}

const givenIn = (fields: Fields) => ({
  name: first(fields, 'name'),
  role: first(fields, 'role'),
  phone: first(fields, 'phone').trim(),
  email: first(fields, 'email').trim(),
  areas: [...(fields.get('areas') ?? [])].filter(Boolean),
  language: first(fields, 'language') || 'zh-CN',
})

async function add(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    const mode = first(fields, 'mode') || 'live'
    await addContact(c.var.ctx, actorIn(c), { agencyId: agencyIn(c), ...givenIn(fields), mode })
    return goTo(c, backTo(c), 'contact-added')
  } catch (err) {
    return list(c, refused(c, refusalIn(err), fields))
  }
}

async function sheet(c: Req): Promise<Response> {
  return c.body(await exportContacts(c.var.ctx, actorIn(c), agencyIn(c)), 200, CSV)
}

async function bring(c: Req): Promise<Response> {
  const { file, fields } = await sentIn(c)
  try {
    if (!file) throw invalid([issue('file', 'file-missing')])
    await importContacts(c.var.ctx, actorIn(c), csvText(new Uint8Array(await file.arrayBuffer())), agencyIn(c))
    return goTo(c, backTo(c), 'contacts-imported')
  } catch (err) {
    return list(c, refused(c, refusalIn(err), fields))
  }
}

const idIn = (c: Req): number => numberIn(c.req.param('n'))

async function one(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const contact = await ownContact(ctx.store.db, actorIn(c), idIn(c))
  const { name, role, phone, email, areas, language } = contact
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? fieldsFrom({ name, role, phone, email, areas, language }),
    issues: extra.issues ?? [],
    id: contact.subscriber_id,
    name,
    places: await areaChoices(ctx, contact.agency_id, lang),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <ContactPage {...props} />, extra.status ?? 200)
}

async function change(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    const kept = await changeContact(c.var.ctx, actorIn(c), idIn(c), givenIn(fields))
    return goTo(c, listOf(c, kept.agency_id), 'contact-changed')
  } catch (err) {
    return one(c, refused(c, refusalIn(err), fields))
  }
}

async function remove(c: Req): Promise<Response> {
  const found = await contactById(c.var.ctx.store.db, idIn(c) || 0)
  if (!found) throw notFound('contact')
  await removeContact(c.var.ctx, actorIn(c), found.subscriber_id)
  return goTo(c, listOf(c, found.agency_id), 'contact-deleted')
}

const listOf = (c: Req, agencyId: string): string =>
  agencyId === actorIn(c).agencyId ? CONTACTS : `${CONTACTS}?agency=${agencyId}`

async function channels(c: Req, extra: Extra): Promise<Response> {
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    channels: await manualChannelsOf(c.var.ctx, actorIn(c)),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <ChannelsPage {...props} />, extra.status ?? 200)
}

async function addChannel(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    await addManualChannel(c.var.ctx, actorIn(c), { name: first(fields, 'name') })
    return goTo(c, CHANNELS, 'channel-added')
  } catch (err) {
    return channels(c, refused(c, refusalIn(err), fields))
  }
}
