/** CSS of search, calendar and keys at the desk, and of the two rows of its head. */

export const myDeskCss = `
.d-top .d-wrap{flex-wrap:wrap;padding-top:.5rem}
.d-top .d-wrap>.d-nav{order:5;flex-basis:100%;margin:0 0 0 -.125rem}
.d-top .d-nav a{padding:.25rem 0 .5rem}
.d-search{display:flex;gap:.5rem;align-items:center;margin:0}
.d-search-place{display:block}
.d-top .d-search-place{margin-left:auto;flex:0 1 20rem}
.d-search input{min-height:2.25rem;padding:.25rem .625rem}
.d-top .d-search button{min-height:2.25rem;padding:.25rem .75rem;font-size:.9375rem;flex:none}
.d-search.whole{flex-wrap:wrap;max-width:44rem;margin-bottom:1.25rem}
.d-search.whole label{flex-basis:100%}
.d-search.whole input{flex:1 1 12rem;min-height:2.75rem}
.d-rows .d-excerpt{color:var(--ink);display:block}
.d-day{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:0 1.5rem;border-top:1px solid var(--line);padding:.5rem 0 0}
.d-day h2{font:700 1rem/1.5 var(--sans);margin:.625rem 0;display:flex;flex-wrap:wrap;gap:.125rem .5rem;align-items:baseline}
.d-day.bare h2{font-weight:400;color:var(--ink-2);margin:0}
.d-day.bare{padding:.375rem 0}
.d-day.weekend,.d-day.holiday{background:var(--wash);box-shadow:-.75rem 0 0 var(--wash),.75rem 0 0 var(--wash)}
.d-day.holiday h2,.d-day.weekend h2{color:var(--ink-2)}
.d-day .d-rows{margin:0}
.d-day .d-rows>li:last-child{border-bottom:0}
.d-day.late-day{border-top:2px solid var(--seal-ink)}
.d-keys{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:0 2rem}
.d-keys h2{font:700 1rem/1.5 var(--sans);border-top:2px solid var(--ink);padding-top:.5rem;margin:0 0 .25rem}
.d-keys dl{margin:0 0 1.25rem}
.d-keys dl>div{display:grid;grid-template-columns:9rem minmax(0,1fr);border-bottom:1px solid var(--line);padding:.25rem 0}
.d-keys dd{margin:0}
.d-keys>.hint{grid-column:1/-1}
kbd{font:600 .875rem/1.4 ui-monospace,Consolas,monospace;border:1px solid var(--edge);border-radius:3px;padding:0 .375rem;background:var(--card)}
.d-dialog{border:1px solid var(--edge);border-radius:5px;background:var(--paper);color:var(--ink);width:min(62rem,calc(100vw - 2rem));max-height:calc(100vh - 2rem);overflow:auto;padding:1.25rem 1.5rem}
.d-dialog::backdrop{background:rgb(0 0 0/.5)}
.d-dialog a{align-self:center}
@media (max-width:60rem){
.d-top .d-search-place{display:none}
.d-foot .d-search{margin-bottom:.75rem}
}
@media (min-width:60.01rem){.d-foot .d-search-place{display:none}}
@media (max-width:38rem){
.d-day{grid-template-columns:minmax(0,1fr)}
.d-day .d-rows>li{grid-template-columns:4rem minmax(0,1fr)}
.d-day .d-rows>li>time{grid-column:auto}
.d-day .d-rows>li>span:last-child{display:none}
}
`
