/** Files as offices make them, built here: tables with hidden columns, tracked changes, boxes over names, photographs with their place. */
import { crc32, deflateSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { PDFDocument, PDFName, PDFString, rgb, StandardFonts } from 'pdf-lib'

const utf8 = (text: string) => new TextEncoder().encode(text)
export const zip = (parts: Record<string, string | Uint8Array>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([n, v]) => [n, typeof v === 'string' ? utf8(v) : v])))

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const rels = (rows: [id: string, type: string, target: string, external?: boolean][]) =>
  `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows
    .map(
      ([id, type, to, out]) =>
        `<Relationship Id="${id}" Type="${REL}/${type}" Target="${to}"${out ? ' TargetMode="External"' : ''}/>`,
    )
    .join('')}</Relationships>`
export const types = (parts: [part: string, type: string][]) =>
  `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts
    .map(
      ([p, t]) => `<Override PartName="/${p}" ContentType="application/vnd.openxmlformats-officedocument.${t}+xml"/>`,
    )
    .join('')}</Types>`
const CORE = `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>拟稿员甲</dc:creator><cp:lastModifiedBy>拟稿员乙</cp:lastModifiedBy></cp:coreProperties>`
const APP = `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>青格勒盟（示例）</Company></Properties>`

// Numbers made for the test: right check digits, no person.
export const identity = (first17: string): string => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, w, i) => total + w * Number(first17[i]), 0)
  return first17 + '10X98765432'[sum % 11]
}
export const IDS = ['159901199003070010', '159901198501230020', '159901197812310030'].map((s) =>
  identity(s.slice(0, 17)),
)
export const PEOPLE = ['张三', '李四', '王五六']

export type SubsidyOver = {
  /** Cell texts of the first rows, before the table. */
  lead?: string[]
  sheet2?: 'hidden' | 'veryHidden' | 'visible'
  comment?: boolean
  /** Extra parts, by name. */
  parts?: Record<string, string | Uint8Array>
  /** Further relationships of the workbook. */
  more?: [id: string, type: string, target: string][]
}

