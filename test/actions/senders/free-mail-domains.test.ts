import t from 'tap'
import { isFreeMailDomain } from '#actions/support/senders/free-mail-domains.ts'

t.test('R30: domains that give any person an address', async t => {
  for (const domain of [
    'gmail.com',
    'outlook.jp',
    'icloud.com',
    'qq.com',
    'yahoo.co.jp',
    'docomo.ne.jp',
    'ezweb.ne.jp',
    'i.softbank.jp',
    't.vodafone.ne.jp',
    'nifty.com',
    'cup.ocn.ne.jp',
    'jcom.home.ne.jp',
    'jttk.zaq.ne.jp',
  ])
    t.equal(isFreeMailDomain(domain), true, domain)
})

t.test('R30: and those that do not', async t => {
  for (const domain of [
    'aozora.example.co.jp',
    'toyota.co.jp',
    'nttdata.co.jp',
    'docomo.co.jp',
    'ocn.example.jp',
    'notgmail.com',
    'gmail.com.example.jp',
    'co.jp',
    'ne.jp',
  ])
    t.equal(isFreeMailDomain(domain), false, domain)
})
