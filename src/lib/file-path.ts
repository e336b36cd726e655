/** Where an attachment stands on the public side. */

/** The name a reader's browser saves it by; what would mean another path becomes _. */
const publicName = (name: string): string =>
  /^\.*$/.test(name) ? 'file' : name.toWellFormed().replace(/[\u0000-\u001f\u007f\\/?#%]/g, '_')

/** As a request line carries it: percent-encoded. The hash makes it immutable. @param root '' or /exercise */
export const filePathIn = (root: string, file: { sha256: string; name: string }): string =>
  `${root}/files/${file.sha256}/${encodeURIComponent(publicName(file.name))}`

/** Everywhere it can stand, as a person reads it, which is how the store names its files. */
export const filePlaces = (file: { sha256: string; name: string }): string[] =>
  ['', '/exercise'].map((root) => decodeURIComponent(filePathIn(root, file)))

/** What a page shows and does not only offer. */
export const isPicture = (file: { type: string }): boolean => /^image\/(png|jpeg)$/.test(file.type)
