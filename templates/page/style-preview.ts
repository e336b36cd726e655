/** CSS of the preview at the desk: frames as wide as a phone, a desk and a sheet. */

export const previewCss = `
.pv-what{max-width:60rem}
.pv-tools{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;align-items:center}
.pv-tools nav{display:flex;flex-wrap:wrap;gap:.125rem .875rem;align-items:center}
.pv-tools nav>span{color:var(--ink-2)}
.pv-tools nav a{padding:.375rem 0;min-height:1.75rem}
.pv-tools a[aria-current]{font-weight:700;color:var(--ink);text-decoration:none;box-shadow:inset 0 -2px 0 var(--ink)}
.pv-tools>.button{margin-left:auto}
.pv-tabs{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);margin-top:.75rem}
.pv-tabs ul{display:flex;gap:0 1.25rem;list-style:none;margin:0;padding:0;overflow-x:auto}
.pv-tabs a{display:inline-block;padding:.625rem 0;white-space:nowrap}
.pv-doc{scroll-margin-top:3rem;outline:0}
.pv-doc h2{display:flex;flex-wrap:wrap;gap:.125rem .75rem;align-items:baseline}
.pv-alone{margin-left:auto;font:400 .9375rem/1.5 var(--sans)}
.pv-pair{display:grid;grid-template-columns:360px minmax(0,1fr);gap:0 1.5rem;align-items:start}
.pv-frame{margin:0 0 1.25rem}
.pv-frame figcaption{color:var(--ink-2);font-size:.875rem;padding:.25rem 0}
.pv-frame>div{border:1px solid var(--edge);background:var(--card);overflow:hidden}
.pv-frame iframe{display:block;border:0;width:100%;height:640px;background:var(--card)}
.pv-frame.desk>div,.pv-frame.sheet>div{container-type:inline-size}
.pv-frame.desk>div{height:640px}
.pv-frame.desk iframe,.pv-frame.sheet iframe{--scale:tan(atan2(100cqw,var(--across)));width:var(--across);transform-origin:0 0;transform:scale(var(--scale))}
.pv-frame.desk iframe{--across:1200px;height:calc(640px/var(--scale))}
.pv-frame.sheet{max-width:50rem}
.pv-frame.sheet>div{aspect-ratio:820/1210}
.pv-frame.sheet iframe{--across:820px;height:1210px}
.pv-doc.mail .pv-frame.desk iframe{width:100%;height:640px;transform:none}
.pv-text{max-width:60rem;max-height:26rem;overflow:auto;background:var(--card);border:1px solid var(--line);padding:.875rem 1rem;margin:0 0 1rem}
.pv-text pre{background:none;border:0;padding:0;width:auto;min-width:0;white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font:1rem/1.65 var(--sans)}
.pv-doc.source .pv-text pre{font:.875rem/1.6 ui-monospace,Consolas,monospace}
.pv-text pre:lang(mn-Mong-CN){writing-mode:vertical-lr;height:20rem;max-width:100%;font-family:var(--mongol)}
.pv-push{max-width:24rem;background:var(--card);border:1px solid var(--line);border-radius:5px;padding:.75rem 1rem;margin-bottom:1rem}
.pv-push p{margin:0 0 .125rem}
@media (max-width:60rem){
.pv-pair{grid-template-columns:minmax(0,1fr)}
.pv-frame.desk{display:none}
.pv-frame.phone{max-width:362px}
.pv-tools>.button{margin-left:0}
}
`
