/** A picture in the text in every outlet: shown where people come to us anyway, in words where fetching it would tell who read. */
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { render } from '../../channels/email/render.ts'
import { splice } from '../../channels/email/splice.ts'
import { capXml } from '../../channels/feeds/cap.ts'
import { capChain } from '../../channels/feeds/cap-chain.ts'
import { entryOf } from '../../channels/feeds/entry.ts'
import { bodyOf } from '../../channels/webhook/body.ts'
import { create } from '../../channels/website/index.ts'
import { placedHtml } from '../../src/lib/placed.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { sourceOf } from '../../templates/kit/source.ts'
import { wechatOf } from '../../templates/kit/wechat.ts'
import { filePath } from '../../templates/page/article.tsx'
import { sampleConfig, sampleDeps } from '../support/demo-site.ts'
import { attachment, flashEdition, memoryCatalogue, textOf } from '../support/editions.ts'
import { tokenOf } from './sample-edition.ts'

const file = { ...attachment('', 'fire "1".png', 'not looked at here', 'image/png'), width: 1200, height: 800 }
const below = attachment('火场全景', 'all.png', 'another', 'image/png')
const ALT = '扑火队伍 "西线" <b>'
const placed = placedHtml({ sha256: file.sha256, alt: ALT, caption: '图1 <strong>西线</strong>' })
const first = flashEdition()
const chinese = first.content!.parts['zh-CN']!
const edition: Edition = {
  ...first,
  content: {
    ...first.content!,
    parts: { ...first.content!.parts, 'zh-CN': { ...chinese, body: `<p>之前。</p>${placed}<p>之后。</p>` } },
    attachments: [file, below],
  },
}
const config = { ...sampleConfig(), smtp: { url: 'smtp://127.0.0.1:1', from: 'news@press.example', connections: 1 } }
const src = filePath(edition, file)
const escapedAlt = '扑火队伍 &quot;西线&quot; &lt;b&gt;'

async function page(path: string): Promise<string> {
  const { files } = await create(sampleDeps(config)).prepare(edition, 'all', memoryCatalogue([edition]))
  return textOf(files.find((f) => f.path === path))
}

test('on the page it stands at its place with its room kept, and not below the text again; the others do', async () => {
  const html = await page(edition.address)
  expect(html).toContain(
    `<p>之前。</p><figure><img src="${src}" alt="${escapedAlt}" width="1200" height="800" loading="lazy" decoding="async" /><figcaption>图1 <strong>西线</strong></figcaption></figure><p>之后。</p>`,
  )
  expect(html.split(src).length - 1).toBe(1)
  expect(html).toContain(`download="${below.name}"`)
  expect(html).not.toContain(`data-sha256="${file.sha256}"`)
  // A language it does not stand in has it below the text.
  expect(await page(`${edition.address}en/`)).toContain(`data-sha256="${file.sha256}"`)
})

test('a mail says it in words with a way to the page, and fetches nothing; its plain part says the same', async () => {
  const template = await render(edition, 'zh-CN', config)
  const mail = await simpleParser(splice(template.written, { deliveryId: 1, token: tokenOf(1) }, 'a@mail.example'))
  const html = String(mail.html)
  expect(html).not.toMatch(/<img|data-sha256/)
  expect(html).toContain(`<a href="${config.publicUrl}${edition.address}" rel="noopener">［图：扑火队伍`)
  expect(html).toContain('图1 <strong>西线</strong>')
  expect(mail.text).toContain(`之前。\n\n［图：${ALT}］\n图1 西线\n\n之后。`)
  expect(mail.text).not.toContain(file.name)
})

test('feeds and hooks show it by its whole address', () => {
  const absolute = `src="${config.publicUrl}${src}" alt="${escapedAlt}" width="1200" height="800"`
  const html = entryOf(config, edition, 'zh-CN').html()
  expect(html).toContain(absolute)
  expect(html.split(src).length - 1).toBe(1)
  const hook = bodyOf(edition, config).texts['zh-CN'] as { html: string; text: string }
  expect(hook.html).toContain(absolute)
  expect(hook.text).toContain(`［图：${ALT}］`)
})

test('CAP has it as a resource and its caption in the description; what is forwarded says what is on it', () => {
  const cap = {
    actNow: true,
    category: 'Fire',
    urgency: 'Immediate',
    severity: 'Severe',
    certainty: 'Observed',
  } as const
  const core = { ...edition.content!.core, cap }
  const alert: Edition = { ...edition, content: { ...edition.content!, core } }
  const xml = capXml(config, capChain(config, [alert])[0]!)
  const description = /<description>([\s\S]*?)<\/description>/.exec(xml)?.[1]
  expect(description).toContain('图1 西线')
  expect(description).not.toContain('扑火队伍')
  expect(xml).toContain(`<uri>${config.publicUrl}${src}`)
  expect(wechatOf(sourceOf(config, edition, 'zh-CN'))).toContain('［图：扑火队伍')
})

test('a picture whose file is not there is said in words, and no address is made up', async () => {
  const gone = { ...edition, content: { ...edition.content!, attachments: [below] } }
  const { files } = await create(sampleDeps(config)).prepare(gone, 'all', memoryCatalogue([gone]))
  const html = textOf(files.find((f) => f.path === edition.address))
  expect(html).toContain('<p>［图：扑火队伍')
  expect(html).not.toContain(file.sha256)
})
