"use strict";var Vt=Object.create;var E=Object.defineProperty;var Nt=Object.getOwnPropertyDescriptor;var zt=Object.getOwnPropertyNames;var Ft=Object.getPrototypeOf,At=Object.prototype.hasOwnProperty;var g=(e,t)=>()=>{try{return t||e((t={exports:{}}).exports,t),t.exports}catch(r){throw t=0,r}},It=(e,t)=>{for(var r in t)E(e,r,{get:t[r],enumerable:!0})},ae=(e,t,r,n)=>{if(t&&typeof t=="object"||typeof t=="function")for(let o of zt(t))!At.call(e,o)&&o!==r&&E(e,o,{get:()=>t[o],enumerable:!(n=Nt(t,o))||n.enumerable});return e};var c=(e,t,r)=>(r=e!=null?Vt(Ft(e)):{},ae(t||!e||!e.__esModule?E(r,"default",{value:e,enumerable:!0}):r,e)),Wt=e=>ae(E({},"__esModule",{value:!0}),e);var b=g((Jr,le)=>{le.exports=require("./main.js").modules["src/report/counts.ts"]()});var U=g((Kr,ue)=>{ue.exports=require("./main.js").modules["src/lint/secrets.ts"]()});var fe=g((Yr,pe)=>{pe.exports=require("./main.js").modules["src/model/location-words.ts"]()});var H=g((Qr,me)=>{me.exports=require("./main.js").modules["src/model/value.ts"]()});var he=g((Xr,ge)=>{ge.exports=require("./main.js").modules["src/model/version.ts"]()});var we=g((Zr,be)=>{be.exports=require("./main.js").modules["src/syntax/placeholders.ts"]()});var $=g((tn,ve)=>{ve.exports=require("./main.js").modules["src/report/places.ts"]()});var Se=g((cn,xe)=>{xe.exports=require("./main.js").modules["src/report/finding.ts"]()});var Oe=g((dn,Re)=>{Re.exports=require("./main.js").modules["src/report/frame.ts"]()});var je=g((un,Le)=>{Le.exports=require("./main.js").modules["src/report/mini-diff.ts"]()});var Me=g((pn,Pe)=>{Pe.exports=require("./main.js").modules["src/report/display.ts"]()});var Q=g((Cn,ot)=>{ot.exports=require("./main.js").modules["src/report/stage.ts"]()});var ut=g((Nn,dt)=>{dt.exports=require("./main.js").modules["src/lint/timeouts.ts"]()});var ft=g((zn,pt)=>{pt.exports=require("./main.js").modules["src/report/failure.ts"]()});var gt=g((Fn,mt)=>{mt.exports=require("./main.js").modules["src/model/units.ts"]()});var bt=g((An,ht)=>{ht.exports=require("./main.js").modules["src/text/once.ts"]()});var Br={};It(Br,{html:()=>Ur});module.exports=Wt(Br);var A=c(b());var ce=c(b());function de({entries:e}){if(e.length<2)return"";let t=e.filter(({verdict:a})=>a.route.websocket.serves!=="no"),r=e.length-t.length,n=t.length===0?e:t,o=a=>n.filter(({verdict:p})=>(0,ce.outcomeOf)(p)===a).length,s=(a,p,f=!1)=>`<label><input type="radio" name="outcome" id="${a}"${f?" checked":""}> ${p}</label>`,i=[s("show-all","all",!0),s("show-fails",`fails (${o("fails")})`),s("show-unknown",`unknown (${o("unknown")})`),s("show-switches",`switches (${o("switches")})`)],l=r===0||t.length===0?"":`<label class="plain"><input type="checkbox" id="show-plain"> others too (${r})</label>`;return`<form class="filters" id="filters"><fieldset><legend>Handshakes</legend>${i.join("")}</fieldset>${l}</form>
`}var h=c(b());var ye=c(U()),Ht=c(fe()),Bt=c(H()),$e=c(he());var Ut=c(we());var k=c($());var B=c(b());function ke(e){let t=new Set(e.map(({nginxVersion:n})=>n)),[r]=t;return t.size===1&&r!=null?(0,$e.formatVersion)(r):null}var Ie=c(Se()),j=c($());var qe=c(Oe()),Ce=c(je());var Ee=c(Me());function Te(e){return e.split(`
`).map(_).join(`
`)}function _(e){return(0,Ee.visible)(e).replace(/[&<>"'\ufffe\uffff]/g,t=>_t[t]??`\\u${t.charCodeAt(0).toString(16)}`)}var _t={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&apos;"};var De="",Ve="",Ne={red:"del",green:"ins",blue:"gutter",yellow:"mark",dim:"dim",bold:"bold",cyan:"mark"};function x(e){let t=Object.keys(Ne).indexOf(e);return r=>r===""?"":`${De}${t}${r}${Ve}`}var J={bold:x("bold"),dim:x("dim"),red:x("red"),green:x("green"),yellow:x("yellow"),blue:x("blue"),cyan:x("cyan")};function ze(e){let t=Object.values(Ne);return e.split(/(\u0001\d|\u0002)/).map(r=>r===Ve?"</span>":r.startsWith(De)?`<span class="${t[Number(r[1])]}">`:Te(r)).join("")}function G(e,{sources:t,given:r},{showSecrets:n,context:o}){let s=t.get(e.file);if(s===void 0||!r.has(e.file))return null;let i={paint:J,showSecrets:n,mark:J.yellow,sign:"^",context:o,label:""};return`<pre class="frame" tabindex="0"><code>${ze((0,qe.frame)(s,e,i))}</code></pre>`}var Jt=40;function Fe(e,t,r){let n=(0,Ce.miniDiff)(e,t,{paint:J,showSecrets:r,most:Jt});return`<pre class="patch" tabindex="0"><code>${ze(n.join(`
`))}</code></pre>`}var Ae=600;function d(e){return _(e.length<=Ae?e:`${e.slice(0,Ae)}...`)}function u(e){return`<code>${d(e)}</code>`}function m(e){return`<span class="place">${d(e)}</span>`}function K(e){return`<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${e}"/></svg>`}var Gt=20;function We({severity:e}){return`<span class="badge ${e}">${e}</span>`}function T({diagnostic:e,result:t},r,n){let{options:o,mask:s,ids:i}=r,l=i.get(e),{message:a,why:p,notes:f,related:v,via:I,help:ie,certainty:Ct}=e,M=(y,W)=>`<p class="${y}"><strong>${y}</strong> ${d(s(W))}</p>`,Dt=[`<h${n}>${We(e)} ${d(s(a))} ${Kt(e,r)}</h${n}>`,`<p class="at">${m((0,j.placeName)(t.sources,e))}${Y(I.map(y=>(0,j.placeName)(t.sources,y)))}</p>`,G(e,t,{showSecrets:o.showSecrets,context:2})??"",p===null?"":M("why",p),...f.map(y=>M("note",y)),Ct==="assumed"?M("note","this rests on blocks that were not given"):"",...v.map(y=>{let W=G(y,t,{showSecrets:o.showSecrets,context:0})??"";return`<p class="see"><strong>see</strong> ${m((0,j.placeName)(t.sources,y))}: ${d(s(y.message))}</p>${W}`}),ie===null?"":M("help",ie),Yt(e,t,o.showSecrets),Qt({diagnostic:e,result:t},r)];return`<section class="finding ${e.severity}"${l===void 0?"":` id="${l}"`}>${Dt.join("")}</section>
`}function Kt({rule:e},{report:t}){let r=t.docs(e);return r===null?`<span class="rule">${d(e)}</span>`:`<a class="rule" href="${d(r)}" rel="noreferrer">${d(e)}</a>`}function Y(e){return e.length===0?"":` <span class="via">included from ${e.map(m).join(", from ")}</span>`}function Yt({fix:e},{sources:t},r){if(e===null)return"";let n=e.safety==="safe"?`safe: ${u("--fix")}`:`may change more: ${u("--fix --unsafe-fixes")}`;return`<p class="fix"><strong>fix</strong> ${d(e.title)} <span class="how">${n}</span></p>${Fe(e,t,r)}`}function Qt({diagnostic:e,result:t},{byRoute:r}){let{routes:n,breaks:o}=e;if(n.length<2)return"";let s=n.slice(0,Gt).map(l=>{let a=r.get(l),p=d((0,Ie.routeName)(l,t));return a===void 0?p:`<a href="#${a.id}">${p}</a>`}),i=n.length>s.length?` and ${n.length-s.length} more`:"";return`<p class="routes"><strong>${o?"breaks":"routes"}</strong> ${s.join(", ")}${i}</p>`}function Ue({diagnostic:e,result:t},{ids:r,mask:n}){let o=r.get(e),s=d(n(e.message)),i=o===void 0?s:`<a href="#${o}">${s}</a>`,l=e.fix===null?"":` <span class="badge fixable">${e.fix.safety} fix</span>`;return`<li>${We(e)} <span class="what">${i}${l}</span> ${m((0,j.placeName)(t.sources,e))}</li>
`}function He({report:e}){let{results:t,tool:r}=e,n=(0,h.routeCounts)(t),{errors:o,warnings:s,infos:i,ignored:l}=(0,h.countsOf)(t),a=ke(t),p=t.slice(0,5).map(({root:v})=>u(v===""?"standard input":v)),f=t.length>p.length?` and ${t.length-p.length} more`:"";return`<header class="top"><p class="tool">nginx-ws-lint ${d(r.version)}</p>
<h1 class="${n.fails>0||o>0?"fails":n.unknown>0?"unknown":"switches"}">${Xt(n,o)}</h1>
<p class="of">${p.join(", ")}${f}, ${(0,h.plural)((0,h.filesOf)(t),"file")}, judged for ${a===null?"every nginx from 1.18.0 on":`nginx ${a}`}</p>
${Zt(n)}
<ul class="tiles">${[q("error",o,"error"),q("warning",s,"warning"),q("info",i,"info"),...l>0?[q("ignored",l,"ignored","ignored")]:[]].join("")}</ul></header>
`}function Xt({all:e,websocket:t,switches:r,fails:n,unknown:o},s){return e===0?s>0?(0,h.plural)(s,"error"):"No route proxies: there is no WebSocket handshake to judge":t===0?s>0?(0,h.plural)(s,"error"):`${(0,h.plural)(e,"proxying route")}, none known to serve WebSocket`:n>0?`${n} of ${(0,h.plural)(t,"WebSocket route")} ${n===1?"fails":"fail"}`:o>0?`${r} of ${(0,h.plural)(t,"WebSocket route")} ${r===1?"switches":"switch"}, ${o} cannot be known`:t===1?"The WebSocket route switches":`All ${t} WebSocket routes switch`}function Zt({websocket:e,switches:t,fails:r,unknown:n}){if(e===0)return"";let o=0,s=(a,p)=>{let f=p/e*1e3,v=`<rect class="${a}" x="${o.toFixed(1)}" y="0" width="${f.toFixed(1)}" height="10"/>`;return o+=f,p===0?"":v},i=s("fails",r)+s("unknown",n)+s("switches",t);return`<figure class="bar"><svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${`${r} ${r===1?"fails":"fail"}, ${n} unknown, ${t} ${t===1?"switches":"switch"}`}">${i}</svg><figcaption><span class="count fails">\u2717 ${r} ${r===1?"fails":"fail"}</span> <span class="count unknown">? ${n} unknown</span> <span class="count switches">\u2713 ${t} ${t===1?"switches":"switch"}</span></figcaption></figure>
`}function q(e,t,r,n=`${r}s`){return`<li class="${e}${t===0?" none":""}"><b>${t}</b> ${t===1?r:n}</li>`}var L=300,C=8;function Be(e){let{findings:t}=e;if(t.length===0)return"";let r=t.slice(0,L).map(i=>Ue(i,e)),n=t.length>L?`<li>${t.length-L} not listed here</li>`:"",o=`<ul class="findings">${r.slice(0,C).join("")}</ul>`,s=t.length>C?`<details><summary>${t.length-C} more</summary><ul class="findings">${r.slice(C).join("")}${n}</ul></details>`:"";return`<section class="index" aria-labelledby="findings"><h2 id="findings">Findings (${t.length})</h2>${o}${s}${er(e)}</section>
`}function er({report:e}){return e.next.length===0?"":`<div class="next"><strong>Next</strong><ul>${e.next.map(({what:r,command:n})=>`<li>${u(n)} ${d(r)}</li>`).join("")}</ul></div>`}function _e(e){let t=e.findings.filter(({diagnostic:r})=>e.ids.has(r)&&!e.homes.has(r)).map(r=>T(r,e,3));return t.length===0?"":`<section class="general" aria-labelledby="general"><h2 id="general">Beside the routes</h2>${t.join("")}</section>
`}function Je(e){let t=e.flatMap(s=>s.problems).map(({file:s,message:i})=>`<li><span class="badge error">not read</span> ${s===null?"":`${u(s)}: `}${d(i)}</li>`),r=e.flatMap(s=>s.notes).map(s=>`<li>${d(s)}</li>`),n=[...t,...r];if(n.length===0)return"";let o=n.length>L?`<li>${n.length-L} more</li>`:"";return`<section class="notes" aria-labelledby="notes"><h2 id="notes">Notes</h2><ul>${n.slice(0,L).join("")}${o}</ul></section>
`}var Ge=`(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target === null) return;
    for (let at = target; at !== null; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView();
  };
  const form = document.querySelector('#filters');
  if (form !== null) {
    const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
    const search = make('input', { type: 'search', placeholder: 'server, location, backend' });
    const label = make('label', { className: 'search', textContent: 'Search ' });
    const told = make('output', { className: 'told' });
    label.append(search);
    search.addEventListener('input', () => {
      const wanted = search.value.trim().toLowerCase();
      let count = 0;
      for (const server of all('.server')) {
        const named = server.firstElementChild.textContent.toLowerCase().includes(wanted);
        let shown = 0;
        for (const route of server.querySelectorAll('.route')) {
          const hit = wanted === '' || named || route.firstElementChild.textContent.toLowerCase().includes(wanted);
          route.hidden = !hit;
          if (hit) shown += 1;
        }
        server.hidden = shown === 0;
        count += shown;
      }
      told.textContent = wanted === '' ? '' : count + ' found';
    });
    const fold = (open) => () => {
      for (const route of all('details.route')) route.open = open && route.offsetParent !== null;
    };
    const button = (textContent, onclick) => make('button', { type: 'button', textContent, onclick });
    form.append(label, told, button('unfold', fold(true)), button('fold', fold(false)));
    form.addEventListener('submit', (event) => event.preventDefault());
  }
  addEventListener('hashchange', reveal);
  addEventListener('beforeprint', () => all('details').forEach((at) => { at.open = true; }));
  reveal();
})();
`;var Ke=`
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
.route>summary::before{content:"\u25B8";color:var(--soft)}.route[open]>summary::before{content:"\u25BE"}
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
.link.broken .arrow::after{content:"\u2717";border:0;font-weight:700;font-size:1.3rem;line-height:1;padding-left:.15em}
.link.unreached .row code{color:var(--soft)}
.timeouts{display:flex;flex-wrap:wrap;gap:.3rem;margin:.4rem 0 0}
.timeout{display:flex;flex-wrap:wrap;gap:0 .35rem;align-items:baseline;padding:.05rem .5rem;border:1px solid var(--line);border-radius:.3rem;font-size:.8rem;min-width:0}
.timeout dt{color:var(--soft)}.timeout dt::before{content:"\u25F7 "}.timeout dd{margin:0;min-width:0}
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
.verb::after{content:" \u2193"}.link.broken .verb::after{content:" \u2717";font-weight:700}
.filters{position:static}.body{padding-left:.7rem;padding-right:.7rem}
.server>header .counts{margin-left:0}
.request thead{position:absolute;clip-path:inset(50%)}.request tr{display:block;padding:.3rem 0;border-bottom:1px solid var(--line)}
.request th,.request td{display:block;border:0;padding:0}.request td:last-child{font-size:.85em}}
@media (forced-colors:active){.badge,.station,.link,.route,.finding{border-color:CanvasText}}
@media print{:root{--bg:#fff;--panel:#fff;--text:#000;--soft:#444;--line:#999}.filters,.servers,.all,nav{display:none!important}
details:not([open])::details-content{content-visibility:visible;block-size:auto}
.route{content-visibility:visible;break-inside:avoid}.frame,.patch{white-space:pre-wrap}.station,.finding{break-inside:avoid}}
`;var tr="NWS7Rh9flvpmKYKquvS8DDABRzDoR3EhoJHSDo6QKxQ=",rr="oLftCApFsFonJfD73/zBNkdPjYBBZPuqC0DX8tqdTO0=",nr=["default-src 'none'",`style-src 'sha256-${tr}'`,`script-src 'sha256-${rr}'`,"img-src data:","base-uri 'none'","form-action 'none'"].join("; "),or={client:'<rect x="3" y="4" width="18" height="14" rx="2"/><path d="M3 8h18M6 6h.01M9 6h.01"/>',server:'<rect x="4" y="3" width="16" height="7" rx="1.5"/><rect x="4" y="14" width="16" height="7" rx="1.5"/><path d="M7 6.5h.01M7 17.5h.01M11 6.5h6M11 17.5h6"/>',backend:'<path d="M8 6l-5 6 5 6M16 6l5 6-5 6M13.5 4l-3 16"/>',clock:'<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',cross:'<path d="M5 5l14 14M19 5L5 19"/>',tick:'<path d="M4 13l5 5L20 6"/>',question:'<path d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18.5h.01"/>'},sr=`<svg class="sprite" aria-hidden="true">${Object.entries(or).map(([e,t])=>`<symbol id="i-${e}" viewBox="0 0 24 24">${t}</symbol>`).join("")}</svg>`;function Ye(e,t){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${nr}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${d(e)}</title>
<style>${Ke}</style>
</head>
<body>
${sr}
${t}<script>${Ge}</script>
</body>
</html>
`}var tt=c(b());var Xe=c(b()),Qe={error:0,warning:1,info:2};function Ze(e,t){return e.flatMap(r=>(0,Xe.shown)(r,t).map(n=>({diagnostic:n,result:r}))).sort((r,n)=>Qe[r.diagnostic.severity]-Qe[n.diagnostic.severity])}var rt=c($()),ir=5e3,et=2e3,ar=1e3;function nt(e,t){let r=cr(e.results),n=new Map(r.map(l=>[l.verdict.route,l])),o=Ze(e.results,t.quiet),s=o.slice(0,ar).map(({diagnostic:l})=>l),i=new Map;for(let l of s){let a=dr(l,n);a!==void 0&&i.set(l,a)}return{report:e,options:t,mask:(0,rt.masker)(t.showSecrets),entries:r,byRoute:n,findings:o,ids:new Map(s.map((l,a)=>[l,`f${a+1}`])),homes:i,findingsOf:ur(o),refusals:new Map(e.results.map(l=>[l,l.refusals()]))}}function lr({verdict:e}){return(e.route.websocket.serves==="no"?3:0)+{fails:0,unknown:1,switches:2}[(0,tt.outcomeOf)(e)]}function cr(e){let t=e.flatMap(s=>s.routes.map(i=>({verdict:i,result:s}))),r=t.map((s,i)=>i);if(t.length>et){let s=t.map(lr);r.sort((i,l)=>(s[i]??0)-(s[l]??0))}let n=new Set(r.slice(0,ir)),o=new Set(r.slice(0,et));return t.flatMap(({verdict:s,result:i},l)=>n.has(l)?[{verdict:s,result:i,id:`r${l+1}`,pictured:o.has(l)}]:[])}function dr({routes:e},t){let r=e.map(n=>t.get(n)).filter(n=>n?.pictured===!0);return r.find(n=>n?.verdict.route.websocket.serves!=="no")??r[0]}function ur(e){let t=new Map;for(let{diagnostic:r}of e)for(let n of r.routes){let o=t.get(n);o===void 0?t.set(n,[r]):o.push(r)}return t}var R=c(b()),O=c($());var P=c(b()),Lt=c($());var D=c(U()),V=c(H()),st=c(b()),it=c($()),at=c(Q());function S(e){return(0,V.isKnown)(e)?u(e):`<span class="unclear">${d(e.unknown)}</span>`}function X({name:e,value:t,setting:r},{options:n}){return(0,V.isKnown)(t)&&r!==null&&!n.showSecrets?(0,D.maskHeader)(e,t):t}function Z({faults:e}){return new Set(e.map(({kind:t})=>(0,at.headerOf)(t)).filter(t=>t!==null))}function lt(e,t){let{upstream:r}=e;if(r===null)return"";let n=Z(e),o=`${S(r.method)} ${S(ee(e,t))} <code${n.has(":version")?' class="bad"':""}>HTTP/${r.httpVersion}</code>`,s=r.headers.filter(a=>!ct(a)||n.has(a.name.toLowerCase())),i=r.headers.filter(a=>!s.includes(a)),l=s.map(a=>pr(a,n.has(a.name.toLowerCase()),t));return`<details class="request"><summary>The request that the backend gets (${(0,st.plural)(r.headers.length,"header")})</summary>
<p class="line">${o}</p><table><thead><tr><th scope="col">Header</th><th scope="col">Value</th><th scope="col">From</th></tr></thead><tbody>${l.join("")}</tbody></table>${fr(i)}</details>
`}function ee({upstream:e},{options:t}){let r=e?.uri??"";return(0,V.isKnown)(r)&&!t.showSecrets?(0,D.maskText)(r):r}function pr(e,t,r){let n=t?' <span class="cross">\u2717 wrong</span>':"";return`<tr${t?' class="bad"':""}><th scope="row">${u(e.name)}</th><td>${S(X(e,r))}${n}</td><td>${gr(e)}</td></tr>`}function fr(e){return e.length===0?"":`<p>As the browser sends them: ${e.map(({name:t})=>u(t)).join(", ")}.</p>`}var mr=new Set(["host","connection"]);function ct({name:e,setting:t}){return t===null&&!mr.has(e.toLowerCase())}function gr(e){return e.setting!==null?m((0,it.settingName)(e.setting)):ct(e)?"the browser":"nginx's default"}var N=c(ut()),yt=c(b()),$t=c(ft()),kt=c(gt()),w=c($()),xt=c(bt());var z=c(Q());function St(e,t){let{verdict:r}=e,n=r.handshake,o=t.refusals.get(e.result)??[],s=(0,z.breaksAt)(n,o.length>0),i=hr(n,s);return`<ol class="way">${[te("client","good","Browser",wr(r.url)),vt(i("entry"),"sends",[...yr(r.target),...F(n,s,"entry")]),te("server",i("nginx"),"nginx",$r(r,o.length,s)),vt(br(i("reach"),i("request")),"forwards",xr(e,t,s)),te("backend",s==="reach"?"unreached":i("request"),"Backend",jr(r.route,t))].join("")}</ol>
${Er(n,s)}`}var wt=["entry","nginx","reach","request","response"];function hr(e,t){let r=t===null?1/0:wt.indexOf(t==="refused"?"nginx":t);return n=>{if(e===null||e.outcome==="unknown"&&n!=="entry")return"unknown";let o=wt.indexOf(n);return t==="refused"&&n==="entry"?"unreached":o<r?"good":o===r?"broken":"unreached"}}function br(e,t){return e==="broken"||t==="broken"?"broken":e==="good"?t:e}var Rt={good:"",broken:'<strong class="verdict">breaks here</strong>',unreached:'<span class="verdict">not reached</span>',unknown:'<span class="verdict">unknown</span>'};function te(e,t,r,n){let o=e==="server"?Rt[t]:"";return`<li class="station ${t}">${K(e)}<b>${r}</b>${o}${Ot(n)}</li>`}function vt(e,t,r){return`<li class="link ${e}"><span class="arrow"><span class="verb">${t}</span></span>${Rt[e]}${Ot(r)}</li>`}function Ot(e){return e.map(t=>`<div class="row">${t}</div>`).join("")}function wr(e){return[e===null?'<span class="unclear">no URL is known that reaches this route</span>':vr(e)]}function vr(e){return u(e).replace(/([^/])\/(?!\/)/,"$1<wbr>/")}function yr(e){return[u(`GET ${e??"..."} HTTP/1.1`),u("Upgrade: websocket"),u("Connection: Upgrade")]}function F(e,t,...r){return t===null||!r.includes(t)?[]:(0,z.faultsAt)(e,...r).map(({detail:n,setting:o})=>`<span class="cross">\u2717 ${d(n)}</span>${o===null?"":` ${m((0,w.settingName)(o))}`}`)}function $r({route:e,handshake:t},r,n){let o=(0,w.serverListens)(e.server),s=[];for(let i=e.pass.via;i!==null;i=i.via)s.push((0,w.settingName)(i));return[u(`server ${(0,w.serverNames)(e.server).join(" ")||"(no name)"}`),...o.length===0?[]:[u(`listen ${o.join(", ")}`)],`${u(e.label)} ${m(kr(e))}${Y(s)}`,...n==="refused"?[`<span class="cross">\u2717 refuses the configuration: ${(0,yt.plural)(r,"finding")}</span>`]:[],...F(t,n,"nginx")]}function kr({location:e,pass:t}){let{file:r,line:n}=(0,w.fileLine)(e?.opener??t);return`${r}:${n}`}function xr(e,t,r){let{handshake:n,route:o}=e.verdict;return[...n?.upstream==null?[]:Sr(n,t),...F(n,r,"reach"),Rr(o)]}function Sr(e,t){let{upstream:r}=e;if(r===null)return[];let n=Z(e),o=`${S(r.method)} ${S(ee(e,t))} <code>HTTP/${r.httpVersion}</code>`,s=[re(o,n.has(":version")||n.has(":method"))],i=["Upgrade","Connection","Host","Sec-WebSocket-Key","Sec-WebSocket-Version"];for(let l of i){let a=l.toLowerCase(),p=r.headers.filter(f=>f.name.toLowerCase()===a);if(!(l.startsWith("Sec")&&!n.has(a))){p.length===0&&s.push(re(`${u(`${l}:`)} not sent`,n.has(a)));for(let f of p){let v=X(f,t),I=typeof v=="string"?u(`${l}: ${v}`):`${u(`${l}:`)} ${S(v)}`;s.push(re(I,n.has(a)))}}}return s}function re(e,t){return t?`<span class="cross">\u2717</span> <span class="bad">${e}</span>`:e}function Rr(e){return`<dl class="timeouts">${["connect","send","read"].map(r=>{let n=(0,N.timeoutOf)(e,r);return`<div class="timeout${Or(r,n)}"><dt>${r}</dt><dd>${Lr(n)}</dd></div>`}).join("")}</dl>`}function Or(e,t){return t?.milliseconds===0?" none":e==="read"&&t!==null&&t.milliseconds<=N.DEFAULT_TIMEOUT?" short":""}function Lr(e){if(e===null)return'<span class="unclear">unknown</span>';let{milliseconds:t,setting:r,origin:n}=e,o=r===null?`<span class="default">${n==="assumed"?"assumed":"default"}</span>`:m((0,w.settingName)(r));return`<b>${(0,kt.formatMilliseconds)(t)}</b> ${o}`}var ne=3;function jr({pass:e,server:t},{mask:r}){let{name:n,args:o}=e.directive,[s=""]=o,i=/^(?:\w+:\/\/)?([^/:]+)/.exec(s)?.[1]??"",l=Pr(t,i).map(p=>r(p)),a=l.length>ne?[`and ${l.length-ne} more`]:[];return[`${u(r(`${n} ${s}`))} ${m((0,w.settingName)(e))}`,...l.slice(0,ne).map(p=>u(`server ${p}`)),...a]}function Pr({parent:e},t){return e===null?[]:(Mr(e).get(t.toLowerCase())?.own("server")??[]).map(({directive:n})=>n.args.join(" "))}var Mr=(0,xt.once)(({children:e})=>{let t=e.filter(({kind:r})=>r==="upstream");return new Map(t.map(r=>[r.opener?.directive.args[0]?.toLowerCase()??"",r]))});function Er(e,t){let r=(o,s,i)=>`<p class="answer ${o}"><span class="text">${K(s)} ${i}</span></p>
`;if(e===null)return r("unknown","question","no request was found that reaches this route");if(e.outcome==="switches")return r("good","tick",`${u("101 Switching Protocols")} comes back: the connection is open`);if(e.outcome==="unknown")return r("unknown","question",`cannot be known: ${d(e.unknowns.slice(0,3).join("; "))}`);let n=F(e,t,"response").map(o=>` ${o}`).join("");return r("broken","cross",d((0,$t.failureText)(e,t==="refused"))+n)}var Tr={switches:["\u2713","switches"],fails:["\u2717","fails"],unknown:["?","unknown"]};function qr(e){let t=(0,P.outcomeOf)(e),[r,n]=Tr[t];return`<span class="badge ${t}"><span aria-hidden="true">${r}</span> ${n}</span>`}function jt(e,t,r){let{verdict:n,id:o,pictured:s}=e,{route:i}=n,l=t.findingsOf.get(i)??[],a=`route ${(0,P.outcomeOf)(n)} ${i.websocket.serves==="no"?"plain":"ws"}`,p=Cr(n,l,t);if(!s)return`<div class="${a} bare" id="${o}"><div class="head">${p}</div></div>
`;let f=[St(e,t),Vr(n),Nr(e,l,t),n.handshake===null?"":lt(n.handshake,t),zr(n,t)];return`<details class="${a}" id="${o}"${r?" open":""}><summary>${p}</summary>
<div class="body">${f.join("")}</div></details>
`}function Cr(e,t,{mask:r}){let{route:n}=e,{name:o,args:s}=n.pass.directive,i=r(`${o} ${s.join(" ")}`),l=n.websocket.serves==="no"?' <span class="badge plainly">not known to be WebSocket</span>':"";return`${qr(e)} <span class="name">${u(n.label)}<span class="to" aria-hidden="true"> \u2192 </span><span class="pass">${u(i)}</span></span>${l} ${Dr(t)}`}function Dr(e){let t=["error","warning","info"].flatMap(r=>{let{length:n}=e.filter(o=>o.severity===r);return n===0?[]:[`<span class="count ${r}">${(0,P.plural)(n,r)}</span>`]});return t.length===0?"":`<span class="counts">${t.join(" ")}</span>`}function Vr({route:{websocket:e}}){let{serves:t,reasons:r,hints:n,product:o}=e,s=(t==="no"?n:r).slice(0,3),i={yes:"serves WebSocket",likely:"likely serves WebSocket",no:"not known to serve WebSocket"}[t],l=o===null?"":` (${d(o)})`;return`<p class="evidence"><strong>${i}</strong>${l}${s.length===0?"":`: ${d(s.join("; "))}`}</p>`}function Nr(e,t,r){let n=t.filter(a=>r.homes.get(a)===e),s=t.filter(a=>r.homes.get(a)!==e).map(a=>{let p=r.ids.get(a),f=d(r.mask(a.message));return`<li><span class="badge ${a.severity}">${a.severity}</span> ${p===void 0?f:`<a href="#${p}">${f}</a>`}</li>`}),i=n.map(a=>T({diagnostic:a,result:e.result},r,4)),l=s.length===0?"":`<ul class="elsewhere">${s.join("")}</ul>`;return i.join("")+l}function zr({handshake:e},{mask:t}){if(e===null||e.steps.length===0)return"";let r=e.steps.map(({what:n,setting:o})=>`<li>${d(t(n))}${o===null?"":` ${m((0,Lt.settingName)(o))}`}</li>`);return`<details class="steps"><summary>Step by step (${e.steps.length})</summary><ol>${r.join("")}</ol></details>`}function Pt({entries:e}){let t=new Map;for(let r of e){let{server:n}=r.verdict.route,o=t.get(n);o===void 0?t.set(n,[r]):o.push(r)}return[...t].map(([r,n],o)=>({id:`s${o+1}`,server:r,entries:n}))}function se(e){let t=(0,O.serverNames)(e),r=t.filter(n=>n!=="").slice(0,4);return r.length===0?"server without a name":r.join(" ")+(t.length>r.length?` and ${t.length-r.length} more`:"")}var Fr=2;function Mt(e,t){let r=t.entries.filter(({verdict:o})=>(0,R.outcomeOf)(o)==="fails"&&o.route.websocket.serves!=="no"),n=new Set(r.slice(0,Fr));return e.map(o=>Ar(o,t,n)).join("")}function Ar({id:e,server:t,entries:r},n,o){let s=(0,O.scopeLine)(t),i=(0,O.serverListens)(t).slice(0,6),l=r.map(a=>jt(a,n,o.has(a)));return`<section class="server ${Ir(r)}" id="${e}" aria-labelledby="${e}h"><header><h3 id="${e}h">${d(se(t))}</h3> ${i.map(a=>u(`listen ${a}`)).join(" ")} ${s===null?"":m(`${s.file}:${s.line}`)} ${Et(r)}<a class="all" href="#all">all servers</a></header>
${l.join("")}</section>
`}function Ir(e){let t=new Set(e.map(({verdict:n})=>`has-${(0,R.outcomeOf)(n)}`)),r=e.filter(({verdict:n})=>n.route.websocket.serves!=="no");for(let{verdict:n}of r)t.add(`has-ws-${(0,R.outcomeOf)(n)}`);return r.length>0&&t.add("has-ws"),[...t].sort().join(" ")}function Et(e){let t=["fails","unknown","switches"].flatMap(n=>{let o=e.filter(({verdict:s})=>s.route.websocket.serves!=="no"&&(0,R.outcomeOf)(s)===n);return o.length===0?[]:[`<span class="count ${n}">${o.length} ${Wr[n][o.length===1?0:1]}</span>`]}),{length:r}=e.filter(({verdict:n})=>n.route.websocket.serves==="no");return r>0&&t.push(`<span class="count plain">${r} other</span>`),`<span class="counts">${t.join(" ")}</span>`}var Wr={fails:["fails","fail"],unknown:["unknown","unknown"],switches:["switches","switch"]};function Tt(e){if(e.length<2)return"";let r=`<ul class="servers"><li><a href="#all">all servers</a></li>${e.map(({id:o,server:s,entries:i})=>`<li><a href="#${o}">${d(se(s))}</a> ${Et(i)}</li>
`).join("")}</ul>`,n=`Servers (${e.length})`;return`<nav aria-label="Servers"><details${e.length<=12?" open":""}><summary>${n}: show one alone</summary>${r}</details></nav>
`}var oe=40;function qt(e){let t=e.flatMap(o=>{let s=new Set(o.routes.map(({route:a})=>a.server)),[i]=s;return(i?.parent?.children.filter(({kind:a})=>a==="server")??[]).filter(a=>!s.has(a))});if(t.length===0)return"";let r=t.slice(0,oe).map(o=>{let s=(0,O.scopeLine)(o);return`<li>${d(se(o))} ${s===null?"":m(`${s.file}:${s.line}`)}</li>`}),n=t.length>oe?`<li>and ${t.length-oe} more</li>`:"";return`<details class="silent"><summary>${(0,R.plural)(t.length,"server")} without a proxying route</summary><ul>${r.join("")}${n}</ul></details>
`}function Ur(e,t){let r=nt(e,t),{fails:n,websocket:o}=(0,A.routeCounts)(e.results),s=[He(r),`<main>
`,Be(r),Hr(r),_e(r),Je(e.results),`</main>
`,`<footer><p>Worked out from the configuration alone: what nginx does with a browser\u2019s WebSocket handshake on each route. Nothing was sent anywhere.</p></footer>
`];return Ye(`WebSocket routes of nginx: ${n} of ${o} fail`,s.join(""))}function Hr(e){let t=Pt(e);if(t.length===0)return"";let n=e.report.results.reduce((s,{routes:i})=>s+i.length,0)-e.entries.length,o=n===0?"":`<p>${(0,A.plural)(n,"more route")} not listed here: nginx-ws-lint routes lists all.</p>`;return`<section class="ways" aria-labelledby="all"><h2 id="all">Servers and routes</h2>${Tt(t)}${de(e)}${Mt(t,e)}${qt(e.report.results)}${o}</section>
`}0&&(module.exports={html});
