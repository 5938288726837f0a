import { Type } from 'typebox'
import { closedObject, component, ref } from '#http/schemas/named-schema.ts'
import { filterId } from '#http/schemas/common.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import { MailAuthenticationInput } from '#http/schemas/senders/sender-authentication.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

/** The text of a header. Text that no address holds is answered, not refused. */
const header = (description: string, example: string) =>
  Type.String({ maxLength: 65_536, description, examples: [example] })

export const SenderCheckInput = component(
  'SenderCheckInput',
  closedObject(
    {
      from: header(
        'The `From` header of the mail, or only the email address. This address decides (RFC 5322 §3.6.2). Case ' +
          'and width do not matter; an internationalised domain may have either form (R16). For any text that is ' +
          'not exactly one address, the reason in the answer is `invalid_address`.',
        '"山田" <Yamada.Taro@aozora.example.co.jp>',
      ),
      reply_to: Type.Optional(
        header(
          'The `Reply-To` header: where a reply would go. The answer says whether that address is authorised too.',
          'Yamada.Taro@aozora.example.co.jp',
        ),
      ),
      sender: Type.Optional(
        header(
          'The `Sender` header: who sent the mail for its author. The service uses it only to recognise automatic ' +
            'mail.',
          'yamada.taro@aozora.example.co.jp',
        ),
      ),
      return_path: Type.Optional(
        header(
          'The `Return-Path` header, or the address of `MAIL FROM`; `<>` or empty for a bounce.',
          '<yamada.taro@aozora.example.co.jp>',
        ),
      ),
      auto_submitted: Type.Optional(
        header('The `Auto-Submitted` header (RFC 3834 §5): any value except `no` means automatic mail.', 'no'),
      ),
      authentication: Type.Optional(ref(MailAuthenticationInput)),
      customer_id: Type.Optional(filterId('Ask only about contracts of this customer.', CUSTOMER_ID)),
      contract_id: Type.Optional(filterId('Ask only about this contract.', CONTRACT_ID)),
      product_id: Type.Optional(filterId('Ask only about contracts of this product.', 'manage_ac')),
      as_of: Type.Optional(
        Type.String({
          format: 'date-time',
          minLength: 20,
          maxLength: 41,
          pattern: PATTERNS.storedYear,
          description:
            'A past moment: was the sender authorised then? RFC 3339. Answers for the past have no entry in ' +
            '`confirm_with`, no `change_request` and no hints.',
          examples: ['2026-04-01T00:30:00.000Z'],
        }),
      ),
    },
    {
      description:
        'The sender to check: headers of a mail, each as text, and the customer, contract or product of the ' +
        'inquiry, if it is known. Such a restricted check shows nothing about other customers.',
    },
  ),
)

export const SenderCheckBatch = component(
  'SenderCheckBatch',
  closedObject(
    {
      senders: Type.Array(ref(SenderCheckInput), {
        minItems: 1,
        maxItems: 100,
        description: 'Up to 100 checks. The answers have the same order.',
      }),
    },
    { description: 'Several senders.' },
  ),
)
