import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { MailService } from '../../catalogue/services.ts'
import { Misconfigured, Refused, Unavailable } from '../../catalogue/trouble.ts'

/** Mail by SMTP as the settings say; without them every send says which are missing. */
export function openMail(settings: { smtpUrl: string | undefined; from: string | undefined }): MailService {
  const { smtpUrl, from } = settings
  if (!smtpUrl || !from)
    return {
      async send() {
        throw new Misconfigured(
          {
            en: 'No mail server is set up, so no e-mail can be sent.',
            fr: 'Aucun serveur de messagerie n’est configuré ; aucun e-mail ne peut être envoyé.',
          },
          {
            en: 'Ask the administrator to set SMTP_URL and MAIL_FROM.',
            fr: 'Demandez à l’administrateur de définir SMTP_URL et MAIL_FROM.',
          },
        )
      },
    }
  const transport = createTransport({ url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 })
  return {
    async send({ to, subject, text, key }) {
      // The same visit gives the same Message-ID, so that mail systems can recognise a repeat after a crash.
      const messageId = `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@missions>`
      try {
        const sent = await transport.sendMail({ from, to, subject, text, messageId })
        return { id: sent.messageId }
      } catch (cause) {
        const code = cause instanceof Error && 'responseCode' in cause ? Number(cause.responseCode) : 0
        if (code >= 500)
          throw new Refused(
            { en: `The mail server refused the e-mail (${code}).`, fr: `Le serveur de messagerie a refusé l’e-mail (${code}).` },
            { en: 'Check the addresses and the sender.', fr: 'Vérifiez les adresses et l’expéditeur.' },
            { cause },
          )
        throw new Unavailable(
          { en: 'The mail server did not take the e-mail.', fr: 'Le serveur de messagerie n’a pas pris l’e-mail.' },
          { en: 'It is tried again as the step says.', fr: 'Un nouvel essai suit selon les réglages de l’étape.' },
          { cause },
        )
      }
    },
  }
}
