/** Files people attach, looked into: what is found in each, what is taken out, and what is not taken in at all. */
import { unzipSync } from 'fflate'
import { PDFDocument } from 'pdf-lib'
import { afterAll, describe, expect, test } from 'vitest'
import { FileFault, type Looked, type LookTask } from '../../src/desk/looked.ts'
import { lookAt } from '../../src/review/look.ts'
import { openLooker } from '../../src/review/looker.ts'
import {
  busyPdf,
  coveredPdf,
  gpsJpeg,
  IDS,
  png,
  rawDocx,
  scannedPdf,
  slidesPptx,
  subsidyXlsx,
  types,
  wordRoot,
  zip,
} from '../support/office-files.ts'

/** One thread for what only a thread shows; the rest is looked at here. */
const looker = openLooker()
afterAll(() => looker.close())

const look = (name: string, bytes: Uint8Array, more: Partial<LookTask> = {}): Promise<Looked> =>
  lookAt({ name, bytes: new Uint8Array(bytes), words: '', phones: [], ...more })
const refused = async (name: string, bytes: Uint8Array): Promise<string> => {
  try {
    await look(name, bytes)
    return 'taken'
  } catch (err) {
    if (!(err instanceof FileFault)) throw err
    return err.code
  }
}
const told = (found: Looked): string[] => found.findings.map((f) => `${f.rule} ${f.place.at} ${f.count}`)
const rules = (found: Looked): string[] => found.findings.map((f) => f.rule)
/** Every text of a package, to look for what should be gone. */
const inside = (bytes: Uint8Array): string =>
  Object.entries(unzipSync(bytes))
    .map(([name, part]) => `${name}\n${new TextDecoder().decode(part)}`)
    .join('\n')

