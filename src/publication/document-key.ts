/** 发文字号 as people type it, brought to one form: 青政办发〔2026〕41号, [2026], （2026） and 【2026】 are the same number. */

const DOCUMENT = /^(\p{Script=Han}{1,20})[[(〔【〖﹝{](\d{4})[\])〕】〗﹞}](?:第)?0*([1-9]\d{0,5})号?$/u

/** The key a document number is filed under; the text itself, without blanks, where it is none. */
export function documentKey(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
  const m = DOCUMENT.exec(plain)
  return m ? `${m[1]}${m[2]}-${m[3]}` : plain
}

export const isDocumentNumber = (text: string): boolean =>
  DOCUMENT.test(text.normalize('NFKC').replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, ''))

/** 2026-000042, also in full-width digits or with another dash; null where it is no release number. */
export function releaseNumberIn(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[‐‑‒–—−]/g, '-')
  return /^\d{4}-\d{6}$/.test(plain) ? plain : null
}