/** 补贴名单: names, sums, and a column of identity numbers that is hidden; a second sheet with the village's notes; a comment. */
export function subsidyXlsx({
  lead = [],
  sheet2 = 'hidden',
  comment = true,
  parts = {},
  more = [],
}: SubsidyOver = {}): Uint8Array {
  const shared: string[] = []
  const s = (text: string) => {
    if (!shared.includes(text)) shared.push(text)
    return shared.indexOf(text)
  }
  const cell = (at: string, text: string) => `<c r="${at}" t="s"><v>${s(text)}</v></c>`
  const rows = [
    ...lead.map((text) => [text]),
    ['姓名', '身份证号', '补贴（元）'],
    ...PEOPLE.map((p, i) => [p, IDS[i] as string, `${1200 + i}`]),
  ]
  const xml = rows
    .map(
      (r, i) =>
        `<row r="${i + 1}">${r.map((text, j) => (/^\d{4}$/.test(text) ? `<c r="${'ABC'[j]}${i + 1}"><v>${text}</v></c>` : cell(`${'ABC'[j]}${i + 1}`, text))).join('')}</row>`,
    )
    .join('')
  const notes = `<row r="1">${cell('A1', '村里备注：王五六手机13800138000')}</row>`
  const legacy = comment ? '<legacyDrawing r:id="rId2"/>' : ''
  return zip({
    '[Content_Types].xml': types([
      ['xl/workbook.xml', 'spreadsheetml.sheet.main'],
      ['xl/worksheets/sheet1.xml', 'spreadsheetml.worksheet'],
      ['xl/worksheets/sheet2.xml', 'spreadsheetml.worksheet'],
      ['xl/sharedStrings.xml', 'spreadsheetml.sharedStrings'],
      ['docProps/core.xml', 'core-properties'],
      ['docProps/app.xml', 'extended-properties'],
      ...(comment ? ([['xl/comments1.xml', 'spreadsheetml.comments']] as [string, string][]) : []),
    ]),
    '_rels/.rels': rels([
      ['rId1', 'officeDocument', 'xl/workbook.xml'],
      ['rId2', 'core-properties', 'docProps/core.xml'],
      ['rId3', 'extended-properties', 'docProps/app.xml'],
    ]),
    'docProps/core.xml': CORE,
    'docProps/app.xml': APP,
    'xl/workbook.xml': `${XML}<workbook xmlns="${SHEET}" xmlns:r="${REL}"><sheets><sheet name="公示名单" sheetId="1" r:id="rId1"/><sheet name="备注" sheetId="2"${sheet2 === 'visible' ? '' : ` state="${sheet2}"`} r:id="rId2"/></sheets><definedNames><definedName name="合计">备注!$A$1</definedName></definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': rels([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'worksheet', 'worksheets/sheet2.xml'],
      ['rId3', 'sharedStrings', 'sharedStrings.xml'],
      ...more,
    ]),
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${SHEET}" xmlns:r="${REL}"><cols><col min="2" max="2" width="0" hidden="1"/></cols><sheetData>${xml}</sheetData>${legacy}</worksheet>`,
    ...(comment
      ? {
          'xl/worksheets/_rels/sheet1.xml.rels': rels([
            ['rId1', 'comments', '../comments1.xml'],
            ['rId2', 'vmlDrawing', '../drawings/vmlDrawing1.vml'],
          ]),
          'xl/drawings/vmlDrawing1.vml': '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="a"/></xml>',
          'xl/comments1.xml': `${XML}<comments xmlns="${SHEET}"><authors><author>拟稿员甲</author></authors><commentList><comment ref="C3" authorId="0"><text><t>此户待核实</t></text></comment></commentList></comments>`,
        }
      : {}),
    'xl/worksheets/sheet2.xml': `${XML}<worksheet xmlns="${SHEET}"><sheetData>${notes}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${SHEET}">${shared.map((t) => `<si><t>${t}</t></si>`).join('')}</sst>`,
    ...parts,
  })
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
/** A document whose body is this WordprocessingML; `stories` are further parts named in its relationships. */
export function rawDocx(body: string, stories: Record<string, [type: string, xml: string]> = {}): Uint8Array {
  const named = Object.entries(stories)
  return zip({
    '[Content_Types].xml': types([
      ['word/document.xml', 'wordprocessingml.document.main'],
      ['docProps/core.xml', 'core-properties'],
      ...named.map(([n, [type]]) => [`word/${n}.xml`, `wordprocessingml.${type}`] as [string, string]),
    ]),
    '_rels/.rels': rels([
      ['rId1', 'officeDocument', 'word/document.xml'],
      ['rId2', 'core-properties', 'docProps/core.xml'],
    ]),
    'docProps/core.xml': CORE,
    'word/document.xml': `${XML}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': rels(named.map(([n, [type]], i) => [`rId${i + 1}`, type, `${n}.xml`])),
    ...Object.fromEntries(named.map(([n, [, xml]]) => [`word/${n}.xml`, `${XML}${xml}`])),
  })
}
export const wordRoot = (name: string, inside: string) => `<w:${name} xmlns:w="${WORD}">${inside}</w:${name}>`

/** Text under a black box, and one beside it. */
export async function coveredPdf(secret = 'Zhang San 13800138000'): Promise<Uint8Array> {
  const doc = await PDFDocument.create()
  doc.setAuthor('Drafter A')
  doc.setTitle('List')
  const font = await doc.embedFont(StandardFonts.Helvetica)
  const page = doc.addPage([400, 400])
  page.drawText(secret, { x: 50, y: 300, size: 12, font })
  page.drawRectangle({ x: 45, y: 294, width: 250, height: 22, color: rgb(0, 0, 0) })
  page.drawText('Public notice of the office', { x: 50, y: 200, size: 12, font })
  return doc.save()
}

/** A page that is a picture and nothing else, after one with text. */
export async function scannedPdf(): Promise<Uint8Array> {
  const doc = await PDFDocument.create()
  const font = await doc.embedFont(StandardFonts.Helvetica)
  doc.addPage([300, 300]).drawText('Annex', { x: 20, y: 250, size: 12, font })
  const picture = await doc.embedPng(png())
  doc.addPage([300, 300]).drawImage(picture, { x: 0, y: 0, width: 300, height: 300 })
  return doc.save()
}

/** With a note on it, a script that runs when it is opened, and a file attached. */
export async function busyPdf(): Promise<Uint8Array> {
  const doc = await PDFDocument.create()
  const font = await doc.embedFont(StandardFonts.Helvetica)
  const page = doc.addPage([300, 300])
  page.drawText('Annex', { x: 20, y: 250, size: 12, font })
  const note = doc.context.obj({
    Type: 'Annot',
    Subtype: 'Text',
    Rect: [10, 10, 30, 30],
    Contents: PDFString.of('not to be published yet'),
  })
  page.node.set(PDFName.of('Annots'), doc.context.obj([doc.context.register(note)]))
  doc.addJavaScript('hello', 'app.alert(1)')
  await doc.attach(utf8('inside'), 'inside.txt')
  return doc.save()
}

/** One grey pixel, with whatever chunks are asked for. */
export function png(extra: [type: string, data: Uint8Array][] = []): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const out = Buffer.alloc(body.byteLength + 8)
    out.writeUInt32BE(data.byteLength, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.byteLength + 4)
    return out
  }
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      ...extra.map(([type, data]) => chunk(type, data)),
      chunk('IDAT', deflateSync(Buffer.from([0, 0x80]))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

/** The smallest grey JPEG, turned by its EXIF, with a place, a comment and a zip behind its end. */
export function gpsJpeg(): Uint8Array {
  const segment = (marker: number, data: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(data.byteLength + 2, 2)
    return Buffer.concat([head, data])
  }
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(2, 8)
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(6, 18)
  tiff.writeUInt16BE(0x8825, 22)
  tiff.writeUInt16BE(4, 24)
  tiff.writeUInt32BE(1, 26)
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('N 43.65 E 111.97 示例相机')])
  // 1×1, one component, one Huffman code each: SOI DQT SOF0 DHT DHT SOS data EOI.
  const quant = segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]))
  const frame = segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]))
  const table = (kind: number) =>
    segment(0xc4, Buffer.concat([Buffer.from([kind, 1]), Buffer.alloc(15), Buffer.from([0])]))
  const scan = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]))
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
      segment(0xe1, exif),
      segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>示例</x:xmpmeta>')),
      segment(0xfe, Buffer.from('拟稿员甲的手机')),
      quant,
      frame,
      table(0),
      table(0x10),
      scan,
      Buffer.from([0x3f]),
      Buffer.from([0xff, 0xd9]),
      Buffer.from(zip({ 'a.txt': 'hidden' })),
    ]),
  )
}

const DRAW = 'http://schemas.openxmlformats.org/drawingml/2006/main'
const SLIDE = 'http://schemas.openxmlformats.org/presentationml/2006/main'
const shape = (text: string, x: number) =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="${x}" y="0"/><a:ext cx="100" cy="100"/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`
const slide = (name: string, shapes: string, more = '') =>
  `${XML}<p:${name} xmlns:p="${SLIDE}" xmlns:a="${DRAW}"${more}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:${name}>`

/** Two slides: one seen, with a note and a shape beside it; one hidden. */
export const slidesPptx = (): Uint8Array =>
  zip({
    '[Content_Types].xml': types([
      ['ppt/presentation.xml', 'presentationml.presentation.main'],
      ['ppt/slides/slide1.xml', 'presentationml.slide'],
      ['ppt/slides/slide2.xml', 'presentationml.slide'],
      ['ppt/notesSlides/notesSlide1.xml', 'presentationml.notesSlide'],
      ['ppt/comments/comment1.xml', 'presentationml.comments'],
    ]),
    '_rels/.rels': rels([['rId1', 'officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': `${XML}<p:presentation xmlns:p="${SLIDE}" xmlns:r="${REL}"><p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId r:id="rId2" id="257"/></p:sldIdLst><p:sldSz cx="1000" cy="800"/></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': rels([
      ['rId1', 'slide', 'slides/slide1.xml'],
      ['rId2', 'slide', 'slides/slide2.xml'],
    ]),
    'ppt/slides/slide1.xml': slide('sld', shape('发布会材料', 10) + shape('内部口径一二三', 2000)),
    'ppt/slides/_rels/slide1.xml.rels': rels([
      ['rId1', 'notesSlide', '../notesSlides/notesSlide1.xml'],
      ['rId2', 'comments', '../comments/comment1.xml'],
    ]),
    'ppt/slides/slide2.xml': slide('sld', shape('藏着的一页', 10), ' show="0"'),
    'ppt/notesSlides/notesSlide1.xml': slide('notes', shape('此处不要主动提', 10)),
    'ppt/comments/comment1.xml': `${XML}<p:cmLst xmlns:p="${SLIDE}"><p:cm authorId="0"><p:text>改一下</p:text></p:cm></p:cmLst>`,
  })