describe('a table', () => {
  test('a reviewer hears of the hidden column, the hidden sheet, the comment, and of every number in them', async () => {
    const found = await looker.look({ name: '补贴名单.xlsx', bytes: subsidyXlsx(), words: '', phones: [] })
    expect(told(found)).toEqual(
      expect.arrayContaining([
        'file-hidden-columns 公示名单!B 4',
        'file-hidden-sheet 备注 1',
        'file-comment 公示名单!C3 1',
        'id-number 公示名单!B2:B4 3',
        'mobile 备注!A1 1',
      ]),
    )
    expect(JSON.stringify(found.findings)).not.toContain(IDS[0])
    expect(JSON.stringify(found.findings)).toContain(`${IDS[0]?.slice(0, 6)}********`)
    expect(found.columns.map((c) => `${c.sheet}${c.column} ${c.head} ${c.hidden}`)).toContain('公示名单B 身份证号 true')
  })

  test('nobody learns from it who wrote it', async () => {
    const found = await look('补贴名单.xlsx', subsidyXlsx())
    expect(found.removed).toEqual(expect.arrayContaining(['properties', 'names']))
    expect(inside(found.bytes)).not.toMatch(/拟稿员|青格勒盟/)
    const stray = await look('补贴名单.xlsx', subsidyXlsx({ parts: { 'xl/stray.xml': '<a>夹带</a>' } }))
    expect(stray.removed).toContain('other')
    expect(inside(stray.bytes)).not.toContain('夹带')
  })

  test('masked, nothing of what was hidden is left in any part of it', async () => {
    const found = await look('补贴名单.xlsx', subsidyXlsx(), {
      mask: { take: ['hidden', 'comments', 'personal'], columns: [] },
    })
    expect(told(found)).toEqual([])
    const text = inside(found.bytes)
    for (const gone of [...IDS, '13800138000', '此户待核实', '备注', '身份证号']) expect(text).not.toContain(gone)
    expect(text).toContain('张三')
    expect(text).toContain('1201')
  })

  test('what leads to other workbooks or keeps rows behind a table is found, and goes with the formulas', async () => {
    const sheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    const parts = {
      'xl/externalLinks/externalLink1.xml': `<externalLink xmlns="${sheet}"><v>外部一二三四五六</v></externalLink>`,
      'xl/pivotCache/pivotCacheRecords1.xml': `<pivotCacheRecords xmlns="${sheet}"><r><s v="手机13800138001"/></r></pivotCacheRecords>`,
      'xl/worksheets/sheet2.xml': `<worksheet xmlns="${sheet}"><sheetData><row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c></row></sheetData></worksheet>`,
    }
    const more: [string, string, string][] = [
      ['rId8', 'externalLink', 'externalLinks/externalLink1.xml'],
      ['rId9', 'pivotCacheDefinition', 'pivotCache/pivotCacheRecords1.xml'],
    ]
    const found = await look('表.xlsx', subsidyXlsx({ parts, more, sheet2: 'visible' }))
    expect(rules(found)).toEqual(expect.arrayContaining(['file-external', 'file-cache', 'mobile']))
    const masked = await look('表.xlsx', subsidyXlsx({ parts, more, sheet2: 'visible' }), {
      mask: { take: ['hidden', 'comments'], columns: [] },
    })
    expect(told(masked)).toEqual([])
    expect(inside(masked.bytes)).not.toMatch(/外部|13800138001|<f>/)
    expect(inside(masked.bytes)).toContain('<v>7</v>')
  })

  test('a column is masked by the usual rule, its heading stays, and names keep their first character', async () => {
    const columns = [
      { sheet: '公示名单', column: 'A' },
      { sheet: '公示名单', column: 'B' },
    ]
    const found = await look('补贴名单.xlsx', subsidyXlsx(), { mask: { take: [], columns } })
    const text = inside(found.bytes)
    for (const id of IDS) expect(text).not.toContain(id)
    expect(text).toContain(`${IDS[0]?.slice(0, 6)}********${IDS[0]?.slice(14)}`)
    expect(text).toContain('身份证号')
    expect(text).toMatch(/张\*\*[\s\S]*王\*\*/)
    expect(text).not.toContain('>张三<')
  })

  test('a mark of secrecy in its first rows is seen, though a cell parts it', async () => {
    expect((await look('表.xlsx', subsidyXlsx({ lead: ['机密★1年'] }))).marked).toBe(true)
    expect((await look('表.xlsx', subsidyXlsx())).marked).toBe(false)
  })

  test('white on white and ;;; hide nothing from a reviewer', async () => {
    const sheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    const styles = `<styleSheet xmlns="${sheet}"><numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts><fonts><font/><font><color rgb="FFFFFFFF"/></font></fonts><fills><fill><patternFill patternType="none"/></fill></fills><cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="164" fontId="0" fillId="0"/><xf numFmtId="0" fontId="1" fillId="0"/></cellXfs></styleSheet>`
    const rows = `<worksheet xmlns="${sheet}"><sheetFormatPr defaultRowHeight="15"/><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>2</v></c><c r="C1" s="2"><v>3</v></c></row><row r="2" hidden="1"><c r="A2"><v>4</v></c></row></sheetData></worksheet>`
    const rels = (inner: string) =>
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`
    const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const made = subsidyXlsx({
      comment: false,
      parts: {
        'xl/styles.xml': styles,
        'xl/worksheets/sheet1.xml': rows,
        'xl/_rels/workbook.xml.rels': rels(
          `<Relationship Id="rId1" Type="${type}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${type}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${type}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="${type}/styles" Target="styles.xml"/>`,
        ),
      },
    })
    expect(told(await look('表.xlsx', made))).toEqual(
      expect.arrayContaining([
        'file-hidden-cells 公示名单!B1, C1 2',
        'file-hidden-rows 公示名单!2 1',
        'file-left-over xl/sharedStrings.xml 9',
      ]),
    )
  })
})

