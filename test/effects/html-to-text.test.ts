import t from 'tap'
import { htmlToText, titleOf } from '../../core/effects/html-to-text.ts'

t.test('paragraphs, lists and links stay readable', async t => {
  const html = `<html><head><title>Your &amp; my exam</title><style>p { color: red }</style></head><body>
    <p>Hello,</p>
    <p>this is   <strong>important</strong>:<br>read it.</p>
    <ul><li>one</li><li>two</li></ul>
    <p>Write to <a href="mailto:help@example.org">help@example.org</a> or see <a href="https://x.test/?a=1&amp;b=2">the &lt;course&gt;</a></p>
  </body></html>`
  t.equal(htmlToText(html), [
    'Hello,', '', 'this is important:', 'read it.', '', '- one', '- two', '', 'Write to help@example.org or see the <course> (https://x.test/?a=1&b=2)',
  ].join('\n'))
  t.equal(titleOf(html), 'Your & my exam')
})

t.test('what was escaped is text and never becomes markup', async t => {
  t.equal(htmlToText('<p>&lt;script&gt;x&lt;/script&gt; &#34;q&#34; &#x41; &amp;lt; &unknown;</p>'), '<script>x</script> "q" A &lt; &unknown;')
})

t.test('a page without a title has an empty one, and a title is one line', async t => {
  t.equal(titleOf('<p>x</p>'), '')
  t.equal(titleOf('<title>a\r\nBcc: b</title>'), 'a Bcc: b')
})
