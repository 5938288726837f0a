import { person } from '../../helpers/fixtures.ts'

// What no log line may show of the requests that the tests send.
export const SECRETS = [
  '秘山',
  '密子',
  'secret',
  'Secret',
  '株式会社内緒',
  'naisho',
  'test-key',
  'notice-9',
  'supersecretcursor',
  'wrongkey',
  '192.0.2.7',
  '2001:db8::1',
  '127.0.0.1',
  'desk.example',
]
export const secret = person({ family_name: '秘山', given_name: '密子', email: 'Secret.Person@secret.example.jp' })