describe('a text document', () => {
  const body = `<w:p><w:r><w:t>各旗</w:t></w:r><w:ins w:id="1" w:author="审核员甲"><w:r><w:t>人民政府</w:t></w:r></w:ins><w:del w:id="2" w:author="审核员甲"><w:r><w:delText>内部掌握的数字</w:delText></w:r></w:del></w:p>
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着的一句</w:t></w:r><w:r><w:t>电话138</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>00138000</w:t></w:r></w:p>
<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>请绕行。</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`
  const made = () =>
    rawDocx(body, {
      comments: [
        'comments',
        wordRoot(
          'comments',
          '<w:comment w:id="0" w:author="审核员甲"><w:p><w:r><w:t>这句不要公开</w:t></w:r></w:p></w:comment>',
        ),
      ],
      header1: ['header', wordRoot('hdr', '<w:p><w:r><w:t>送审稿</w:t></w:r></w:p>')],
    })

  test('a reviewer hears of changes, comments, hidden text, the header, and a number cut into two runs', async () => {
    const found = await look('通知.docx', made())
    expect(told(found)).toEqual(
      expect.arrayContaining([
        'file-tracked 1 2',
        'file-hidden-text document 1',
        'file-comment comments 1',
        'file-header header1 1',
        'mobile document 1',
        'internal-word header1 1',
      ]),
    )
    expect(inside(found.bytes)).not.toMatch(/审核员甲|拟稿员/)
  })

  test('with changes accepted and comments gone the text is what its readers were to read', async () => {
    const found = await look('通知.docx', made(), {
      mask: { take: ['changes', 'comments', 'hidden', 'personal'], columns: [] },
    })
    const text = inside(found.bytes)
    for (const gone of ['内部掌握的数字', '藏着的一句', '这句不要公开', '00138000']) expect(text).not.toContain(gone)
    expect(text.replace(/<[^>]+>/g, '')).toContain('各旗人民政府')
    expect(text.replace(/<[^>]+>/g, '')).toContain('电话138****8000')
    expect(rules(found)).not.toEqual(expect.arrayContaining(['file-tracked']))
  })

  test('one that was written by a program is taken in as it is', async () => {
    const { Document, Packer, Paragraph, TextRun } = await import('docx')
    const doc = new Document({
      sections: [{ children: [new Paragraph({ children: [new TextRun('各旗人民政府：'), new TextRun('请绕行。')] })] }],
    })
    const found = await look('通知.docx', new Uint8Array(await Packer.toBuffer(doc)))
    expect(found.findings.filter((f) => f.weight !== 'listed')).toEqual([])
    expect(inside(found.bytes)).toContain('请绕行。')
  })

  test('a mark of secrecy at its head stops it, in its header too', async () => {
    expect((await look('通知.docx', rawDocx('<w:p><w:r><w:t>机密★</w:t></w:r></w:p>'))).marked).toBe(true)
    const header = { header1: ['header', wordRoot('hdr', '<w:p><w:r><w:t>秘密</w:t></w:r></w:p>')] } satisfies Record<
      string,
      [string, string]
    >
    expect((await look('通知.docx', rawDocx('<w:p><w:r><w:t>通知</w:t></w:r></w:p>', header))).marked).toBe(true)
  })
})

describe('slides and plain texts', () => {
  test('a hidden slide, a shape beside a slide, notes and comments are found, and go when asked to', async () => {
    const found = await look('材料.pptx', slidesPptx())
    expect(told(found)).toEqual(
      expect.arrayContaining(['file-hidden-slide 2 1', 'file-hidden-shape 1 1', 'file-notes 1 1', 'file-comment 1 1']),
    )
    const masked = await look('材料.pptx', slidesPptx(), { mask: { take: ['hidden', 'comments'], columns: [] } })
    expect(told(masked)).toEqual([])
    const text = inside(masked.bytes)
    for (const gone of ['内部口径', '藏着的一页', '不要主动提', '改一下', 'slide2']) expect(text).not.toContain(gone)
    expect(text).toContain('发布会材料')
  })

  test('a list of commas is masked in its numbers and nowhere else', async () => {
    const csv = `\ufeff姓名,身份证号,补贴\n张三,${IDS[0]},1200\n`
    const masked = await look('名单.csv', new TextEncoder().encode(csv), { mask: { take: ['personal'], columns: [] } })
    const head = IDS[0]?.slice(0, 6)
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(masked.bytes)).toBe(
      `\ufeff姓名,身份证号,补贴\n张三,${head}********${IDS[0]?.slice(14)},1200\n`,
    )
    expect(told(masked)).toEqual([])
  })
})

describe('a PDF', () => {
  test('text under a box is read out, and who made the file is not kept', async () => {
    const found = await look('名单.pdf', await coveredPdf())
    expect(told(found)).toEqual(expect.arrayContaining(['file-covered 1 1', 'mobile 1 1']))
    expect(found.removed).toContain('properties')
    const kept = await PDFDocument.load(found.bytes, { updateMetadata: false })
    expect([kept.getAuthor(), kept.getTitle()]).toEqual([undefined, undefined])
    expect(rules(found)).not.toContain('file-metadata')
  })

  test('a page that is only a picture is one a person has to look at', async () => {
    expect(told(await look('附件.pdf', await scannedPdf()))).toContain('file-scan-page 2 1')
  })

  test('scripts and attached files are taken out, a note is found, and goes when asked to', async () => {
    const found = await look('附件.pdf', await busyPdf())
    expect(found.removed).toEqual(expect.arrayContaining(['scripts', 'attached']))
    expect(told(found)).toContain('file-comment 1 1')
    expect(rules(found)).not.toContain('file-embedded')
    const masked = await look('附件.pdf', await busyPdf(), { mask: { take: ['comments'], columns: [] } })
    expect(rules(masked)).toEqual([])
  })
})

