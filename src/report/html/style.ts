/** The style sheet. Its hash stands in the page's policy; colours never carry a meaning alone. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f8fa;--line:#d0d7de;--text:#1f2328;--soft:#57606a;--link:#0550ae;
--good:#116329;--good-bg:#dafbe1;--bad:#a40e26;--bad-bg:#ffebe9;--warn:#7a4b00;--warn-bg:#fff3c4;--info:#0550ae;--info-bg:#ddf4ff}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--panel:#161b22;--line:#30363d;--text:#e6edf3;--soft:#9ea7b3;--link:#79b8ff;
--good:#56d364;--good-bg:#0f2d1a;--bad:#ff8f87;--bad-bg:#3a1316;--warn:#e3b341;--warn-bg:#332701;--info:#79c0ff;--info-bg:#0c2a4a}}
*{box-sizing:border-box}
html{scroll-padding-top:6rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
main,.top{max-width:76rem;margin:0 auto;padding:0 1.25rem}
h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0}
h2{font-size:1.3rem;margin:2rem 0 .6rem}
h3{font-size:1.1rem;margin:0}
h4,.finding h3{font-size:1rem;margin:0}
p{margin:.3rem 0}
a{color:var(--link)}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;unicode-bidi:isolate}
summary{cursor:pointer}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
[hidden]{display:none!important}
.icon{width:1.25em;height:1.25em;vertical-align:-.25em;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.sprite{position:absolute;width:0;height:0}
.place,.via,.default,.of,.tool,.verb,.how{color:var(--soft)}
.place{font:.8em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;unicode-bidi:isolate}
.via{font-size:.85em}.via .place{font-size:.95em}
.badge{display:inline-block;padding:0 .5em;border:1px solid;border-radius:1em;font-size:.8rem;font-weight:600;white-space:nowrap}
.badge.switches,.count.switches{color:var(--good)}.badge.switches{background:var(--good-bg)}
.badge.fails,.badge.error,.count.fails,.count.error{color:var(--bad)}.badge.fails,.badge.error{background:var(--bad-bg)}
.badge.unknown,.badge.warning,.count.unknown,.count.warning{color:var(--warn)}.badge.unknown,.badge.warning{background:var(--warn-bg)}
.badge.info,.count.info{color:var(--info)}.badge.info{background:var(--info-bg)}
.badge.plainly,.badge.fixable,.count.plain{color:var(--soft);font-weight:400}
.count{font-size:.875rem;white-space:nowrap}.count+.count{margin-left:.6em}
.cross,.bad{color:var(--bad)}.cross{font-weight:600}.unclear{color:var(--warn)}
.top{padding-top:1.5rem}
.top h1.fails{color:var(--bad)}.top h1.switches{color:var(--good)}.top h1.unknown{color:var(--warn)}
.bar{margin:1rem 0 .6rem}.bar svg{display:block;width:100%;height:.8rem;border-radius:.4rem;background:var(--line)}
.bar rect.fails{fill:var(--bad)}.bar rect.unknown{fill:var(--warn)}.bar rect.switches{fill:var(--good)}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem;padding:0;margin:0;list-style:none}
.tiles li{padding:.4rem .9rem;border:1px solid var(--line);border-left:5px solid var(--soft);border-radius:.4rem;background:var(--panel)}
.tiles b{font-size:1.3rem}.tiles .error{border-left-color:var(--bad)}.tiles .warning{border-left-color:var(--warn)}.tiles .info{border-left-color:var(--info)}
.tiles .none{border-left-color:var(--line);color:var(--soft)}
.findings,.elsewhere,.servers,.next ul,.silent ul{list-style:none;padding:0;margin:.5rem 0}
.findings li,.elsewhere li{display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:baseline;padding:.35rem 0;border-bottom:1px solid var(--line)}
.findings .badge:first-child{min-width:5.2rem;text-align:center}
.what{flex:1 1 22rem}.elsewhere a{flex:1 1 12rem}
.next{margin:.8rem 0;padding:.6rem .9rem;border:1px solid var(--line);border-radius:.4rem;background:var(--panel)}
.next ul{margin:.2rem 0}.next code{font-weight:600}
.filters{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;padding:.6rem 0;background:var(--bg);border-bottom:1px solid var(--line)}
.filters fieldset{display:flex;flex-wrap:wrap;gap:.2rem .9rem;border:0;margin:0;padding:0}
.filters legend{float:left;font-weight:600;padding:.25rem 0;margin-right:.3rem}
.filters label{white-space:nowrap;padding:.25rem 0}.filters .plain{white-space:normal}
.filters input[type=search]{font:inherit;padding:.2rem .5rem;border:1px solid var(--soft);border-radius:.3rem;background:var(--bg);color:var(--text);max-width:14rem}
.filters button{font:inherit;font-size:.9rem;padding:.2rem .7rem;border:1px solid var(--soft);border-radius:.3rem;background:var(--panel);color:var(--text);cursor:pointer}
.servers{columns:18rem;column-gap:2rem}.servers li{break-inside:avoid;padding:.25rem 0}
.server{margin:1.2rem 0;border:1px solid var(--line);border-radius:.6rem;overflow:clip}
.server>header{display:flex;flex-wrap:wrap;gap:.2rem .9rem;align-items:baseline;padding:.7rem 1rem;background:var(--panel)}
.server>header .counts{margin-left:auto}
.server .all{display:none}
.route{border-top:1px solid var(--line);border-left:5px solid var(--soft);content-visibility:auto;contain-intrinsic-size:auto 3rem}
.route.fails{border-left-color:var(--bad)}.route.switches{border-left-color:var(--good)}.route.unknown{border-left-color:var(--warn)}
.route.plain{border-left-style:dotted}
.route>summary,.route>.head{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline;padding:.55rem 1rem}
.route>summary::before{content:"▸";color:var(--soft)}.route[open]>summary::before{content:"▾"}
.route>summary::-webkit-details-marker{display:none}
.route>summary:hover{background:var(--panel)}
.route .name{flex:1 1 16rem}.route .name>code{font-weight:600;font-size:.95em}.pass{color:var(--soft)}
.body{padding:.4rem 1rem 1.2rem}
.way{display:flex;align-items:stretch;list-style:none;margin:.4rem 0 0;padding:0}
.way .row{font-size:.9rem}
.way .row .place{display:inline-block}
.station{flex:1 1 9rem;min-width:0;padding:.7rem .8rem;border:2px solid var(--line);border-radius:.6rem;background:var(--panel)}
.station>.icon{color:var(--soft);margin-right:.4em}
.station.good{border-color:var(--good)}.station.broken{border-color:var(--bad);background:var(--bad-bg)}
.station.unreached{border-style:dashed}.station.unknown{border-color:var(--warn);border-style:dashed}
.station .verdict{margin-left:.6em}.verdict{font-size:.85rem}
.broken>.verdict{color:var(--bad)}.unreached>.verdict{color:var(--soft)}.unknown>.verdict{color:var(--warn)}
.link{flex:1 1 11rem;min-width:0;padding:.2rem .7rem}
.arrow{display:flex;align-items:center;height:2rem;color:var(--soft)}
.arrow::before{content:"";order:1;flex:1;border-top:3px solid;margin-left:.4em}
.arrow::after{content:"";order:2;border:.45rem solid transparent;border-left-color:currentColor;border-right:0}
.verb{font-size:.85rem}
.link.good .arrow{color:var(--good)}.link.broken .arrow{color:var(--bad)}.link.unknown .arrow{color:var(--warn)}
.link.broken .arrow::before,.link.unreached .arrow::before,.link.unknown .arrow::before{border-top-style:dashed}
.link.broken .arrow::after{content:"✗";border:0;font-weight:700;font-size:1.3rem;line-height:1;padding-left:.15em}
.link.unreached .row code{color:var(--soft)}
.timeouts{display:flex;flex-wrap:wrap;gap:.3rem;margin:.4rem 0 0}
.timeout{display:flex;flex-wrap:wrap;gap:0 .35rem;align-items:baseline;padding:.05rem .5rem;border:1px solid var(--line);border-radius:.3rem;font-size:.8rem;min-width:0}
.timeout dt{color:var(--soft)}.timeout dt::before{content:"◷ "}.timeout dd{margin:0;min-width:0}
.timeout.none{border-color:var(--bad)}.timeout.none b{color:var(--bad)}.timeout.short{border-color:var(--warn)}.timeout.short b{color:var(--warn)}
.answer{display:flex;align-items:center;margin:.8rem 0;color:var(--soft)}
.answer::before{content:"";flex:none;border:.45rem solid transparent;border-right-color:currentColor;border-left:0}
.answer::after{content:"";flex:1 1 1rem;border-top:3px solid}
.answer .text{flex:0 1 auto;min-width:0;padding:.35rem .9rem;border:2px solid;border-radius:.6rem}
.answer.good{color:var(--good)}.answer.broken{color:var(--bad)}.answer.unknown{color:var(--warn)}
.answer.good .text{background:var(--good-bg)}.answer.broken .text{background:var(--bad-bg)}.answer.unknown .text{background:var(--warn-bg)}
.answer.unknown::after,.answer.broken::after{border-top-style:dashed}
.answer .icon{stroke-width:2.4}
.evidence{color:var(--soft);font-size:.9rem}
.finding{margin:.9rem 0;padding:.7rem .9rem;border:1px solid var(--line);border-left:5px solid var(--info);border-radius:.4rem}
.finding.error{border-left-color:var(--bad)}.finding.warning{border-left-color:var(--warn)}
.finding:target{outline:3px solid var(--link)}
.finding p>strong{display:inline-block;min-width:3.2rem;color:var(--soft);font-weight:600}
.rule{font-weight:400;font-size:.85rem;white-space:nowrap}
.frame,.patch{margin:.5rem 0;padding:.5rem .8rem;overflow-x:auto;border:1px solid var(--line);border-radius:.4rem;background:var(--panel)}
.gutter,.dim{color:var(--soft)}.frame .mark{color:var(--bad);font-weight:700}.warning .frame .mark{color:var(--warn)}.info .frame .mark{color:var(--info)}
.ins{color:var(--good);background:var(--good-bg)}.del{color:var(--bad);background:var(--bad-bg)}
.request,.steps{margin:.5rem 0;font-size:.92rem}
table{border-collapse:collapse;width:100%;margin:.4rem 0}
th:first-child{min-width:9rem}
th,td{text-align:left;vertical-align:top;padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line);font-weight:400}
thead th{color:var(--soft);font-size:.85rem}
tr.bad th,tr.bad td{background:var(--bad-bg)}tr.bad th:first-child{box-shadow:inset 4px 0 var(--bad);padding-left:.6rem}
footer{max-width:76rem;margin:2rem auto;padding:0 1.25rem;color:var(--soft);font-size:.85rem}
:root:has(#show-fails:checked) .route:not(.fails),:root:has(#show-fails:checked) .server:not(.has-fails),
:root:has(#show-unknown:checked) .route:not(.unknown),:root:has(#show-unknown:checked) .server:not(.has-unknown),
:root:has(#show-switches:checked) .route:not(.switches),:root:has(#show-switches:checked) .server:not(.has-switches),
:root:has(#show-plain:not(:checked)) .route.plain,:root:has(#show-plain:not(:checked)) .server:not(.has-ws),
:root:has(#show-plain:not(:checked)):has(#show-fails:checked) .server:not(.has-ws-fails),
:root:has(#show-plain:not(:checked)):has(#show-unknown:checked) .server:not(.has-ws-unknown),
:root:has(#show-plain:not(:checked)):has(#show-switches:checked) .server:not(.has-ws-switches),
:root:has(.server:target) .server:not(:target){display:none}
.server:target .all{display:inline}
.route:target,.route:has(:target),.server:has(:target){display:block!important}
@media (max-width:52rem){
body{font-size:15px}h1{font-size:1.5rem}main,.top{padding-left:.8rem;padding-right:.8rem}
.way{flex-direction:column}.station,.link{flex:none}
.link{margin-left:1.6rem;padding:.3rem 0 .5rem 1rem;border-left:3px solid var(--soft)}
.link.good{border-left-color:var(--good)}.link.broken{border-left:3px dashed var(--bad)}.link.unreached{border-left-style:dashed}.link.unknown{border-left:3px dashed var(--warn)}
.arrow{height:1.5rem}.arrow::before{display:none}.arrow::after,.link.broken .arrow::after{content:"";order:0;border:0}
.verb::after{content:" ↓"}.link.broken .verb::after{content:" ✗";font-weight:700}
.filters{position:static}.body{padding-left:.7rem;padding-right:.7rem}
.server>header .counts{margin-left:0}
.request thead{position:absolute;clip-path:inset(50%)}.request tr{display:block;padding:.3rem 0;border-bottom:1px solid var(--line)}
.request th,.request td{display:block;border:0;padding:0}.request td:last-child{font-size:.85em}}
@media (forced-colors:active){.badge,.station,.link,.route,.finding{border-color:CanvasText}}
@media print{:root{--bg:#fff;--panel:#fff;--text:#000;--soft:#444;--line:#999}.filters,.servers,.all,nav{display:none!important}
details:not([open])::details-content{content-visibility:visible;block-size:auto}
.route{content-visibility:visible;break-inside:avoid}.frame,.patch{white-space:pre-wrap}.station,.finding{break-inside:avoid}}
`;
