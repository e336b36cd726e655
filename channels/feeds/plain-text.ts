/** The words of an HTML body as plain text, one line per paragraph, list item or cell. */
import { Parser } from 'htmlparser2'

const BLOCKS = new Set(
  'p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre div figure figcaption table caption thead tbody tfoot tr th td'.split(
    ' ',
  ),
)
const SILENT = new Set(['script', 'style', 'template', 'textarea', 'option', 'noscript'])

export function plainText(html: string): string {
  let text = ''
  let silent = 0
  const parser = new Parser({
    onopentag(name) {
      if (SILENT.has(name)) silent++
      if (BLOCKS.has(name)) text += '\n'
    },
    ontext(piece) {
      if (silent === 0) text += piece.replace(/\s+/g, ' ')
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent--
      if (BLOCKS.has(name)) text += '\n'
    },
  })
  parser.end(html)
  return text
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}
