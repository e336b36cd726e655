/** A file brought as a warning: which form it is in, what it says, what is wrong with it, what its signature is worth. Pure. */
import { type Issue, issue } from '../../lib/errors.ts'
import { sha256 } from '../../lib/id.ts'
import { decoded, isRefusal, MOST_BYTES, readXml, readXmlText, type Tree, type XmlRefusal } from '../../lib/xml-tree.ts'
import { certificateFace, checkSignature, type SignatureFound, standing } from '../../lib/xml-verify.ts'
import { CAP_NAMESPACE, type CapAlert } from './alert.ts'
import { capFrom } from './cap.ts'
import { capRules } from './cap-rules.ts'
import { CAP_SHAPE } from './cap-shape.ts'
import { type Dialect, dialectFrom } from './dialect.ts'
import { dialectRules } from './dialect-rules.ts'
import { DIALECT_SHAPE } from './dialect-shape.ts'
import { shapeIssues } from './shape.ts'

/** `unknown`: whole and by whoever holds that certificate, which is none the office keeps. */
export type Signed =
  | { state: 'absent' }
  | { state: 'invalid'; why: string }
  | { state: 'trusted' | 'unknown' | 'out-of-date'; subject: string; fingerprint: string; certificate: string }

type Common = { sha256: string; problems: Issue[]; signature: Signed }
export type Reading =
  | ({ form: 'none' } & Common)
  /** null where the file is too broken to be read as what it is. */
  | ({ form: 'cap'; alert: CapAlert | null } & Common)
  | ({ form: '12379'; alert: Dialect | null } & Common)

/** @param held certificates the office trusts, PEM */
export function readWarning(bytes: Uint8Array, held: readonly string[] = []): Reading {
  const name = sha256(bytes)
  const tree = readXml(bytes)
  if (isRefusal(tree)) return { form: 'none', sha256: name, problems: [refusal(tree)], signature: { state: 'absent' } }
  if (isDialect(tree)) return readDialect(tree, name)
  return readCap(tree, decoded(bytes) as string, name, held)
}

/** The Chinese form has the same root and no namespace of its own in the files that are about; senderCode tells it. */
const isDialect = (tree: Tree): boolean =>
  tree.name === 'alert' && tree.namespace !== CAP_NAMESPACE && tree.children.some((c) => c.name === 'senderCode')

function readDialect(tree: Tree, name: string): Reading {
  const shape = { ...DIALECT_SHAPE, namespace: tree.namespace }
  const problems = shapeIssues(tree, shape)
  const alert = broken(problems) ? null : dialectFrom(tree)
  const rules = alert ? dialectRules(alert) : []
  return { form: '12379', sha256: name, alert, problems: [...problems, ...rules], signature: { state: 'absent' } }
}

function readCap(tree: Tree, xml: string, name: string, held: readonly string[]): Reading {
  const found = checkSignature(xml)
  const vouched = found.state === 'valid' ? readXmlText(found.signed) : tree
  if (isRefusal(vouched))
    return { form: 'none', sha256: name, problems: [refusal(vouched)], signature: { state: 'absent' } }
  const problems = shapeIssues(vouched, CAP_SHAPE)
  const alert = broken(problems) ? null : capFrom(vouched)
  const rules = alert ? capRules(alert) : []
  const signature = worth(found, held, alert?.sent)
  const unsound = signature.state === 'invalid' ? [issue('signature', 'cap-signature', { why: signature.why })] : []
  return { form: 'cap', sha256: name, alert, problems: [...unsound, ...problems, ...rules], signature }
}

const broken = (problems: Issue[]): boolean => problems.some((p) => p.severity === 'error')

function worth(found: SignatureFound, held: readonly string[], sent: string | undefined): Signed {
  if (found.state !== 'valid') return found
  const { certificate } = found
  return { state: standing(certificate, held, sent ?? ''), ...certificateFace(certificate), certificate }
}

const refusal = ({ refused, why }: XmlRefusal): Issue =>
  issue('file', `xml-${refused}`, { why: why ?? '', most: MOST_BYTES / 1024 })
