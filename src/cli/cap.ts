/** ortoo cap …: a warning that came as a file is looked into, or written in the other form; the certificate ours are signed with. */
import { readFile, writeFile } from 'node:fs/promises'
import { t } from '../../templates/words/index.ts'
import { ConfigError } from '../config.ts'
import type { CapAlert } from '../incident/warning/alert.ts'
import { capElement } from '../incident/warning/cap.ts'
import { type Dialect, dialectXml, fileName } from '../incident/warning/dialect.ts'
import { certificatesIn, heldCertificates } from '../incident/warning/held.ts'
import type { Loss, Mapped } from '../incident/warning/mapping.ts'
import type { Reading, Signed } from '../incident/warning/read.ts'
import { toCap } from '../incident/warning/to-cap.ts'
import { toDialect } from '../incident/warning/to-dialect.ts'
import { type Issue, invalid } from '../lib/errors.ts'
import { xmlDocument } from '../lib/xml.ts'
import { type Command, type Given, type Io, oneOf, required, textOption, UsageError } from './command.ts'

export const capCheck: Command = {
  name: 'cap check',
  args: ['file'],
  options: { trust: 'value', 'sender-code': 'value', json: 'switch' },
  async run(io, given) {
    const reading = await read(io, given)
    const other = reading.form === 'none' || !reading.alert ? null : otherForm(reading, given)
    if (given.options['json']) io.out(JSON.stringify({ ...reading, other }, null, 2))
    else say(io, reading, other)
    const wrong = reading.form === 'none' || reading.problems.some((p) => p.severity === 'error')
    return wrong ? 1 : 0
  },
}

export const capConvert: Command = {
  name: 'cap convert',
  args: ['file'],
  options: { to: 'value', out: 'value', 'sender-code': 'value', officer: 'value', trust: 'value' },
  async run(io, given) {
    const to = oneOf('to', required(given, 'to', 'cap'), ['cap', '12379'] as const)
    const reading = await read(io, given)
    if (reading.form === 'none' || !reading.alert) throw invalid(reading.problems)
    if (reading.form === to) throw new UsageError('cli.cap.same-form', { form: t(io.lang, `cli.cap.form.${to}`) })
    const mapped = otherForm(reading, given)
    if (mapped.to === null) throw invalid(mapped.refused)
    sayLosses(io, mapped.losses, io.err)
    const text =
      reading.form === 'cap' ? dialectXml(mapped.to as Dialect) : xmlDocument(capElement(mapped.to as CapAlert))
    const out = textOption(given, 'out')
    if (out === undefined) io.out(text.trimEnd())
    else {
      await writeFile(out, text)
      const name = reading.form === 'cap' ? fileName(mapped.to as Dialect) : `${mapped.to.identifier}.xml`
      io.err(t(io.lang, 'cli.cap.written', { out, name }))
    }
    return 0
  },
}

export const capCertificate: Command = {
  name: 'cap certificate',
  args: [],
  options: { exercise: 'switch' },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const { certificateFace } = await import('../lib/xml-verify.ts')
      const { certificate } = ctx.keys.alert(given.options['exercise'] ? 'exercise' : 'live')
      io.out(certificate.trimEnd())
      io.err(t(io.lang, 'cli.cap.certificate', certificateFace(certificate)))
      return 0
    }),
}

async function read(io: Io, given: Given): Promise<Reading> {
  const { readWarning } = await import('../incident/warning/read.ts')
  return readWarning(await bytesOf(given.args[0] ?? ''), await held(io, given))
}

const bytesOf = (file: string): Promise<Uint8Array> =>
  readFile(file).catch((err) => {
    throw new UsageError('cli.usage.file', { file, why: err.code ?? err.message })
  })

/** A file can be looked into where no service is set up: then only what is named is trusted. */
async function held(io: Io, given: Given): Promise<string[]> {
  const file = textOption(given, 'trust')
  const named = file === undefined ? [] : certificatesIn(Buffer.from(await bytesOf(file)).toString('utf8'))
  if (file !== undefined && named.length === 0) throw new UsageError('cli.cap.no-certificate', { file })
  try {
    return [...named, ...(await heldCertificates(io.config().dataDir))]
  } catch (err) {
    if (err instanceof ConfigError) return named
    throw err
  }
}

function otherForm(reading: Exclude<Reading, { form: 'none' }>, given: Given): Mapped<CapAlert | Dialect> {
  const [senderCode, officer] = [textOption(given, 'sender-code'), textOption(given, 'officer')]
  const asked = { ...(senderCode ? { senderCode } : {}), ...(officer ? { officer } : {}) }
  if (reading.form === 'cap') return toDialect(reading.alert as CapAlert, asked)
  return toCap(reading.alert as Dialect)
}

function say(io: Io, reading: Reading, other: Mapped<CapAlert | Dialect> | null): void {
  io.out(t(io.lang, `cli.cap.is.${reading.form}`))
  if (reading.form !== 'none' && reading.alert) {
    const a = reading.alert
    const sent = 'sent' in a ? a.sent : a.sendTime
    const who = 'info' in a ? (a.info[0]?.senderName ?? a.sender) : a.sender
    io.out(t(io.lang, 'cli.cap.head', { identifier: a.identifier, type: a.msgType, status: a.status, sent, who }))
  }
  io.out(`SHA-256 ${reading.sha256}`)
  if (reading.form === 'cap') io.out(signatureLine(io, reading.signature))
  for (const p of reading.problems) sayIssue(io, p)
  if (reading.problems.length === 0) io.out(t(io.lang, 'cli.cap.good'))
  if (!other || reading.form === 'none') return
  const form = t(io.lang, `cli.cap.form.${reading.form === 'cap' ? '12379' : 'cap'}`)
  if (other.to === null) {
    io.out(t(io.lang, 'cli.cap.cannot', { form }))
    for (const p of other.refused) sayIssue(io, p)
  } else {
    io.out(t(io.lang, other.losses.length ? 'cli.cap.losses' : 'cli.cap.lossless', { form, n: other.losses.length }))
    sayLosses(io, other.losses, io.out)
  }
}

const signatureLine = (io: Io, signed: Signed): string =>
  t(io.lang, `cli.cap.signature.${signed.state}`, {
    ...('subject' in signed ? { subject: signed.subject, fingerprint: signed.fingerprint } : {}),
  })

function sayIssue(io: Io, p: Issue): void {
  const [rule, remedy] = ['', '.remedy'].map((x) => t(io.lang, `issue.${p.code}${x}`, p.params))
  io.out(`${t(io.lang, `lint.level.${p.severity}`)}  ${p.field}  ${rule}${io.lang === 'zh' ? '。' : '. '}${remedy}`)
}

function sayLosses(io: Io, losses: Loss[], line: (text: string) => void): void {
  for (const l of losses)
    line(`${t(io.lang, `loss.how.${l.how}`)}  ${l.field}  ${t(io.lang, `loss.${l.code}`, l.params)}`)
}
