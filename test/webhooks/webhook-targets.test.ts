import t from 'tap'
import { PUBLIC_ONLY, targetAddress, urlFault, type WebhookRules } from '#webhooks/webhook-targets.ts'

const EVERYWHERE: WebhookRules = { allowed_ranges: ['0.0.0.0/0', '::/0'], is_production: true, ca: null }

// The parser of URLs reads each of them as an address.
const SPELLINGS = {
  loopback: [
    '2130706433',
    '0177.0.0.1',
    '0x7f.1',
    '127.1',
    '127.0.0.1.',
    '１２７.０.０.１',
    '[::1]',
    '[::ffff:7f00:1]',
  ],
  private: ['10.0.0.1.', '10。0。0。1', '①⓪.0.0.1', '[::ffff:10.0.0.1]', '[fc00::1]', '[fec0::1]', '100.64.0.1'],
  'of this machine': ['0', '0.0.0.0', '[::]'],
  'link-local': ['169.254.169.254', '0xa9fea9fe', '[::ffff:169.254.169.254]', '[fe80::1]'],
  metadata: ['[fd00:ec2::254]', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
  'behind a gateway': ['[64:ff9b::7f00:1]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::a00:1]', '[2002:7f00:1::]'],
  'of no network': ['[::127.0.0.1]', '[4000::1]', '[100::1]', '[2001:db8::1]', '192.0.2.1', '224.0.0.1', '[ff02::1]'],
}

for (const [what, hosts] of Object.entries(SPELLINGS))
  t.test(`no URL with an address that is ${what} is called, however it is spelt`, async t => {
    for (const host of hosts) {
      const url = `https://${host}/hook`
      t.equal(urlFault(url, PUBLIC_ONLY), 'forbidden-address', url)
      t.equal(await targetAddress(new URL(url).hostname, PUBLIC_ONLY), 'forbidden', url)
    }
  })

t.test('link-local and metadata addresses are never called, also where all ranges are named', async t => {
  const metadata = ['[64:ff9b::a9fe:a9fe]', '[64:ff9b::6464:64c8]', '[2002:a9fe:a9fe::1]', '[::ffff:0:169.254.169.254]']
  for (const host of [...SPELLINGS['link-local'], ...SPELLINGS.metadata, ...metadata, '127.0.0.1'])
    t.equal(urlFault(`https://${host}/`, EVERYWHERE), 'forbidden-address', host)
  for (const host of ['10.0.0.1', '[fc00::1]', '[64:ff9b::a00:1]', '[64:ff9b::808:808]'])
    t.equal(urlFault(`https://${host}/`, EVERYWHERE), undefined, host)
})

t.test('public addresses are called', async t => {
  for (const host of ['8.8.8.8', '[2606:4700::1111]', '[2001:4860::8888]', 'receiver.example.co.jp'])
    t.equal(urlFault(`https://${host}/hook`, PUBLIC_ONLY), undefined, host)
  t.same(await targetAddress('[2606:4700::1111]', PUBLIC_ONLY), { address: '2606:4700::1111', family: 6 })
})

t.test('a name of this machine is looked up, and not called', async t => {
  for (const name of ['localhost', 'localhost.', 'LOCALHOST', 'api.localhost'])
    t.type(await targetAddress(new URL(`https://${name}/`).hostname, PUBLIC_ONLY), 'string', name)
  t.equal(await targetAddress('localhost', PUBLIC_ONLY), 'forbidden')
})

t.test('a URL that is none, or has credentials, says so', async t => {
  for (const url of ['ftp://h.example.jp/', 'javascript:alert(1)', 'file:///etc/passwd', 'https://[fe80::1%25eth0]/'])
    t.equal(urlFault(url, PUBLIC_ONLY), 'not-a-url', url)
  for (const url of ['https://user@h.example.jp/', 'https://:secret@h.example.jp/', 'http://user:secret@h.example.jp/'])
    t.equal(urlFault(url, PUBLIC_ONLY), 'credentials-in-url', url)
  t.equal(urlFault('http://h.example.jp/', PUBLIC_ONLY), 'plain-http')
})
