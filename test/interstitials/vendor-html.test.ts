import t from 'tap'
import { sanitiseVendorHtml } from '../../core/interstitials/vendor-html.ts'
import { mailtoUrl, safeUrl } from '../../core/interstitials/safe-output.ts'

const same: string[] = ['Install', '<b>bold</b> and <em>soft</em>', '<ul><li>one</li><li>two</li></ul>', 'a<br>b', 'Tom &amp; Ada &eacute; &#233; &#xe9;']
const changed: Array<[string, string]> = [
  ['a < b & c > d "e" \'f\'', 'a &lt; b &amp; c &gt; d &#34;e&#34; &#39;f&#39;'],
  ['<B ONCLICK="x()" class=y style="z">hi</B>', '<b>hi</b>'],
  ['<p>open', '<p>open</p>'],
  ['</div></section>text', '  text'],
  ['</li></ol>text', 'text'],
  ['<ol><li>a</ol>b', '<ol><li>a</li></ol>b'],
  ['<script>alert(1)</script>x', 'x'],
  ['<SCRIPT src=//evil>', ''],
  ['<style>*{display:none}</style>x', 'x'],
  ['<!-- <b> -->x', 'x'],
  ['<!-- x', ''],
  ['<svg><a href="javascript:x()">y</a></svg>z', 'z'],
  ['<img src=x onerror=alert(1)>', ' '],
  ['<form action="https://evil.test"><input name=password></form>', '   '],
  ['<a href="https://vendor.test/?a=1&amp;b=2">help</a>', '<a href="https://vendor.test/?a=1&amp;b=2" rel="noopener noreferrer">help</a>'],
  ['<a title="x>y" href=\'https://vendor.test\' target=_top>help</a>', '<a href="https://vendor.test" rel="noopener noreferrer">help</a>'],
  ['<a href="http://vendor.test">help</a>', '<a>help</a>'],
  ['<a href="/logout">help</a>', '<a>help</a>'],
  ['<a href="javascript:alert(1)">help</a>', '<a>help</a>'],
  ['<a href="java\nscript:alert(1)">help</a>', '<a>help</a>'],
  ['<a href="&#106;avascript:alert(1)">help</a>', '<a>help</a>'],
  ['<a href="data:text/html,x">help</a>', '<a>help</a>'],
  ['<a href="https://x.test/&quot; onclick=&quot;x()">help</a>', '<a href="https://x.test/&amp;quot; onclick=&amp;quot;x()" rel="noopener noreferrer">help</a>'],
  ['<a href="https://x.test"><a href="https://y.test">z</a>', '<a href="https://x.test" rel="noopener noreferrer">z</a>'],
  ['<scr<script>x</script>ipt>alert(1)</script>', ' alert(1) '],
  ['<b', '&lt;b'],
  ['<b <i>x', '&lt;b <i>x</i>'],
  ['<a title="<b>" href="https://x.test">y', '&lt;a title=&#34;<b>&#34; href=&#34;https://x.test&#34;&gt;y</b>'],
  ['<<b>>x', '&lt;<b>&gt;x</b>'],
]

t.test('harmless tags of a vendor stay', async t => {
  for (const html of same) t.equal(sanitiseVendorHtml(html), html)
})

t.test('everything else of a vendor becomes text or nothing', async t => {
  for (const [html, wanted] of changed) t.equal(sanitiseVendorHtml(html), wanted, html)
})

t.test('whatever a vendor sends, only listed tags with nothing but an https link come out, and they are balanced', async t => {
  const pieces = ['<', '>', '"', '\'', '/', '=', ' ', 'a', 'b', 'script', 'href', 'https:', 'javascript:', 'on', '<a ', '</a>', '<b>', '</b>', '<svg', '<!--', '-->', '&', '&#60;', '\0', '\n', '<style>', '</style>', 'é']
  let seed = 7
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648)
  for (let round = 0; round < 3000; round++) {
    const html = Array.from({ length: 14 }, () => pieces[next() % pieces.length]).join('')
    const output = sanitiseVendorHtml(html)
    const rest = output.replace(/<(?:\/?(?:b|br|code|em|i|kbd|li|ol|p|strong|ul|a)|a href="https:[^"<>]*" rel="noopener noreferrer")>/g, '')
    if (/[<>"']/.test(rest)) t.fail(`markup got through: ${JSON.stringify(html)} -> ${output}`)
    for (const tag of ['a', 'b']) {
      const opened = output.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0
      if (opened !== (output.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0)) t.fail(`unbalanced: ${JSON.stringify(html)} -> ${output}`)
    }
  }
  t.pass('3000 strings')
})

t.test('a long hostile text is read in reasonable time', async t => {
  const start = performance.now()
  for (const piece of ['<a href="', '<!--', '<script', '<b ', '&', '<a \'']) sanitiseVendorHtml(piece.repeat(20_000))
  t.ok(performance.now() - start < 3000)
})

t.test('only addresses a learner may follow are printed', async t => {
  for (const url of ['https://x.test/a?b#c', 'http://x.test', '/courses/x', 'mockurl', 'sebs://x.test/exam.seb', '?page=1', 'course-v1:x/y'.replace(':', '%3A')]) t.equal(safeUrl(url), url)
  for (const url of ['javascript:alert(1)', ' javascript:alert(1)', 'java\tscript:alert(1)', 'JAVASCRIPT:x', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'http://[', '', null, undefined, 7]) t.equal(safeUrl(url), '', String(url))
})

t.test('a mail link holds an address and nothing else', async t => {
  t.equal(mailtoUrl('help@x.test'), 'mailto:help@x.test')
  t.equal(mailtoUrl('a@x.test?bcc=b@y.test'), 'mailto:a@x.test%3Fbcc%3Db@y.test')
  t.equal(mailtoUrl(null), '')
})
