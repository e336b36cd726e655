/** Rows of a repeated group that hold a choice and no words: controls nobody touched, which say nothing. The browser asks the same. */

const GROUP = /^(core\.(?:contacts|relatesTo)\.\d+)\.(\w+)$/
const CHOICES = ['audience', 'as']

/** The fields without them. */
export function withoutIdle<V extends readonly string[] | string>(fields: [name: string, value: V][]): [string, V][] {
  const filled = (value: V) => (typeof value === 'string' ? value : (value[0] ?? '')).trim() !== ''
  const rows = new Set(
    fields.flatMap(([name, value]) => {
      const [, row, last] = GROUP.exec(name) ?? []
      return row && !CHOICES.includes(last ?? '') && filled(value) ? [row] : []
    }),
  )
  return fields.filter(([name]) => {
    const row = GROUP.exec(name)?.[1]
    return !row || rows.has(row)
  })
}
