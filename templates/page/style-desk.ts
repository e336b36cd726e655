/** CSS of the desk: its frame, lists, the draft form, deciding, watching; the text of a release looks as on the public site. */
import { siteCss } from './style.ts'
import { accountsDeskCss } from './style-accounts.ts'
import { clocksDeskCss } from './style-clocks.ts'
import { editorDeskCss } from './style-editor.ts'
import { exerciseDeskCss } from './style-exercise.ts'
import { incidentDeskCss } from './style-incident-desk.ts'
import { manualDeskCss } from './style-manual.ts'
import { mediaDeskCss } from './style-media.ts'
import { myDeskCss } from './style-my-desk.ts'
import { officeDeskCss } from './style-office.ts'
import { previewCss } from './style-preview.ts'
import { readersCss } from './style-readers.ts'
import { reviewDeskCss } from './style-review.ts'
import { scanFileCss } from './style-scan-file.ts'
import { warningDeskCss } from './style-warning.ts'

const css = `
.desk form{max-width:none}
.desk h1{font-size:1.625rem;margin-bottom:.5rem}
.d-wrap{width:100%;max-width:1352px;margin:0 auto;padding:0 1rem}
main.d-wrap{padding-top:1.25rem;padding-bottom:3rem;outline:0}
.d-narrow{max-width:38rem}
.desk textarea{min-height:0}
.desk input[type^=date]:focus-within{outline:3px solid var(--sky);outline-offset:2px;border-radius:2px}
.d-small-head{font:700 1rem/1.5 var(--sans)}
.d-band{display:flex;flex-wrap:wrap;gap:0 1.25rem;align-items:center;text-align:left;padding:.25rem max(1rem,calc((100% - 1320px)/2))}
.d-band .mark{border:1px solid currentColor;border-radius:3px;padding:0 .5rem;font-weight:700}
.d-band .d-now{margin-left:auto}
.d-band.live strong{color:#f6c98f}
.d-top{background:var(--card);border-bottom:1px solid var(--line)}
.d-top .d-wrap{display:flex;align-items:center;gap:.5rem 1.5rem;min-height:4rem}
.d-nav{margin-left:auto}
.d-nav ul,.d-foot nav ul{display:flex;flex-wrap:wrap;gap:0 1.375rem;list-style:none;margin:0;padding:0}
.d-nav a,.d-foot nav a,.d-to-menu{display:inline-block;padding:.5rem 0;color:var(--ink);text-decoration:none}
.d-nav a:hover,.d-foot nav a:hover{text-decoration:underline}
.d-nav a[aria-current]{box-shadow:inset 0 -2px 0 var(--ink);font-weight:700}
.count{margin-left:.375rem;font-weight:700;color:var(--seal-ink)}
.d-to-menu{display:none;margin-left:auto;padding:.5rem .25rem;white-space:nowrap}
.d-begin{display:flex;gap:.5rem;margin:0}
.d-begin .button{min-height:2.25rem;padding:.25rem .875rem;font-size:.9375rem;white-space:nowrap}
.d-top>.d-wrap>.d-language{margin-left:auto}
.d-foot{border-top:1px solid var(--line);background:var(--card);padding:1rem 0 2rem;font-size:.9375rem}
.d-foot nav{display:none}
.d-who{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:center;color:var(--ink-2)}
.d-who>:first-child{margin-right:auto}
.d-who a,.d-who button{min-height:1.75rem;display:inline-flex;align-items:center}
button.link{border:0;background:none;padding:0;min-height:0;font:inherit;color:var(--sky);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.2em}
.d-said{padding:.5rem 1rem}
.d-empty{color:var(--ink-2);border-top:1px solid var(--line);border-bottom:1px solid var(--line);padding:1.25rem 0}
.d-side .d-empty{padding:.625rem 0;font-size:.9375rem;border-top:0}
.d-rule{border-bottom:2px solid var(--ink);padding-bottom:.375rem;margin-top:2rem}
.d-columns{display:grid;grid-template-columns:minmax(0,1fr) 22rem;gap:0 3rem;align-items:start}
.d-side section{border-top:2px solid var(--ink);padding-top:.625rem;margin-bottom:1.75rem}
section.d-side{border-top:2px solid var(--ink);padding-top:.625rem}
.d-side h2{margin-bottom:.375rem}
.d-sub{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;color:var(--ink-2);margin:0 0 1rem}
.d-buttons:empty{display:none}
.d-buttons{display:flex;flex-wrap:wrap;gap:.625rem;margin:0}
.late:not(li){color:var(--seal-ink);font-weight:700}
.due{color:var(--warn);font-weight:700}
.fine{color:var(--ok);text-decoration:none}
.about{display:inline-flex;flex-wrap:wrap;gap:.125rem .625rem;align-items:baseline;color:var(--ink-2)}
.chip.flash{border-color:var(--seal-ink);color:var(--seal-ink);font-weight:700}
.chip.duty{border-color:var(--ok);color:var(--ok)}
.chip.state-published{border-color:var(--ok);color:var(--ok)}
.chip.state-in-review,.chip.state-scheduled,.chip.state-approved{border-color:var(--sky);color:var(--sky)}
.chip.state-held,.chip.state-quarantined{border-color:var(--seal-ink);color:var(--seal-ink);font-weight:700}
.hash{color:var(--ink-2)}
.pages{margin-top:1rem}

.d-rows .d-words{white-space:pre-wrap;overflow-wrap:anywhere;color:var(--ink)}
.d-break{overflow-wrap:anywhere}
.d-rows{list-style:none;margin:0 0 1.5rem;padding:0}
.d-rows>li{display:grid;grid-template-columns:6rem minmax(0,1fr) auto;gap:.125rem 1rem;align-items:start;padding:.75rem 0;border-bottom:1px solid var(--line)}
.d-rows>li>time,.d-rows>li>.d-span{color:var(--ink-2);font-size:.9375rem;padding-top:.125rem;white-space:normal}
.d-rows .title{font:700 1.0625rem/1.45 var(--serif);color:var(--ink);text-decoration:none;display:inline-block;min-height:1.5rem}
.d-rows .title:hover{text-decoration:underline}
.d-rows p{margin:.125rem 0 0;display:flex;flex-wrap:wrap;gap:.125rem .75rem;font-size:.9375rem;color:var(--ink-2)}
.d-rows p strong{color:var(--ink)}
.d-rows>li.flash{box-shadow:inset 3px 0 0 var(--seal-ink);padding-left:.75rem}
.d-rows .button{min-height:2.5rem;padding:.375rem 1rem}
.d-rows.plain>li{grid-template-columns:8rem minmax(0,1fr) auto}
.d-going,.d-alarms{list-style:none;margin:0;padding:0;font-size:.9375rem}
.d-going li,.d-alarms li{padding:.625rem 0;border-bottom:1px solid var(--line)}
.d-going p,.d-alarms p{margin:.125rem 0 0}
.d-going a{color:var(--ink);font-weight:700;text-decoration:none;display:inline-block;min-height:1.5rem}
.d-going a:hover{text-decoration:underline}
.d-going p{color:var(--ink-2)}
.d-alarms li{border-left:4px solid var(--line);padding-left:.75rem}
.d-alarms li.open{border-left-color:var(--seal-ink)}
.d-alarms form{margin-top:.5rem}
.d-filter{display:flex;flex-wrap:wrap;gap:0 1rem;align-items:end;border-bottom:1px solid var(--line);margin-bottom:.5rem}
.d-filter .field{min-width:10rem}
.d-filter button{margin-bottom:1.25rem}

.d-issues h2{font:700 1rem/1.6 var(--sans);margin-bottom:.25rem}
.d-issues.mild{border-left-color:var(--warn)}
.d-issues ol{margin:0;padding-left:1.25rem}
.d-issues li{padding:.125rem 0}
.d-issues .said,.d-found .said{margin-left:.5rem}
.remedy{color:var(--ink-2)}
.d-found{list-style:none;margin:.25rem 0 0;padding:0;font-size:.875rem}
.d-found .said{margin:0}
.d-found .error{color:var(--seal-ink);font-weight:700}
.d-found .error .remedy{font-weight:400}
.d-found .warning,.d-found .hint{color:var(--warn)}

.d-draft{display:grid;grid-template-columns:minmax(0,1fr) 21rem;gap:0 2.5rem;align-items:start}
.d-aside{position:sticky;top:.75rem;max-height:calc(100vh - 1.5rem);overflow:auto;padding:2px 2px 1rem}
.d-aside section{border-top:2px solid var(--ink);padding-top:.625rem;margin-bottom:1.5rem}
.d-aside h2{font-size:1rem;margin-bottom:.375rem}
.d-actions{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.d-actions>p,.d-actions>.d-kind{flex-basis:100%;margin:0}
.d-actions button{flex:1}
.d-bar{display:contents}
.d-bar>p{flex-basis:100%;margin:0}
.d-kind{border-top:1px solid var(--line);padding-top:.75rem;margin-top:.25rem!important}
.d-kind .field{margin-bottom:.75rem}
.d-tally{font-weight:700}
.hint{color:var(--ink-2);font-size:.875rem}
.d-part{border:0;margin:0 0 1.25rem}
details.d-part,.d-more{border-top:1px solid var(--line);padding:.5rem 0}
summary{cursor:pointer;font-weight:700;padding:.375rem 0;min-height:1.75rem}
summary .own{font-weight:400;color:var(--ink-2);margin-left:.5rem}
.d-title input{font:700 1.25rem/1.5 var(--serif)}
.d-group{border-top:2px solid var(--ink);padding-top:.75rem;margin:0 0 1.5rem}
fieldset.d-group>legend{font:700 1.0625rem/1.4 var(--serif);float:left;width:100%;margin-bottom:.75rem}
fieldset.d-group>legend+*{clear:both}
.d-grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:0 1.25rem;clear:both}
.d-contact{display:grid;grid-template-columns:1.3fr 1fr 1.2fr .9fr;gap:0 .75rem;border-bottom:1px solid var(--line);margin-bottom:.75rem}
.d-contact.two{grid-template-columns:minmax(0,1fr) 14rem}
.d-contact.two>.choice{margin-top:2rem}
.d-contact .field{margin-bottom:.75rem}
.d-contact .choice{margin-bottom:1.25rem}
.d-areas .choices{max-height:16rem;overflow:auto;border:1px solid var(--line);padding:.5rem .75rem;columns:15rem}
.depth-1{padding-left:1.25rem}.depth-2{padding-left:2.5rem}.depth-3{padding-left:3.75rem}.depth-4{padding-left:5rem}
.d-outlets{list-style:none;margin:0 0 1rem;padding:0}
.d-outlets [aria-hidden]{margin-right:.5rem}
.d-outlets li{display:flex;flex-wrap:wrap;gap:0 1rem;justify-content:space-between;padding:.375rem 0;border-bottom:1px solid var(--line)}
.reach{color:var(--ink-2);font-variant-numeric:tabular-nums}
.d-people{list-style:none;margin:0 0 .5rem;padding:0}
.d-people li{display:flex;flex-wrap:wrap;gap:.125rem .75rem;align-items:center;min-height:2.25rem;border-bottom:1px solid var(--line)}
.d-people a{margin-left:auto;font-weight:700;padding:.25rem 0}
.d-hits ul{list-style:none;margin:0;padding:0}
.d-hits li{border-left:4px solid var(--warn);padding:.25rem 0 .25rem .75rem;margin-bottom:.75rem}
.d-hits li.hit-block{border-left-color:var(--seal-ink)}
.d-hits li.settled{border-left-color:var(--ok)}
.d-hits p{margin:0 0 .25rem}
.d-hits fieldset{margin:0}
.d-hit{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:end}
.d-hit .field{flex:1 1 12rem;margin:0 0 .5rem}
.d-hit button{margin-bottom:.5rem}
mark{background:#fbe7a1;color:#1b2420;padding:0 .125em;border-bottom:2px solid #c79a00}
.d-two{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
.d-two h3{margin-bottom:.25rem}
.d-kinds{list-style:none;margin:0;padding:0}
.d-kinds li{display:grid;grid-template-columns:minmax(9rem,13rem) minmax(0,1fr) auto;gap:.125rem 1rem;padding:.75rem 0;border-bottom:1px solid var(--line);align-items:baseline}
.d-kinds a:first-child{font:700 1.0625rem/1.4 var(--serif)}
.desk .mongol textarea{writing-mode:vertical-lr;height:16rem;font-family:var(--mongol)}

.d-changes{margin:0}
.d-changes dt{font-weight:700;margin-top:.5rem}
.d-changes dd{margin:0}
.d-diff{margin:0;white-space:pre-wrap}
.d-diff del{background:#fbdedb;color:#7c1710;text-decoration-thickness:1px}
.d-diff ins{background:#d9ecdf;color:#14472a;text-decoration:none;border-bottom:2px solid #2e6b3f}

.d-three{display:grid;grid-template-columns:12.5rem minmax(0,1fr) 22rem;gap:0 2.25rem;align-items:start}
.d-line h2{font:400 .9375rem/1.6 var(--sans);color:var(--ink-2);margin-bottom:.5rem}
.d-sheet{background:var(--card);border:1px solid var(--line);padding:1.5rem 2.5rem;margin-bottom:1.25rem}
.d-reading h1{font-size:1.625rem}
.d-reading .tongues{display:none}
.d-since{background:var(--card);border:1px solid var(--line);padding:.25rem 1rem .5rem;margin:0 0 1rem}
p.d-since{padding:.5rem 1rem}
.d-verdict{background:var(--card);border:1px solid var(--line);padding:1rem 1.25rem}
.d-verdict h2{margin-bottom:.5rem}
.d-verdict button,.d-verdict .button{width:100%}
.d-apart{border-top:1px solid var(--line);margin:1.25rem 0 0;padding-top:1.25rem}
.d-happens{border-bottom:1px solid var(--line);margin-bottom:1rem}
.d-check{border-bottom:1px solid var(--line);padding:.25rem 0}
.d-check .field{margin:0}
.d-check fieldset{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 .75rem;align-items:center}
.d-check legend{display:contents}
.d-check fieldset>span{font-weight:700;line-height:1.3}
.d-check .d-found{grid-column:1/-1}
.d-check .d-radios{gap:0 .75rem}
.d-check .choice{min-height:1.75rem}
.d-check input[type=radio]{margin-right:.375rem}
.d-check .note{display:grid;grid-template-columns:auto minmax(0,1fr);gap:0 .75rem;align-items:center;padding:.125rem 0 .375rem}
.d-check .note label{font-weight:400;font-size:.875rem;color:var(--ink-2)}
.d-check .note input{min-height:2.25rem;padding:.25rem .5rem}
@supports selector(:has(a)){.d-check:not(:has([value=issue]:checked,[value=na]:checked,.note input:not(:placeholder-shown),.note input:focus)) .note{display:none}}
.d-confidentiality .field{margin-bottom:.75rem}
.d-confidentiality .d-check .field{margin-bottom:0}
.d-three.checks{grid-template-columns:11rem minmax(0,1fr) 27rem}
.d-verdict .hint{margin:.75rem 0 0}
.d-radios{display:flex;flex-wrap:wrap;gap:0 1.25rem}

.d-release-head{display:flex;flex-wrap:wrap;gap:.5rem 2rem;justify-content:space-between;align-items:end;margin-bottom:1.25rem}
.d-release-head .d-sub{margin:0 0 .25rem}
.d-release-head h1{margin:0}
.d-edition{margin-bottom:1.5rem}
.d-edition h3{font-size:1.0625rem;border-bottom:2px solid var(--ink);padding-bottom:.375rem}
.d-edition h3 time{font:400 .9375rem/1.4 var(--sans);color:var(--ink-2)}
.told{margin:.5rem 0 0;font-size:1.0625rem}
.d-outlet{display:grid;grid-template-columns:7rem minmax(0,1fr) 10rem;gap:.125rem 1.25rem;padding:.875rem 0;border-bottom:1px solid var(--line)}
.d-outlet h4{margin:0;font-size:1rem}
.d-outlet p{margin:.125rem 0 0;color:var(--ink-2)}
.d-outlet p strong{color:var(--ink)}
.d-outlet .total{color:var(--ink);text-align:right;margin:0;white-space:nowrap}
.d-outlet.held p strong,.d-outlet.stopped p strong{color:var(--seal-ink)}
.bar{display:block;height:10px;margin:.4rem 0 .25rem}
.bar .all{fill:var(--wash)}
.bar .accepted{fill:var(--ok)}
.bar .in_digest{fill:var(--sky)}
.bar .deferred,.bar .unknown{fill:#c79a00}
.bar .failed,.bar .gone{fill:var(--seal)}
.bar .suppressed,.bar .superseded{fill:var(--edge)}
.bar .sending{fill:var(--sky-fill)}
.bar .planned{fill:var(--line)}
.d-counts,.d-times{display:flex;flex-wrap:wrap;gap:0 1.25rem;list-style:none;margin:.25rem 0 0;padding:0;font-size:.875rem;color:var(--ink-2)}
.d-counts b{color:var(--ink)}
.d-counts .failed b,.d-counts .gone b,.d-counts .unknown b{color:var(--seal-ink)}
.d-counts .sum{font-weight:700;color:var(--ink)}
.d-causes{font-size:.9375rem}
.d-causes ul{list-style:none;margin:.25rem 0 0;padding:0}
.d-causes li{padding:.5rem 0;border-top:1px solid var(--line)}
.d-causes .cause{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .75rem;color:var(--ink)}
.d-causes .cause b{margin-left:auto}
.d-causes q{overflow-wrap:anywhere}
.d-halt{margin-top:.25rem}
.d-alarms .about{display:flex;flex-wrap:wrap;gap:0 .75rem;align-items:baseline}
.d-outlet form{display:inline-block;margin:.5rem .5rem 0 0}
.d-answers p{color:var(--seal-ink);font-weight:700}
.d-opinions{list-style:none;margin:0;padding:0}
.d-opinions li{padding:.5rem 0;border-bottom:1px solid var(--line)}
.d-opinions p{margin:0;color:var(--ink-2)}
.d-opinions blockquote{margin:.125rem 0 0;white-space:pre-wrap}
.d-links{list-style:none;margin:.5rem 0 0;padding:0}
.d-links a{display:inline-block;padding:.25rem 0}
.d-more-acts form,.d-more-acts>.button{display:block;margin:0 0 .625rem}
.d-more-acts button{width:100%}
.d-more-acts>p{margin:0 0 .25rem}
.d-incident{border-bottom:1px solid var(--line);padding:0 0 1rem;margin-bottom:1.25rem}
.d-incident.closed h2{color:var(--ink-2)}
.d-incident dl{margin:.5rem 0}
.d-table{width:100%;font-size:.9375rem}
.d-table td,.d-table th{padding-right:.875rem}
.d-ledger{font-size:.875rem}
.d-ledger td{white-space:nowrap}
.d-ledger td:nth-child(5){white-space:normal;min-width:13rem}
.d-ledger td:nth-child(6){white-space:normal;min-width:20rem}
.d-fold{border-top:2px solid var(--ink);padding:.375rem 0;margin-bottom:.75rem}
.d-rule+.d-fold,.d-rule+.hint+.d-fold,.d-rule+.small+.d-fold,.d-empty+.d-fold,.d-fold>.d-rule{border-top:0}
.d-fold summary{font:700 1.125rem/1.4 var(--serif)}
.d-tree{list-style:none;margin:0;padding:0}
.d-tree a{display:inline-block;padding:.25rem 0}
.d-tree a[aria-current]{font-weight:700;color:var(--ink);text-decoration:none}
.d-letter{background:var(--card);border:1px solid var(--line);padding:1rem;white-space:pre-wrap;font:1rem/1.65 var(--sans)}

.plain .d-nav,.plain .d-begin{display:none}
.d-flash{max-width:40rem!important}
.d-flash .field{display:grid;grid-template-columns:5rem minmax(0,1fr);gap:0 .5rem;align-items:center;margin:0 0 .375rem}
.d-flash .field>label{margin:0;font-size:.875rem;line-height:1.25}
.d-flash .field>:nth-child(n+3){grid-column:2}
.d-flash textarea{min-height:3.25rem;padding:.25rem .5rem;line-height:1.4}
.d-flash input,.d-flash select{padding:.25rem .5rem;min-height:2.5rem}
.d-left{margin:0;font-size:.875rem;line-height:1.4}
.d-pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1rem;align-items:center}
.d-send{position:sticky;bottom:0;display:flex;flex-wrap:wrap;gap:.375rem .625rem;align-items:center;background:var(--paper);border-top:1px solid var(--line);padding:.5rem 0}
.d-send .decisive{flex:1}
.d-flash :is(input,select,textarea,summary){scroll-margin-bottom:9rem}
.d-who-signs{flex-basis:100%}
.d-who-signs summary{padding:.125rem 0}

.d-form-sheet{background:#fff;color:#1b2420;max-width:56rem;margin:0 auto;padding:2rem 2.5rem;border:1px solid var(--line)}
.d-form-sheet h1{text-align:center}
.d-form-sheet .hint{text-align:center;color:#55605a}
.d-form-sheet table{width:100%;border:1px solid #1b2420}
.d-form-sheet th,.d-form-sheet td{border:1px solid #1b2420;padding:.375rem .625rem}
.d-form-sheet th{width:13rem;font-weight:400;background:#f3f0e8}
.d-form-sheet .signed{display:block;text-align:right}

@media (max-width:75rem){
.d-three,.d-three.checks{grid-template-columns:minmax(0,1fr) 24rem}
.d-three .d-line{grid-column:1/-1}
.d-line .relay{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
.d-line .relay>li{padding-bottom:.25rem}
.d-line .relay>li::after{content:none}
}
@media (max-width:60rem){
.d-nav,.d-begin .button:not(.danger){display:none}
.d-begin{order:1;margin-left:auto}
.d-to-menu{display:inline-block;order:2;margin-left:0}
.brand{margin-right:auto}
.d-foot nav{display:block;margin-bottom:.75rem}
.d-top .d-wrap{min-height:3.25rem}
.d-columns,.d-draft,.d-three,.d-three.checks,.d-two{grid-template-columns:minmax(0,1fr)}
.d-aside{position:static;max-height:none}
.d-contact,.d-contact.two{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
main.d-wrap{padding-top:.75rem}
.d-verdict{margin-top:1rem}
.d-three .d-line{order:3;margin-top:1.5rem}
}
@media (max-width:60rem) and (min-height:22rem){
.d-bar{display:flex;flex-wrap:wrap;gap:.375rem .625rem;align-items:center;position:fixed;z-index:3;inset:auto 0 0;background:var(--paper);border-top:1px solid var(--edge);padding:.375rem 1rem max(.375rem,env(safe-area-inset-bottom))}
.d-bar .d-tally{flex:1 1 5rem;font-size:.875rem;line-height:1.35}
.d-bar button{flex:0 0 auto;padding:.5rem 1rem}
.d-draft :is(a,input,select,textarea,button,summary,fieldset,.w-body){scroll-margin-bottom:5rem}
:root:has(.d-bar){scroll-padding-bottom:5rem}
.desk:has(.d-bar) .d-foot{padding-bottom:6rem}
}
@media (max-width:38rem){
.d-band{padding:.125rem 1rem;font-size:.8125rem}
.d-check fieldset{grid-template-columns:minmax(0,1fr)}
.d-rows>li,.d-rows.plain>li{grid-template-columns:minmax(0,1fr) auto}
.d-rows>li>time,.d-rows>li>.d-span,.d-rows.plain>li>strong{grid-column:1/-1;font-size:.875rem}
.d-rows>li>.button{grid-column:1/-1;justify-self:start;margin-top:.375rem}
.d-outlet{grid-template-columns:minmax(0,1fr) auto}
.d-outlet>div{grid-column:1/-1;grid-row:2}
.d-sheet{padding:1rem;margin-left:-.5rem;margin-right:-.5rem}
.d-kinds li{grid-template-columns:minmax(0,1fr)}
.d-contact.two{grid-template-columns:minmax(0,1fr)}
dl.facts{grid-template-columns:minmax(5rem,max-content) minmax(0,1fr)}
.d-pair{gap:0 .5rem}
.d-flash .d-pair .field{grid-template-columns:minmax(0,1fr);gap:.125rem}
.d-flash .d-pair .field>:nth-child(n+3){grid-column:1}
.d-form-sheet{padding:1rem .5rem;border:0}
.d-form-sheet th{width:7rem}
.plain main.d-wrap{padding-top:.375rem}
.plain .d-top .d-wrap{min-height:2.5rem}
.plain .brand{min-height:2.25rem}
.plain .seal{width:1.5rem;height:1.5rem;font-size:1rem}
}
@media print{
.d-band,.d-top,.d-foot,.d-said,.d-bar{display:none}
.d-form-sheet{border:0;padding:0;max-width:none;font-size:10.5pt}
.d-form-sheet h1{font-size:16pt}
.d-form-sheet tr{break-inside:avoid}
main.d-wrap{padding:0}
}
`

/** The whole stylesheet of the desk. */
export const deskCss: string =
  siteCss +
  (
    css +
    accountsDeskCss +
    clocksDeskCss +
    editorDeskCss +
    exerciseDeskCss +
    incidentDeskCss +
    manualDeskCss +
    mediaDeskCss +
    myDeskCss +
    officeDeskCss +
    previewCss +
    readersCss +
    reviewDeskCss +
    scanFileCss +
    warningDeskCss
  ).replace(/\n\s*/g, '')
