/** CSS of reports that went up, of what is listed beside an incident, and of what is destroyed at the end. */
export const incidentDeskCss = `
.d-upward,.d-links,.d-personal{list-style:none;margin:0 0 1rem;padding:0}
.d-upward>li,.d-personal>li{padding:.625rem 0;border-bottom:1px solid var(--line)}
.d-upward p,.d-links p,.d-personal p{margin:0}
.d-entry{display:flex;flex-wrap:wrap;gap:0 .875rem}
.d-upward .old{color:var(--ink-2);border-left:2px solid var(--line);padding-left:.75rem;margin:.25rem 0}
.d-upward .old .d-entry{text-decoration:line-through}
.d-upward summary{min-height:1.75rem}
.d-links>li{padding:.375rem 0;border-bottom:1px solid var(--line)}
.d-links a{overflow-wrap:anywhere}
.d-columns .d-rule+.relay,.d-columns .d-rule+form,#upward>p,#personal>p{margin-top:.75rem}
.d-columns form.d-narrow+form{margin-top:1.75rem}
.d-upward details,#upward>details{margin:.5rem 0}
.d-upward form,#upward form{margin-top:.5rem}
#about-it h3{font:700 1rem/1.5 var(--sans);margin:1rem 0 0}
.d-personal>li{display:grid;grid-template-columns:minmax(0,1fr) 14rem;gap:.25rem 1.25rem;align-items:end}
.d-personal .field{margin:0}
@media (max-width:40rem){
.d-personal>li{grid-template-columns:minmax(0,1fr)}
}
`
