import type { Field } from '../../../../mission/form.ts'
import { m } from '#messages'
import classes from './preview.module.css'

/** More choices than this go into a menu. */
const mostShown = 7

/** The fields of a form as people see them, not to be filled in. */
export function DrawnForm({ fields, submit }: { fields: readonly Field[]; submit: string }) {
  return (
    <div className={classes.form}>
      {fields.map((field) => (
        <div key={field.id} className={classes.formField}>
          {field.kind === 'yesno' ? (
            <p className={classes.tick}>
              <span className={classes.box} aria-hidden /> {field.label}
            </p>
          ) : (
            <p className={classes.formLabel}>
              {field.label}
              {!field.required && <span className={classes.optional}> {m.designer_optional()}</span>}
            </p>
          )}
          {field.help && <p className={classes.formHelp}>{field.help}</p>}
          <Answer field={field} />
        </div>
      ))}
      <span className={classes.button} data-style="primary">
        {submit}
      </span>
    </div>
  )
}

function Answer({ field }: { field: Field }) {
  const choices = field.choices ?? []
  if (field.kind === 'yesno') return null
  if ((field.kind === 'choice' || field.kind === 'choices') && choices.length <= mostShown)
    return (
      <ul className={classes.options}>
        {choices.map((choice) => (
          <li key={choice} className={classes.tick}>
            <span className={classes.box} data-round={field.kind === 'choice' || undefined} aria-hidden /> {choice}
          </li>
        ))}
      </ul>
    )
  return (
    <span
      className={classes.input}
      data-tall={field.kind === 'text' || undefined}
      data-menu={field.kind.startsWith('choice') || undefined}
      aria-hidden
    />
  )
}