describe('a picture', () => {
  test('a photograph loses its place, its camera and what hides behind it, and stays the right way up', async () => {
    const found = await look('现场.jpg', gpsJpeg())
    expect(found.removed).toEqual(expect.arrayContaining(['exif', 'gps', 'xmp', 'comment', 'behind']))
    const bytes = Buffer.from(found.bytes)
    expect(
      bytes.includes('43.65') || bytes.includes('拟稿员') || bytes.includes('xmpmeta') || bytes.includes('PK'),
    ).toBe(false)
    const exif = bytes.indexOf('Exif\0\0')
    expect(bytes.readUInt16BE(exif + 6 + 18)).toBe(6)
    expect(told(found)).toEqual(['file-picture  1'])
  })
  test('a PNG keeps nothing but its picture', async () => {
    const found = await look(
      '图.png',
      png([
        ['tEXt', Buffer.from('Author\0Drafter')],
        ['eXIf', Buffer.from('MM')],
      ]),
    )
    expect(Buffer.from(found.bytes).equals(Buffer.from(png()))).toBe(true)
    expect(found.removed.sort()).toEqual(['comment', 'exif'])
  })
})

describe('what is not taken in', () => {
  const whole = subsidyXlsx()
  const many = () => zip(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, ''])))
  const workbook = (parts: Record<string, string | Uint8Array>) => subsidyXlsx({ parts })
  test.each<[string, string, () => Uint8Array, string]>([
    ['a table cut off', '表.xlsx', () => whole.subarray(0, whole.byteLength - 200), 'file-damaged'],
    [
      'a table with something behind it',
      '表.xlsx',
      () => Buffer.concat([whole, Buffer.from('<script>')]),
      'file-polyglot',
    ],
    [
      'a table with something before it',
      '表.xlsx',
      () => Buffer.concat([Buffer.from('%PDF-1.7 %%EOF '), whole]),
      'file-polyglot',
    ],
    ['ten thousand entries', '表.xlsx', many, 'file-bomb'],
    ['a bomb', '表.xlsx', () => workbook({ 'xl/big.xml': new Uint8Array(8_000_000) }), 'file-bomb'],
    ['entities', '表.xlsx', () => workbook({ 'xl/x.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }), 'file-damaged'],
    ['macros', '表.xlsx', () => workbook({ 'xl/vbaProject.bin': 'x' }), 'file-macros'],
    ['a control', '表.xlsx', () => workbook({ 'xl/activeX/activeX1.xml': '<a/>' }), 'file-active'],
    ['an old or locked format', '表.xls', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-legacy'],
    [
      'a password',
      '表.xlsx',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'file-encrypted',
    ],
    ['a zip of anything', '表.xlsx', () => zip({ 'a.txt': 'a' }), 'file-type'],
    ['a document called a table', '表.xlsx', () => rawDocx('<w:p/>'), 'file-type'],
    [
      'a template',
      '表.xlsx',
      () =>
        zip({
          '[Content_Types].xml': types([['xl/workbook.xml', 'spreadsheetml.template.main']]),
          'xl/workbook.xml': '<a/>',
        }),
      'file-type',
    ],
    ['a PDF cut off', '附件.pdf', () => Buffer.from('%PDF-1.7\n1 0 obj'), 'file-damaged'],
    ['a photograph cut off', '图.jpg', () => gpsJpeg().subarray(0, 60), 'file-damaged'],
    ['a PNG with a wrong sum', '图.png', () => png().map((b, i) => (i === 20 ? b + 1 : b)), 'file-damaged'],
    ['a program', 'a.txt', () => new Uint8Array([0x4d, 0x5a, 0, 1]), 'file-type'],
  ])('%s', async (_what, name, bytes, code) => expect(await refused(name, bytes())).toBe(code))
})

test('a file nobody can finish looking at is one a person has to look at, and nobody waits for it', async () => {
  const thread = new URL('../support/dying-thread.ts', import.meta.url)
  const hasty = openLooker({ thread })
  const found = await hasty.look({ name: '附件.pdf', bytes: new Uint8Array([1]), words: '', phones: [] })
  expect(told(found)).toEqual(['file-unscannable  1'])
  await hasty.close()
})

test('a file that could not even be cleaned in time or memory is not taken in, and the next one is', async () => {
  const small = openLooker({ memoryMb: 8, atOnce: 1 })
  const task = { name: '表.xlsx', bytes: subsidyXlsx(), words: '', phones: [] }
  await expect(small.look(task)).rejects.toThrow('file-damaged')
  await expect(small.look({ ...task, bytes: subsidyXlsx() })).rejects.toThrow('file-damaged')
  await small.close()
})
