/** API of what an office keeps for the manual outlet: named contacts, and the channels it works by hand. */
import { z } from 'zod'
import { exportContacts, importContacts } from '../../audience/contact-csv.ts'
import type { Contact } from '../../audience/contact-store.ts'
import {
  addContact,
  changeContact,
  contactChangeInput,
  contactInput,
  contactsFor,
  removeContact,
} from '../../audience/keep-contact.ts'
import { addManualChannel, endChannel, manualChannelInput, manualChannelsOf } from '../../delivery/manual-channel.ts'
import type { ManualChannelRow } from '../../delivery/manual-store.ts'
import { csvText } from '../../lib/csv.ts'
import type { App } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { numberIn } from './manual.ts'

const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag: 'by-hand', summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})
const contact = z.strictObject({
  id: z.number(),
  agencyId: z.string(),
  name: z.string(),
  role: z.string(),
  phone: z.string(),
  email: z.string(),
  areas: z.array(z.string()),
  language: z.string(),
  mode: z.string(),
})
const channel = z.strictObject({ id: z.string(), agencyId: z.string(), name: z.string(), since: z.string() })
const done = z.strictObject({})
const ofAgency = z.strictObject({ agency: z.string().max(40).optional() })
const CONTACTS = '/api/v1/contacts'
const CHANNELS = '/api/v1/manual-channels'

export function mountContacts(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: CONTACTS,
      act: 'contact.read',
      query: ofAgency,
      ...doc('Named contacts of an agency, by name', { 200: z.strictObject({ items: z.array(contact) }), 404: null }),
    },
    async (c, { query }) => c.json({ items: (await contactsFor(c.var.ctx, actorIn(c), query.agency)).map(shown) }),
  )
  route(
    app,
    {
      method: 'post',
      path: CONTACTS,
      act: 'contact.manage',
      json: true,
      ...doc('Add a named contact', { 201: contact, 422: null }, contactInput),
    },
    async (c, { body }) => {
      const made = await addContact(c.var.ctx, actorIn(c), body)
      return c.json(shown(made), 201, { location: `${CONTACTS}/${made.subscriber_id}` })
    },
  )
  route(
    app,
    {
      method: 'put',
      path: `${CONTACTS}/{n}`,
      act: 'contact.manage',
      json: true,
      ...doc('Change a named contact', { 200: contact, 404: null, 422: null }, contactChangeInput),
    },
    async (c, { body }) => c.json(shown(await changeContact(c.var.ctx, actorIn(c), numberIn(c.req.param('n')), body))),
  )
  route(
    app,
    {
      method: 'delete',
      path: `${CONTACTS}/{n}`,
      act: 'contact.manage',
      ...doc('Delete a named contact: name, telephone and address go at once', { 200: done, 404: null }),
    },
    async (c) => {
      await removeContact(c.var.ctx, actorIn(c), numberIn(c.req.param('n')))
      return c.json({})
    },
  )
  mountSheets(app)
  mountChannels(app)
}

function mountSheets(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: `${CONTACTS}.csv`,
      act: 'contact.manage',
      query: ofAgency,
      ...doc('All named contacts as CSV; that they were taken out stands in the ledger', { 200: 'text/csv' }),
    },
    async (c, { query }) => c.body(await exportContacts(c.var.ctx, actorIn(c), query.agency), 200, CSV),
  )
  route(
    app,
    {
      method: 'post',
      path: `${CONTACTS}/import`,
      act: 'contact.manage',
      query: ofAgency,
      doc: {
        tag: 'by-hand',
        summary:
          'Contacts from CSV, all of them or none: name, phone and area codes; role, e-mail, language and use where given',
        body: { 'text/csv': z.string() },
        answers: { 200: z.strictObject({ added: z.number(), changed: z.number() }), 422: null },
      },
    },
    async (c, { query }) => {
      const text = csvText(new Uint8Array(await c.req.arrayBuffer()))
      return c.json(await importContacts(c.var.ctx, actorIn(c), text, query.agency))
    },
  )
}

export const CSV = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="contacts.csv"',
}

function mountChannels(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: CHANNELS,
      act: 'manual-channel.read',
      query: ofAgency,
      ...doc('Channels an agency works by hand', { 200: z.strictObject({ items: z.array(channel) }), 404: null }),
    },
    async (c, { query }) =>
      c.json({ items: (await manualChannelsOf(c.var.ctx, actorIn(c), query.agency)).map(shownChannel) }),
  )
  route(
    app,
    {
      method: 'post',
      path: CHANNELS,
      act: 'manual-channel.manage',
      json: true,
      ...doc('Add a channel worked by hand', { 201: channel, 422: null }, manualChannelInput),
    },
    async (c, { body }) => c.json(shownChannel(await addManualChannel(c.var.ctx, actorIn(c), body)), 201),
  )
  route(
    app,
    {
      method: 'delete',
      path: `${CHANNELS}/{channel}`,
      act: 'manual-channel.manage',
      ...doc('Ask a channel for nothing more; what it carried stays', { 200: done, 404: null }),
    },
    async (c) => {
      await endChannel(c.var.ctx, actorIn(c), c.req.param('channel') ?? '')
      return c.json({})
    },
  )
}

const shown = (c: Contact) => ({
  id: c.subscriber_id,
  agencyId: c.agency_id,
  name: c.name,
  role: c.role,
  phone: c.phone,
  email: c.email,
  areas: c.areas,
  language: c.language,
  mode: c.mode,
})
const shownChannel = (r: ManualChannelRow) => ({ id: r.id, agencyId: r.agency_id, name: r.name, since: r.created_at })
