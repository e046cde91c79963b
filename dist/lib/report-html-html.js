"use strict";var Kt=Object.create;var A=Object.defineProperty;var Jt=Object.getOwnPropertyDescriptor;var Gt=Object.getOwnPropertyNames;var Yt=Object.getPrototypeOf,Qt=Object.prototype.hasOwnProperty;var $=(e,t)=>()=>{try{return t||e((t={exports:{}}).exports,t),t.exports}catch(n){throw t=0,n}},Xt=(e,t)=>{for(var n in t)A(e,n,{get:t[n],enumerable:!0})},ke=(e,t,n,r)=>{if(t&&typeof t=="object"||typeof t=="function")for(let o of Gt(t))!Qt.call(e,o)&&o!==n&&A(e,o,{get:()=>t[o],enumerable:!(r=Jt(t,o))||r.enumerable});return e};var m=(e,t,n)=>(n=e!=null?Kt(Yt(e)):{},ke(t||!e||!e.__esModule?A(n,"default",{value:e,enumerable:!0}):n,e)),Zt=e=>ke(A({},"__esModule",{value:!0}),e);var v=$((Lr,Se)=>{Se.exports=require("../cli.js")["src/report/counts.ts"]});var j=$((Or,Me)=>{Me.exports=require("../cli.js")["src/lint/secrets.ts"]});var Pe=$((Pr,Oe)=>{Oe.exports=require("../cli.js")["src/model/location-words.ts"]});var Z=$((jr,je)=>{je.exports=require("../cli.js")["src/model/value.ts"]});var Te=$((Er,Ee)=>{Ee.exports=require("../cli.js")["src/model/version.ts"]});var Ce=$((Dr,De)=>{De.exports=require("../cli.js")["src/lint/places.ts"]});var E=$((Cr,qe)=>{qe.exports=require("../cli.js")["src/text/source.ts"]});var q=$((Ir,ze)=>{ze.exports=require("../cli.js")["src/report/display.ts"]});var jt=$((Do,Pt)=>{Pt.exports=require("../cli.js")["src/lint/timeouts.ts"]});var Tt=$((Co,Et)=>{Et.exports=require("../cli.js")["src/model/units.ts"]});var Sr={};Xt(Sr,{html:()=>$r});module.exports=Zt(Sr);var Y=m(v());var Re=m(v());function Le({entries:e}){if(e.length<2)return"";let t=e.filter(({verdict:l})=>l.route.websocket.serves!=="no"),n=e.length-t.length,r=t.length===0?e:t,o=l=>r.filter(({verdict:c})=>(0,Re.outcomeOf)(c)===l).length,s=(l,c,d=!1)=>`<label><input type="radio" name="outcome" id="${l}"${d?" checked":""}> ${c}</label>`,i=[s("show-all","all",!0),s("show-fails",`fails (${o("fails")})`),s("show-unknown",`unknown (${o("unknown")})`),s("show-switches",`switches (${o("switches")})`)],a=n===0||t.length===0?"":`<label class="plain"><input type="checkbox" id="show-plain"> others too (${n})</label>`;return`<form class="filters" id="filters"><fieldset><legend>Handshakes</legend>${i.join("")}</fieldset>${a}</form>
`}var y=m(v());var Ne=m(j()),en=m(Pe()),tn=m(Z()),We=m(Te());var Fe=m(j()),ee=m(Ce()),N=m(E());function Ae(e,t,n){let r=e.get(t);return r===void 0?{line:1,column:1}:(0,N.positionAt)(r,n)}function T(e,t){let{line:n,column:r}=Ae(e,t.file,t.start);return`${t.file}:${n}:${r}`}function S(e){let{file:t,start:n}=(0,ee.placeOfSetting)(e);return`${t}:${(0,N.positionAt)(e.tree.source,n).line}`}function W(e){let{file:t,start:n}=(0,ee.placeOfSetting)(e);return{file:t,line:(0,N.positionAt)(e.tree.source,n).line}}function V(e){return e?.opener==null?null:W(e.opener)}function R(e){return e.own("server_name").flatMap(({directive:t})=>t.args)}function C(e){return e.own("listen").map(({directive:t})=>t.args.join(" "))}function z(e){return e?t=>t:Fe.maskText}var te=m(v());function Ve(e){let t=new Set(e.map(({nginxVersion:r})=>r)),[n]=t;return t.size===1&&n!=null?(0,We.formatVersion)(n):null}var vn=m(E());var Qe=m(q());var re=m(E());var Ue=m(E()),I=m(j()),L=m(q()),Ie=4;function H(e,t){let n=(0,Ue.lineStarts)(e),r=n[t-1]??e.text.length,o=(n[t]??e.text.length+1)-1;return o>r&&e.text[o-1]==="\r"&&(o-=1),{start:r,end:o}}var ne=2e3;function Be(e,t,n,r){let o=nn(H(e,t),n),s=[],i="",a=0,l=o.start,c=(u,b)=>{for(let g=0;g<b;g+=1)s.push(a);i+=u,a+=(0,L.widthOf)(u),l+=b},d=r?[]:rn(e,o);for(let u of[...d,{start:o.end,end:o.end}]){for(;l<u.start;){let b=String.fromCodePoint(e.text.codePointAt(l)??0);b==="["&&i.endsWith("##")?c("\\x5b",1):c(b==="	"?" ".repeat(Ie-a%Ie):(0,L.visibleCharacter)(b),b.length)}u.end>l&&c(I.MASK,Math.min(u.end,o.end)-l)}return{text:i,cellAt:u=>s[u-o.start]??(u<o.start?0:a)}}function nn(e,t){if(e.end-e.start<=ne)return e;let n=Math.max(e.start,Math.min(t,e.end)-ne/4);return{start:n,end:Math.min(e.end,n+ne)}}function rn(e,t){let n=(0,I.secretSpans)(e),r=[];for(let o=on(n,t.start);o<n.length;o+=1){let s=n[o];if(s===void 0||s.start>=t.end)break;r.push({start:Math.max(s.start,t.start),end:Math.min(s.end,t.end)})}return r}function on(e,t){let n=0,r=e.length;for(;n<r;){let o=n+r>>1;(e[o]?.end??0)>t?r=o:n=o+1}return n}var He="...";function _e(e,t,n,r){let o=(0,L.widthOf)(e);if(o<=r)return{text:e,from:t,to:n};let s=Math.max(0,Math.min(t-Math.floor(r/3),o-r)),i=Math.min(o,s+r),a=s>0?He:"",l=sn(e,s,i),c=a.length-l.start;return{text:a+l.text+(i<o?He:""),from:Math.max(0,t+c),to:Math.max(t+c+1,Math.min(n,i)+c)}}function sn(e,t,n){let r=0,o="",s=null;for(let i of e){let a=r+(0,L.cellsOf)(i.codePointAt(0)??0);r>=t&&a<=n&&(s??=r,o+=i),r=a}return{text:o,start:s??t}}var an=160,ln=3;function oe(e,t,n){let{paint:r}=n,o=(0,re.positionAt)(e,t.start).line,s=Math.max(o,(0,re.positionAt)(e,Math.max(t.start,t.end-1)).line),i=Math.min(s,o+ln-1),a=cn(e,o,n.context),l=String(i).length,c=r.blue("|"),d=[`${" ".repeat(l)} ${c}`];for(let u=a;u<=i;u+=1){let b=Be(e,u,t.start,n.showSecrets),g=u<o?{from:0,to:0}:un(e,u,t,b.cellAt),h=_e(b.text,g.from,g.to,an),k=r.blue(String(u).padStart(l));if(d.push(`${k} ${c} ${h.text}`.trimEnd()),u<o)continue;let Q=n.sign.repeat(Math.max(1,h.to-h.from)),x=u===i&&n.label!==""?` ${n.label}`:"";d.push(`${" ".repeat(l)} ${c} ${" ".repeat(h.from)}${n.mark(Q+x)}`)}return d.join(`
`)}function cn(e,t,n){let r=Math.max(1,t-n);for(;r<t;){let{start:o,end:s}=H(e,r);if(e.text.slice(o,s).trim()!=="")break;r+=1}return r}function un(e,t,n,r){let o=H(e,t),s=/^\s*/.exec(e.text.slice(o.start,o.end))?.[0].length??0,i=Math.max(n.start,o.start+(n.start<o.start?s:0)),a=Math.min(Math.max(n.end,i),o.end),l=r(i);return{from:l,to:Math.max(l+1,r(a))}}var U=m(j()),Ge=m(E());var dn="\\ No newline at end of file";function Ke(e,t,n=3){let r=fn(e),o=[],s=0;for(let i of hn(pn(e,r,t),2*n)){let a=bn(e,r,i,n,s);s+=a.newLines-a.oldLines,o.push(a)}return o}var se={text:"",starts:[0]};function fn(e){return se.text!==e&&(se={text:e,starts:Je(e)}),se.starts}function Je(e){let t=[];for(let n=0;n<e.length;){t.push(n);let r=e.indexOf(`
`,n);n=r<0?e.length:r+1}return t.push(e.length),t}function mn(e){let t=Je(e);return t.slice(0,-1).map((n,r)=>e.slice(n,t[r+1]))}function pn(e,t,n){let r=t.length-1,o=n.map((i,a)=>({edit:i,order:a}));o.sort((i,a)=>i.edit.start-a.edit.start||i.edit.end-a.edit.end||i.order-a.order);let s=[];for(let i=0;i<o.length;){let a=o[i]?.edit;if(a===void 0)break;let l=ie(e,t,a.start),c=l,d=t[l]??e.length,u="",b=1;for(;;){for(let h=o[i]?.edit;h!==void 0;h=o[i]?.edit){let k=ie(e,t,h.start);if(h!==a&&k>=c&&c<r+b)break;u+=e.slice(d,h.start)+h.text,d=h.end,c=Math.max(c,h.end>h.start?ie(e,t,h.end-1)+1:Math.min(k+1,r)),i+=1}let g=t[c]??e.length;if(u+=e.slice(d,g),d=g,u===""||u.endsWith(`
`))break;if(c<r)c+=1;else if(i<o.length)b=0;else break}s.push(gn(e,t,{from:l,to:c,lines:mn(u)}))}return s.filter(i=>i.to>i.from||i.lines.length>0)}function ie(e,t,n){let r=t.length-1;if(n>=e.length)return e===""||e.endsWith(`
`)?r:r-1;let o=0,s=r-1;for(;o<s;){let i=o+s+1>>1;(t[i]??0)<=n?o=i:s=i-1}return o}function gn(e,t,n){let{from:r,to:o}=n,s=0,i=n.lines.length,a=l=>e.slice(t[l],t[l+1]);for(;r<o&&s<i&&a(r)===n.lines[s];)r+=1,s+=1;for(;r<o&&s<i&&a(o-1)===n.lines[i-1];)o-=1,i-=1;return{from:r,to:o,lines:n.lines.slice(s,i)}}function hn(e,t){let n=[],r;for(let o of e)r!==void 0&&o.from-r.to<=t?n[n.length-1]?.push(o):n.push([o]),r=o;return n}function bn(e,t,n,r,o){let s=t.length-1,i=Math.max(0,(n[0]?.from??0)-r),a=Math.min(s,(n[n.length-1]?.to??0)+r),l=[],c=g=>e.slice(t[g],t[g+1]),d=(g,h)=>{h.endsWith(`
`)?l.push(g+h.slice(0,-1)):l.push(g+h,dn)},u=i,b=a-i;for(let g of n){for(;u<g.from;u+=1)d(" ",c(u));for(;u<g.to;u+=1)d("-",c(u));for(let h of g.lines)d("+",h);b+=g.lines.length-(g.to-g.from)}for(;u<a;u+=1)d(" ",c(u));return{oldStart:i+1,oldLines:a-i,newStart:i+1+o,newLines:b,lines:l}}var ae=m(q());function le(e,t,n){let r=[],o=new Set(e.edits.map(({file:i})=>i));for(let i of o){let a=t.get(i);if(a===void 0)continue;let l=e.edits.filter(c=>c.file===i);o.size>1&&r.push(n.paint.dim((0,ae.visible)(i))),r.push(...wn(a,l,n))}if(r.length<=n.most)return r;let s=r.length-n.most+1;return[...r.slice(0,n.most-1),n.paint.dim(`... ${s} more lines (--diff shows all)`)]}function wn(e,t,n){let r=Ke(e.text,t,0).flatMap(s=>s.lines).filter(s=>!s.startsWith("\\")).map(s=>({sign:s.charAt(0),text:yn(s.slice(1))})).filter(({text:s})=>s!==""),o=Math.min(...r.map(({text:s})=>/^ */.exec(s)?.[0].length??0));return r.map(({sign:s,text:i})=>{let a=i.slice(o),l=`${s} ${(0,ae.visible)(n.showSecrets?a:xn(a))}`;return s==="-"?n.paint.red(l):n.paint.green(l)})}function yn(e){return e.trimEnd().replaceAll("	","    ")}function xn(e){let t=(0,Ge.createSource)("",e),n="",r=0;for(let{start:o,end:s}of(0,U.secretSpans)(t))n+=e.slice(r,o)+U.MASK,r=s;return n+e.slice(r)}var Ye=new WeakMap;function Xe(e,{routes:t}){let n=Ye.get(t);n===void 0&&(n=new Set(t.map(o=>o.route.server)).size>1,Ye.set(t,n));let[r]=R(e.server);return n&&r!==void 0&&r!==""?`${e.label} of ${r}`:e.label}var Ze=m(q());function et(e){return e.split(`
`).map(ce).join(`
`)}function ce(e){return(0,Ze.visible)(e).replace(/[&<>"'\ufffe\uffff]/g,t=>$n[t]??`\\u${t.charCodeAt(0).toString(16)}`)}var $n={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&apos;"};var tt="",nt="",rt={red:"del",green:"ins",blue:"gutter",yellow:"mark",dim:"dim",bold:"bold",cyan:"mark"};function M(e){let t=Object.keys(rt).indexOf(e);return n=>n===""?"":`${tt}${t}${n}${nt}`}var ue={bold:M("bold"),dim:M("dim"),red:M("red"),green:M("green"),yellow:M("yellow"),blue:M("blue"),cyan:M("cyan")};function ot(e){let t=Object.values(rt);return e.split(/(\u0001\d|\u0002)/).map(n=>n===nt?"</span>":n.startsWith(tt)?`<span class="${t[Number(n[1])]}">`:et(n)).join("")}function de(e,{sources:t,given:n},{showSecrets:r,context:o}){let s=t.get(e.file);if(s===void 0||!n.has(e.file))return null;let i={paint:ue,showSecrets:r,mark:ue.yellow,sign:"^",context:o,label:""};return`<pre class="frame" tabindex="0"><code>${ot(oe(s,e,i))}</code></pre>`}var kn=40;function st(e,t,n){let r=le(e,t,{paint:ue,showSecrets:n,most:kn});return`<pre class="patch" tabindex="0"><code>${ot(r.join(`
`))}</code></pre>`}var it=600;function f(e){return ce(e.length<=it?e:`${e.slice(0,it)}...`)}function p(e){return`<code>${f(e)}</code>`}function w(e){return`<span class="place">${f(e)}</span>`}function fe(e){return`<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${e}"/></svg>`}var Sn=20;function at({severity:e}){return`<span class="badge ${e}">${e}</span>`}function B({diagnostic:e,result:t},n,r){let{options:o,mask:s,ids:i}=n,a=i.get(e),{message:l,why:c,notes:d,related:u,via:b,help:g,certainty:h}=e,k=(x,X)=>`<p class="${x}"><strong>${x}</strong> ${f(s(X))}</p>`,Q=[`<h${r}>${at(e)} ${f(s(l))} ${Rn(e,n)}</h${r}>`,`<p class="at">${w(T(t.sources,e))}${me(b.map(x=>T(t.sources,x)))}</p>`,de(e,t,{showSecrets:o.showSecrets,context:2})??"",c===null?"":k("why",c),...d.map(x=>k("note",x)),h==="assumed"?k("note","this rests on blocks that were not given"):"",...u.map(x=>{let X=de(x,t,{showSecrets:o.showSecrets,context:0})??"";return`<p class="see"><strong>see</strong> ${w(T(t.sources,x))}: ${f(s(x.message))}</p>${X}`}),g===null?"":k("help",g),Ln(e,t,o.showSecrets),Mn({diagnostic:e,result:t},n)];return`<section class="finding ${e.severity}"${a===void 0?"":` id="${a}"`}>${Q.join("")}</section>
`}function Rn({rule:e},{report:t}){let n=t.docs(e);return n===null?`<span class="rule">${f(e)}</span>`:`<a class="rule" href="${f(n)}" rel="noreferrer">${f(e)}</a>`}function me(e){return e.length===0?"":` <span class="via">included from ${e.map(w).join(", from ")}</span>`}function Ln({fix:e},{sources:t},n){if(e===null)return"";let r=e.safety==="safe"?`safe: ${p("--fix")}`:`may change more: ${p("--fix --unsafe-fixes")}`;return`<p class="fix"><strong>fix</strong> ${f(e.title)} <span class="how">${r}</span></p>${st(e,t,n)}`}function Mn({diagnostic:e,result:t},{byRoute:n}){let{routes:r,breaks:o}=e;if(r.length<2)return"";let s=r.slice(0,Sn).map(a=>{let l=n.get(a),c=f(Xe(a,t));return l===void 0?c:`<a href="#${l.id}">${c}</a>`}),i=r.length>s.length?` and ${r.length-s.length} more`:"";return`<p class="routes"><strong>${o?"breaks":"routes"}</strong> ${s.join(", ")}${i}</p>`}function lt({diagnostic:e,result:t},{ids:n,mask:r}){let o=n.get(e),s=f(r(e.message)),i=o===void 0?s:`<a href="#${o}">${s}</a>`,a=e.fix===null?"":` <span class="badge fixable">${e.fix.safety} fix</span>`;return`<li>${at(e)} <span class="what">${i}${a}</span> ${w(T(t.sources,e))}</li>
`}function ct({report:e}){let{results:t,tool:n}=e,r=(0,y.routeCounts)(t),{errors:o,warnings:s,infos:i,ignored:a}=(0,y.countsOf)(t),l=Ve(t),c=t.slice(0,5).map(({root:u})=>p(u===""?"standard input":u)),d=t.length>c.length?` and ${t.length-c.length} more`:"";return`<header class="top"><p class="tool">nginx-ws-lint ${f(n.version)}</p>
<h1 class="${r.fails>0||o>0?"fails":r.unknown>0?"unknown":"switches"}">${On(r,o)}</h1>
<p class="of">${c.join(", ")}${d}, ${(0,y.plural)((0,y.filesOf)(t),"file")}, judged for ${l===null?"every nginx from 1.18.0 on":`nginx ${l}`}</p>
${Pn(r)}
<ul class="tiles">${[_("error",o,"error"),_("warning",s,"warning"),_("info",i,"info"),...a>0?[_("ignored",a,"ignored","ignored")]:[]].join("")}</ul></header>
`}function On({all:e,websocket:t,switches:n,fails:r,unknown:o},s){return e===0?s>0?(0,y.plural)(s,"error"):"No route proxies: there is no WebSocket handshake to judge":t===0?s>0?(0,y.plural)(s,"error"):`${(0,y.plural)(e,"proxying route")}, none known to serve WebSocket`:r>0?`${r} of ${(0,y.plural)(t,"WebSocket route")} ${r===1?"fails":"fail"}`:o>0?`${n} of ${(0,y.plural)(t,"WebSocket route")} ${n===1?"switches":"switch"}, ${o} cannot be known`:t===1?"The WebSocket route switches":`All ${t} WebSocket routes switch`}function Pn({websocket:e,switches:t,fails:n,unknown:r}){if(e===0)return"";let o=0,s=(l,c)=>{let d=c/e*1e3,u=`<rect class="${l}" x="${o.toFixed(1)}" y="0" width="${d.toFixed(1)}" height="10"/>`;return o+=d,c===0?"":u},i=s("fails",n)+s("unknown",r)+s("switches",t);return`<figure class="bar"><svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${`${n} ${n===1?"fails":"fail"}, ${r} unknown, ${t} ${t===1?"switches":"switch"}`}">${i}</svg><figcaption><span class="count fails">\u2717 ${n} ${n===1?"fails":"fail"}</span> <span class="count unknown">? ${r} unknown</span> <span class="count switches">\u2713 ${t} ${t===1?"switches":"switch"}</span></figcaption></figure>
`}function _(e,t,n,r=`${n}s`){return`<li class="${e}${t===0?" none":""}"><b>${t}</b> ${t===1?n:r}</li>`}var D=300,K=8;function ut(e){let{findings:t}=e;if(t.length===0)return"";let n=t.slice(0,D).map(i=>lt(i,e)),r=t.length>D?`<li>${t.length-D} not listed here</li>`:"",o=`<ul class="findings">${n.slice(0,K).join("")}</ul>`,s=t.length>K?`<details><summary>${t.length-K} more</summary><ul class="findings">${n.slice(K).join("")}${r}</ul></details>`:"";return`<section class="index" aria-labelledby="findings"><h2 id="findings">Findings (${t.length})</h2>${o}${s}${jn(e)}</section>
`}function jn({report:e}){return e.next.length===0?"":`<div class="next"><strong>Next</strong><ul>${e.next.map(({what:n,command:r})=>`<li>${p(r)} ${f(n)}</li>`).join("")}</ul></div>`}function dt(e){let t=e.findings.filter(({diagnostic:n})=>e.ids.has(n)&&!e.homes.has(n)).map(n=>B(n,e,3));return t.length===0?"":`<section class="general" aria-labelledby="general"><h2 id="general">Beside the routes</h2>${t.join("")}</section>
`}function ft(e){let t=e.flatMap(s=>s.problems).map(({file:s,message:i})=>`<li><span class="badge error">not read</span> ${s===null?"":`${p(s)}: `}${f(i)}</li>`),n=e.flatMap(s=>s.notes).map(s=>`<li>${f(s)}</li>`),r=[...t,...n];if(r.length===0)return"";let o=r.length>D?`<li>${r.length-D} more</li>`:"";return`<section class="notes" aria-labelledby="notes"><h2 id="notes">Notes</h2><ul>${r.slice(0,D).join("")}${o}</ul></section>
`}var mt=`(() => {
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
`;var pt=`
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
`;var En="NWS7Rh9flvpmKYKquvS8DDABRzDoR3EhoJHSDo6QKxQ=",Tn="oLftCApFsFonJfD73/zBNkdPjYBBZPuqC0DX8tqdTO0=",Dn=["default-src 'none'",`style-src 'sha256-${En}'`,`script-src 'sha256-${Tn}'`,"img-src data:","base-uri 'none'","form-action 'none'"].join("; "),Cn={client:'<rect x="3" y="4" width="18" height="14" rx="2"/><path d="M3 8h18M6 6h.01M9 6h.01"/>',server:'<rect x="4" y="3" width="16" height="7" rx="1.5"/><rect x="4" y="14" width="16" height="7" rx="1.5"/><path d="M7 6.5h.01M7 17.5h.01M11 6.5h6M11 17.5h6"/>',backend:'<path d="M8 6l-5 6 5 6M16 6l5 6-5 6M13.5 4l-3 16"/>',clock:'<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',cross:'<path d="M5 5l14 14M19 5L5 19"/>',tick:'<path d="M4 13l5 5L20 6"/>',question:'<path d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18.5h.01"/>'},qn=`<svg class="sprite" aria-hidden="true">${Object.entries(Cn).map(([e,t])=>`<symbol id="i-${e}" viewBox="0 0 24 24">${t}</symbol>`).join("")}</svg>`;function gt(e,t){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Dn}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${f(e)}</title>
<style>${pt}</style>
</head>
<body>
${qn}
${t}<script>${mt}</script>
</body>
</html>
`}var xt=m(v());var bt=m(v()),ht={error:0,warning:1,info:2};function wt(e,t){return e.flatMap(n=>(0,bt.shown)(n,t).map(r=>({diagnostic:r,result:n}))).sort((n,r)=>ht[n.diagnostic.severity]-ht[r.diagnostic.severity])}var Fn=5e3,yt=2e3,An=1e3;function vt(e,t){let n=Vn(e.results),r=new Map(n.map(a=>[a.verdict.route,a])),o=wt(e.results,t.quiet),s=o.slice(0,An).map(({diagnostic:a})=>a),i=new Map;for(let a of s){let l=zn(a,r);l!==void 0&&i.set(a,l)}return{report:e,options:t,mask:z(t.showSecrets),entries:n,byRoute:r,findings:o,ids:new Map(s.map((a,l)=>[a,`f${l+1}`])),homes:i,findingsOf:In(o),refusals:new Map(e.results.map(a=>[a,Nn(a)]))}}function Nn({diagnostics:e}){return e.filter(({refuses:t,ignored:n})=>t&&n===null)}function Wn({verdict:e}){return(e.route.websocket.serves==="no"?3:0)+{fails:0,unknown:1,switches:2}[(0,xt.outcomeOf)(e)]}function Vn(e){let t=e.flatMap(s=>s.routes.map(i=>({verdict:i,result:s}))),n=t.map((s,i)=>i);if(t.length>yt){let s=t.map(Wn);n.sort((i,a)=>(s[i]??0)-(s[a]??0))}let r=new Set(n.slice(0,Fn)),o=new Set(n.slice(0,yt));return t.flatMap(({verdict:s,result:i},a)=>r.has(a)?[{verdict:s,result:i,id:`r${a+1}`,pictured:o.has(a)}]:[])}function zn({routes:e},t){let n=e.map(r=>t.get(r)).filter(r=>r?.pictured===!0);return n.find(r=>r?.verdict.route.websocket.serves!=="no")??n[0]}function In(e){let t=new Map;for(let{diagnostic:n}of e)for(let r of n.routes){let o=t.get(r);o===void 0?t.set(r,[n]):o.push(n)}return t}var P=m(v());var F=m(v());var Rt=m(j()),ge=m(Z()),Lt=m(v());var pe={"h2-only-port":"entry","bad-request":"entry",returned:"nginx",redirected:"nginx","refused-by-access":"nginx","no-handler":"nginx","other-handler":"nginx","not-found":"nginx",internal:"nginx","server-error":"nginx","limit-except":"nginx","subrequest-upgrade":"nginx","wrong-module":"nginx","bad-scheme":"nginx","no-resolver":"reach","instant-timeout":"reach","http-version":"request","upgrade-missing":"request","upgrade-wrong":"request","upgrade-twice":"request","connection-missing":"request","connection-wrong":"request","connection-close":"request","host-missing":"request","host-twice":"request",method:"request","key-missing":"request","sec-version-missing":"request","response-header-hidden":"response","response-header-added":"response"},Hn=["refused","entry","nginx","reach","request","response"];function $t(e,t){if(e?.outcome!=="fails")return null;if(t)return"refused";let n=e.faults.map(({kind:r})=>pe[r]);return Hn.find(r=>n.includes(r))??"nginx"}function kt(e,...t){return e?.faults.filter(({kind:n})=>t.includes(pe[n]))??[]}function St(e){if(e==="http-version")return":version";if(e==="method")return":method";if(e==="key-missing")return"sec-websocket-key";if(e==="sec-version-missing")return"sec-websocket-version";let[t=""]=e.split("-");return pe[e]==="request"?t:null}function O(e){return(0,ge.isKnown)(e)?p(e):`<span class="unclear">${f(e.unknown)}</span>`}function he({name:e,value:t,setting:n},{options:r}){return(0,ge.isKnown)(t)&&n!==null&&!r.showSecrets?(0,Rt.maskHeader)(e,t):t}function be({faults:e}){return new Set(e.map(({kind:t})=>St(t)).filter(t=>t!==null))}function Mt(e,t){let{upstream:n}=e;if(n===null)return"";let r=be(e),o=`${O(n.method)} ${O(n.uri)} <code${r.has(":version")?' class="bad"':""}>HTTP/${n.httpVersion}</code>`,s=n.headers.filter(l=>!Ot(l)||r.has(l.name.toLowerCase())),i=n.headers.filter(l=>!s.includes(l)),a=s.map(l=>Un(l,r.has(l.name.toLowerCase()),t));return`<details class="request"><summary>The request that the backend gets (${(0,Lt.plural)(n.headers.length,"header")})</summary>
<p class="line">${o}</p><table><thead><tr><th scope="col">Header</th><th scope="col">Value</th><th scope="col">From</th></tr></thead><tbody>${a.join("")}</tbody></table>${Bn(i)}</details>
`}function Un(e,t,n){let r=t?' <span class="cross">\u2717 wrong</span>':"";return`<tr${t?' class="bad"':""}><th scope="row">${p(e.name)}</th><td>${O(he(e,n))}${r}</td><td>${Kn(e)}</td></tr>`}function Bn(e){return e.length===0?"":`<p>As the browser sends them: ${e.map(({name:t})=>p(t)).join(", ")}.</p>`}var _n=new Set(["host","connection"]);function Ot({name:e,setting:t}){return t===null&&!_n.has(e.toLowerCase())}function Kn(e){return e.setting!==null?w(S(e.setting)):Ot(e)?"the browser":"nginx's default"}var J=m(jt()),Ft=m(v()),At=m(Tt());function Nt(e,t){let{verdict:n}=e,r=n.handshake,o=t.refusals.get(e.result)??[],s=$t(r,o.length>0),i=Jn(r,s);return`<ol class="way">${[we("client","good","Browser",Yn(n.url)),Ct(i("entry"),"sends",[...Xn(n.target),...G(r,s,"entry")]),we("server",i("nginx"),"nginx",Zn(n,o.length,s)),Ct(Gn(i("reach"),i("request")),"forwards",tr(e,t,s)),we("backend",s==="reach"?"unreached":i("request"),"Backend",ir(n.route,t))].join("")}</ol>
${cr(r,s)}`}var Dt=["entry","nginx","reach","request","response"];function Jn(e,t){let n=t===null?1/0:Dt.indexOf(t==="refused"?"nginx":t);return r=>{if(e===null||e.outcome==="unknown"&&r!=="entry")return"unknown";let o=Dt.indexOf(r);return t==="refused"&&r==="entry"?"unreached":o<n?"good":o===n?"broken":"unreached"}}function Gn(e,t){return e==="broken"||t==="broken"?"broken":e==="good"?t:e}var Wt={good:"",broken:'<strong class="verdict">breaks here</strong>',unreached:'<span class="verdict">not reached</span>',unknown:'<span class="verdict">unknown</span>'};function we(e,t,n,r){let o=e==="server"?Wt[t]:"";return`<li class="station ${t}">${fe(e)}<b>${n}</b>${o}${Vt(r)}</li>`}function Ct(e,t,n){return`<li class="link ${e}"><span class="arrow"><span class="verb">${t}</span></span>${Wt[e]}${Vt(n)}</li>`}function Vt(e){return e.map(t=>`<div class="row">${t}</div>`).join("")}function Yn(e){return[e===null?'<span class="unclear">no URL is known that reaches this route</span>':Qn(e)]}function Qn(e){return p(e).replace(/([^/])\/(?!\/)/,"$1<wbr>/")}function Xn(e){return[p(`GET ${e??"..."} HTTP/1.1`),p("Upgrade: websocket"),p("Connection: Upgrade")]}function G(e,t,...n){return t===null||!n.includes(t)?[]:kt(e,...n).map(({detail:r,setting:o})=>`<span class="cross">\u2717 ${f(r)}</span>${o===null?"":` ${w(S(o))}`}`)}function Zn({route:e,handshake:t},n,r){let o=C(e.server),s=[];for(let i=e.pass.via;i!==null;i=i.via)s.push(S(i));return[p(`server ${R(e.server).join(" ")||"(no name)"}`),...o.length===0?[]:[p(`listen ${o.join(", ")}`)],`${p(e.label)} ${w(er(e))}${me(s)}`,...r==="refused"?[`<span class="cross">\u2717 refuses the configuration: ${(0,Ft.plural)(n,"finding")}</span>`]:[],...G(t,r,"nginx")]}function er({location:e,pass:t}){let{file:n,line:r}=W(e?.opener??t);return`${n}:${r}`}function tr(e,t,n){let{handshake:r,route:o}=e.verdict;return[...r?.upstream==null?[]:nr(r,t),...G(r,n,"reach"),rr(o)]}function nr(e,t){let{upstream:n}=e;if(n===null)return[];let r=be(e),o=`${O(n.method)} ${O(n.uri)} <code>HTTP/${n.httpVersion}</code>`,s=[ye(o,r.has(":version")||r.has(":method"))],i=["Upgrade","Connection","Host","Sec-WebSocket-Key","Sec-WebSocket-Version"];for(let a of i){let l=a.toLowerCase(),c=n.headers.filter(d=>d.name.toLowerCase()===l);if(!(a.startsWith("Sec")&&!r.has(l))){c.length===0&&s.push(ye(`${p(`${a}:`)} not sent`,r.has(l)));for(let d of c){let u=he(d,t),b=typeof u=="string"?p(`${a}: ${u}`):`${p(`${a}:`)} ${O(u)}`;s.push(ye(b,r.has(l)))}}}return s}function ye(e,t){return t?`<span class="cross">\u2717</span> <span class="bad">${e}</span>`:e}function rr(e){return`<dl class="timeouts">${["connect","send","read"].map(n=>{let r=(0,J.timeoutOf)(e,n);return`<div class="timeout${or(n,r)}"><dt>${n}</dt><dd>${sr(r)}</dd></div>`}).join("")}</dl>`}function or(e,t){return t?.milliseconds===0?" none":e==="read"&&t!==null&&t.milliseconds<=J.DEFAULT_TIMEOUT?" short":""}function sr(e){if(e===null)return'<span class="unclear">unknown</span>';let{milliseconds:t,setting:n,origin:r}=e,o=n===null?`<span class="default">${r==="assumed"?"assumed":"default"}</span>`:w(S(n));return`<b>${(0,At.formatMilliseconds)(t)}</b> ${o}`}var xe=3;function ir({pass:e,server:t},{mask:n}){let{name:r,args:o}=e.directive,[s=""]=o,i=/^(?:\w+:\/\/)?([^/:]+)/.exec(s)?.[1]??"",a=ar(t,i).map(c=>n(c)),l=a.length>xe?[`and ${a.length-xe} more`]:[];return[`${p(n(`${r} ${s}`))} ${w(S(e))}`,...a.slice(0,xe).map(c=>p(`server ${c}`)),...l]}var qt=new WeakMap;function ar({parent:e},t){if(e===null)return[];let n=qt.get(e)??lr(e);return qt.set(e,n),(n.get(t.toLowerCase())?.own("server")??[]).map(({directive:o})=>o.args.join(" "))}function lr({children:e}){let t=e.filter(({kind:n})=>n==="upstream");return new Map(t.map(n=>[n.opener?.directive.args[0]?.toLowerCase()??"",n]))}function cr(e,t){let n=(o,s,i)=>`<p class="answer ${o}"><span class="text">${fe(s)} ${i}</span></p>
`;if(e===null)return n("unknown","question","no request was found that reaches this route");if(e.outcome==="switches")return n("good","tick",`${p("101 Switching Protocols")} comes back: the connection is open`);if(e.outcome==="unknown")return n("unknown","question",`cannot be known: ${f(e.unknowns.slice(0,3).join("; "))}`);let r=G(e,t,"response").map(o=>` ${o}`).join("");return n("broken","cross",ur(e,t)+r)}function ur({status:e},t){return t==="refused"?"nginx does not start with this configuration, or goes on with the old one: nothing comes back":t==="response"?"a <code>101</code> comes back that the browser does not accept:":e!==null?`nginx answers ${p(String(e))}: the browser reports a failed connection`:t==="entry"?"nginx takes no request here":"the backend refuses: what it gets is no WebSocket handshake"}var dr={switches:["\u2713","switches"],fails:["\u2717","fails"],unknown:["?","unknown"]};function fr(e){let t=(0,F.outcomeOf)(e),[n,r]=dr[t];return`<span class="badge ${t}"><span aria-hidden="true">${n}</span> ${r}</span>`}function zt(e,t,n){let{verdict:r,id:o,pictured:s}=e,{route:i}=r,a=t.findingsOf.get(i)??[],l=`route ${(0,F.outcomeOf)(r)} ${i.websocket.serves==="no"?"plain":"ws"}`,c=mr(r,a,t);if(!s)return`<div class="${l} bare" id="${o}"><div class="head">${c}</div></div>
`;let d=[Nt(e,t),gr(r),hr(e,a,t),r.handshake===null?"":Mt(r.handshake,t),br(r,t)];return`<details class="${l}" id="${o}"${n?" open":""}><summary>${c}</summary>
<div class="body">${d.join("")}</div></details>
`}function mr(e,t,{mask:n}){let{route:r}=e,{name:o,args:s}=r.pass.directive,i=n(`${o} ${s.join(" ")}`),a=r.websocket.serves==="no"?' <span class="badge plainly">not known to be WebSocket</span>':"";return`${fr(e)} <span class="name">${p(r.label)}<span class="to" aria-hidden="true"> \u2192 </span><span class="pass">${p(i)}</span></span>${a} ${pr(t)}`}function pr(e){let t=["error","warning","info"].flatMap(n=>{let{length:r}=e.filter(o=>o.severity===n);return r===0?[]:[`<span class="count ${n}">${(0,F.plural)(r,n)}</span>`]});return t.length===0?"":`<span class="counts">${t.join(" ")}</span>`}function gr({route:{websocket:e}}){let{serves:t,reasons:n,hints:r,product:o}=e,s=(t==="no"?r:n).slice(0,3),i={yes:"serves WebSocket",likely:"likely serves WebSocket",no:"not known to serve WebSocket"}[t],a=o===null?"":` (${f(o)})`;return`<p class="evidence"><strong>${i}</strong>${a}${s.length===0?"":`: ${f(s.join("; "))}`}</p>`}function hr(e,t,n){let r=t.filter(l=>n.homes.get(l)===e),s=t.filter(l=>n.homes.get(l)!==e).map(l=>{let c=n.ids.get(l),d=f(n.mask(l.message));return`<li><span class="badge ${l.severity}">${l.severity}</span> ${c===void 0?d:`<a href="#${c}">${d}</a>`}</li>`}),i=r.map(l=>B({diagnostic:l,result:e.result},n,4)),a=s.length===0?"":`<ul class="elsewhere">${s.join("")}</ul>`;return i.join("")+a}function br({handshake:e},{mask:t}){if(e===null||e.steps.length===0)return"";let n=e.steps.map(({what:r,setting:o})=>`<li>${f(t(r))}${o===null?"":` ${w(S(o))}`}</li>`);return`<details class="steps"><summary>Step by step (${e.steps.length})</summary><ol>${n.join("")}</ol></details>`}function It({entries:e}){let t=new Map;for(let n of e){let{server:r}=n.verdict.route,o=t.get(r);o===void 0?t.set(r,[n]):o.push(n)}return[...t].map(([n,r],o)=>({id:`s${o+1}`,server:n,entries:r}))}function $e(e){let t=R(e),n=t.filter(r=>r!=="").slice(0,4);return n.length===0?"server without a name":n.join(" ")+(t.length>n.length?` and ${t.length-n.length} more`:"")}var wr=2;function Ht(e,t){let n=t.entries.filter(({verdict:o})=>(0,P.outcomeOf)(o)==="fails"&&o.route.websocket.serves!=="no"),r=new Set(n.slice(0,wr));return e.map(o=>yr(o,t,r)).join("")}function yr({id:e,server:t,entries:n},r,o){let s=V(t),i=C(t).slice(0,6),a=n.map(l=>zt(l,r,o.has(l)));return`<section class="server ${xr(n)}" id="${e}" aria-labelledby="${e}h"><header><h3 id="${e}h">${f($e(t))}</h3> ${i.map(l=>p(`listen ${l}`)).join(" ")} ${s===null?"":w(`${s.file}:${s.line}`)} ${Ut(n)}<a class="all" href="#all">all servers</a></header>
${a.join("")}</section>
`}function xr(e){let t=new Set(e.map(({verdict:r})=>`has-${(0,P.outcomeOf)(r)}`)),n=e.filter(({verdict:r})=>r.route.websocket.serves!=="no");for(let{verdict:r}of n)t.add(`has-ws-${(0,P.outcomeOf)(r)}`);return n.length>0&&t.add("has-ws"),[...t].sort().join(" ")}function Ut(e){let t=["fails","unknown","switches"].flatMap(r=>{let o=e.filter(({verdict:s})=>s.route.websocket.serves!=="no"&&(0,P.outcomeOf)(s)===r);return o.length===0?[]:[`<span class="count ${r}">${o.length} ${vr[r][o.length===1?0:1]}</span>`]}),{length:n}=e.filter(({verdict:r})=>r.route.websocket.serves==="no");return n>0&&t.push(`<span class="count plain">${n} other</span>`),`<span class="counts">${t.join(" ")}</span>`}var vr={fails:["fails","fail"],unknown:["unknown","unknown"],switches:["switches","switch"]};function Bt(e){if(e.length<2)return"";let n=`<ul class="servers"><li><a href="#all">all servers</a></li>${e.map(({id:o,server:s,entries:i})=>`<li><a href="#${o}">${f($e(s))}</a> ${Ut(i)}</li>
`).join("")}</ul>`,r=`Servers (${e.length})`;return`<nav aria-label="Servers"><details${e.length<=12?" open":""}><summary>${r}: show one alone</summary>${n}</details></nav>
`}var ve=40;function _t(e){let t=e.flatMap(o=>{let s=new Set(o.routes.map(({route:l})=>l.server)),[i]=s;return(i?.parent?.children.filter(({kind:l})=>l==="server")??[]).filter(l=>!s.has(l))});if(t.length===0)return"";let n=t.slice(0,ve).map(o=>{let s=V(o);return`<li>${f($e(o))} ${s===null?"":w(`${s.file}:${s.line}`)}</li>`}),r=t.length>ve?`<li>and ${t.length-ve} more</li>`:"";return`<details class="silent"><summary>${(0,P.plural)(t.length,"server")} without a proxying route</summary><ul>${n.join("")}${r}</ul></details>
`}function $r(e,t){let n=vt(e,t),{fails:r,websocket:o}=(0,Y.routeCounts)(e.results),s=[ct(n),`<main>
`,ut(n),kr(n),dt(n),ft(e.results),`</main>
`,`<footer><p>Worked out from the configuration alone: what nginx does with a browser\u2019s WebSocket handshake on each route. Nothing was sent anywhere.</p></footer>
`];return gt(`WebSocket routes of nginx: ${r} of ${o} fail`,s.join(""))}function kr(e){let t=It(e);if(t.length===0)return"";let r=e.report.results.reduce((s,{routes:i})=>s+i.length,0)-e.entries.length,o=r===0?"":`<p>${(0,Y.plural)(r,"more route")} not listed here: nginx-ws-lint routes lists all.</p>`;return`<section class="ways" aria-labelledby="all"><h2 id="all">Servers and routes</h2>${Bt(t)}${Le(e)}${Ht(t,e)}${_t(e.report.results)}${o}</section>
`}0&&(module.exports={html});
