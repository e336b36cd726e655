/** CSS of accounts: ways to sign in, second factors, sessions, the sheet for the envelope. */
export const accountsDeskCss = `
.a-ways{display:flex;flex-direction:column;gap:.75rem;border-top:1px solid var(--line);margin:1.5rem 0 1rem;padding-top:1.25rem}
.a-ways p,.a-passkey p{margin:0}
.a-passkey{display:flex;flex-direction:column;align-items:flex-start;gap:.375rem}
.a-passkey [role=status]:empty{display:none}
.a-first{margin:0 0 1.25rem}
@media (max-width:40rem){#changes .d-rows>li{display:block}#changes .d-buttons{margin-top:.5rem}}
.a-prove{border-left:4px solid var(--seal-ink);padding-left:1rem;margin-bottom:1.5rem}
.a-prove h2{margin-top:0}
.a-form{max-width:26rem;padding-top:.5rem}
.a-list{margin-bottom:.75rem}
.chip.a-on{color:var(--ok);border-color:var(--ok)}
.a-sessions{list-style:none;margin:0 0 1rem;padding:0}
.a-sessions>li{border-bottom:1px solid var(--line);padding:.625rem 0}
.a-sessions p{margin:0}
.a-sessions form{margin-top:.375rem}
.a-member{display:flex;flex-direction:column;align-items:flex-start;gap:.375rem;padding-top:.375rem}
.a-rule{margin:1rem 0}
.a-rule p{margin:0 0 .5rem}
.a-factor{margin-bottom:1rem}
.a-scan .qr{display:block;width:16rem;max-width:100%;margin:0 0 1rem}
.a-scan code{font-size:1.0625rem;overflow-wrap:anywhere}
.a-codes{columns:2;column-gap:2rem;margin:1rem 0 1.5rem;padding-left:2rem;max-width:24rem}
.a-codes li{padding:.25rem 0;break-inside:avoid}
.a-codes code{font-size:1.25rem;font-variant-numeric:tabular-nums;white-space:nowrap}
@media (max-width:24rem){.a-codes{columns:1}}
@media print{
.d-top,.d-foot,.d-band,.a-screen,.skip{display:none!important}
.a-paper{max-width:none}
.a-codes{max-width:none;font-size:14pt}
}
`
