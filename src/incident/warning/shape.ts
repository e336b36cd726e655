/** What a document may hold, in which order and how often, as a table; and everything in a tree that is not so. Pure. */
import { type Issue, issue } from '../../lib/errors.ts'
import type { Tree } from '../../lib/xml-tree.ts'

/** `least`, `most`: how often; `of`: the words allowed; `form`: what the text looks like; `inside`: its elements in order. */
export type Rule = {
  name: string
  least?: 1
  most?: 'many'
  of?: readonly string[]
  form?: { is: RegExp; like: string }
  inside?: readonly Rule[]
  /** May be written and left empty, which says no more than leaving it out. */
  hollow?: true
}

export type Shape = { root: string; namespace: string; rules: readonly Rule[]; orderIs: 'error' | 'warning' }

const DSIG = 'http://www.w3.org/2000/09/xmldsig#'

export function shapeIssues(tree: Tree, shape: Shape): Issue[] {
  if (tree.name !== shape.root || tree.namespace !== shape.namespace)
    return [issue('file', 'cap-root', { found: tree.name, namespace: tree.namespace || '-', right: shape.root })]
  return insideIssues(tree, shape.rules, tree.name, shape)
}

function insideIssues(tree: Tree, rules: readonly Rule[], at: string, shape: Shape): Issue[] {
  const issues: Issue[] = []
  if (tree.text.trim() !== '') issues.push(issue(at, 'cap-stray-text', { text: tree.text.trim().slice(0, 40) }))
  let reached = 0
  const seen = new Map<string, number>()
  for (const child of tree.children) {
    if (child.namespace === DSIG) continue
    const place = rules.findIndex((r) => r.name === child.name)
    const rule = rules[place]
    const nth = seen.get(child.name) ?? 0
    const field = `${at}.${child.name}${rule?.most === 'many' ? `[${nth}]` : ''}`
    if (!rule || child.namespace !== shape.namespace) {
      issues.push(issue(field, 'cap-unknown-element', { name: child.name }))
      continue
    }
    seen.set(child.name, nth + 1)
    if (place < reached) issues.push(issue(field, 'cap-order', { after: rules[reached]?.name ?? '' }, shape.orderIs))
    reached = Math.max(reached, place)
    if (nth === 1 && rule.most !== 'many') issues.push(issue(field, 'cap-repeated'))
    issues.push(...ownIssues(child, rule, field, shape))
  }
  const missing = rules.filter((r) => r.least && !seen.has(r.name))
  return [...issues, ...missing.map((r) => issue(`${at}.${r.name}`, 'cap-missing'))]
}

function ownIssues(tree: Tree, rule: Rule, field: string, shape: Shape): Issue[] {
  if (rule.inside) return insideIssues(tree, rule.inside, field, shape)
  const text = tree.text.trim()
  if (tree.children.length > 0) return [issue(field, 'cap-nested')]
  if (text === '') return rule.hollow ? [] : [issue(field, 'cap-empty', undefined, rule.least ? 'error' : 'warning')]
  if (rule.of && !rule.of.includes(text))
    return [issue(field, 'cap-word', { found: text.slice(0, 40), right: rule.of.join(' ') })]
  if (rule.form && !rule.form.is.test(text))
    return [issue(field, 'cap-form', { found: text.slice(0, 60), right: rule.form.like })]
  return []
}

/** Reading a tree whose shape is known: the text of a child, or undefined where it is absent or empty. */
export const textOf = (tree: Tree, name: string): string | undefined =>
  tree.children.find((c) => c.name === name)?.text.trim() || undefined
export const textsOf = (tree: Tree, name: string): string[] =>
  allOf(tree, name)
    .map((c) => c.text.trim())
    .filter((x) => x !== '')
export const allOf = (tree: Tree, name: string): Tree[] => tree.children.filter((c) => c.name === name)
