/** Chinese telephone numbers as people write them: mobile, area code and number with extension, 400/800, short service numbers. */
export const PHONE =
  /^(?:(?:\+86[- ]?)?(?:1\d{2}[- ]?\d{4}[- ]?\d{4}|\(?0\d{2,3}\)?[- ]?\d{7,8}(?:(?:-|转)\d{1,5})?|[48]00[- ]?\d{3}[- ]?\d{4})|1\d{2,4}|\d{7,8}(?:(?:-|转)\d{1,5})?|9[56]\d{3,4})$/

/** What a tel: link dials (RFC 3966): digits and a leading plus; an extension after a comma, which is a pause. */
export const dialled = (phone: string): string =>
  phone.replace(/(?<=\d{7})(?:转|-)(\d{1,5})$/, ',$1').replace(/[^\d+,]/g, '')
