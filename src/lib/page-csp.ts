/** Content-Security-Policy of every page, public or desk. */

/** Pages load nothing from elsewhere and run no inline script. */
export const PAGE_CSP =
  "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
