import type { Message } from '../../../../platforms/message.ts'
import { m } from '#messages'
import { DrawnForm } from './DrawnForm.tsx'
import { DrawnText } from './DrawnText.tsx'
import type { Face } from './faces.ts'
import classes from './preview.module.css'

/** A message as a chat will show it: who it is from, its text, its tally, its buttons, and the form behind one of them. */
export function DrawnMessage({ message, sender, face: { card, plain } }: { message: Message; sender: string; face: Face }) {
  const { text, bars, buttons = [], note } = message
  const form = buttons.find((button) => button.form)?.form
  const all = bars?.reduce((sum, bar) => sum + bar.count, 0) ?? 0
  const shown = buttons.slice(0, card.limits.buttons)
  return (
    <div className={classes.face} data-face={card.id}>
      <div className={classes.message}>
        <span className={classes.avatar} aria-hidden>
          {String.fromCodePoint(sender.codePointAt(0) ?? 0xb7).toUpperCase()}
        </span>
        <div className={classes.body}>
          <p className={classes.sender}>
            {sender} <span className={classes.badge}>{m.designer_preview_app()}</span>
          </p>
          <div className={classes.bubble}>
            <div className={classes.text}>
              <DrawnText text={text} plain={plain} />
            </div>
            {bars && (
              <ul className={classes.bars}>
                {bars.map((bar) => (
                  <li key={bar.label}>
                    <span className={classes.barWords}>
                      <span>{bar.label}</span> <span>{bar.count}</span>
                    </span>
                    <span className={classes.track} aria-hidden>
                      <span className={classes.bar} style={{ width: `${all === 0 ? 0 : (100 * bar.count) / all}%` }} />
                    </span>
                    {bar.names && bar.names.length > 0 && <span className={classes.note}>{bar.names.join(', ')}</span>}
                  </li>
                ))}
              </ul>
            )}
            {shown.length > 0 && (
              <ul className={classes.buttons} aria-label={m.designer_preview_buttons()}>
                {shown.map((button) => (
                  <li key={button.id} className={classes.button} data-style={button.style}>
                    {button.label.slice(0, card.limits.buttonLabel)}
                    {button.label.length > card.limits.buttonLabel ? '…' : ''}
                  </li>
                ))}
              </ul>
            )}
            {note && <p className={classes.note}>{note}</p>}
          </div>
        </div>
      </div>
      {form && (
        <div className={classes.dialog}>
          <p className={classes.caption}>{card.abilities.forms ? m.designer_preview_form() : m.designer_preview_form_page()}</p>
          <DrawnForm fields={form.fields} submit={form.submit} />
        </div>
      )}
    </div>
  )
}
