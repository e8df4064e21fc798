import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { icons } from 'virtual:icons'
import { m } from '#messages'
import { catalogue } from '../../catalogue/catalogue.ts'
import classes from './designer.module.css'
import { placeOf } from './desk.ts'
import { listOffers } from './palette/offers.ts'
import { useDraft, useWorkshop } from './workshop.ts'

/** The starts that most missions have, the first ones offered. */
const common = ['chat-command', 'person-joined-workspace', 'schedule', 'form']

/** What an empty mission offers: what shall start it, a step first, or a template. */
export function Beginning() {
  const { commands, desk, language } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  if (readOnly) return <p className={classes.beginning}>{m.designer_empty_read()}</p>
  const offers = listOffers(catalogue, language).filter((offer) => offer.role === 'trigger' && common.includes(offer.type))
  return (
    <section className={classes.beginning} aria-labelledby="beginning">
      <h2 id="beginning">{m.designer_begin()}</h2>
      <p>{m.designer_begin_how()}</p>
      <ul className={classes.starts}>
        {offers
          .sort((one, other) => common.indexOf(one.type) - common.indexOf(other.type))
          .map((offer) => {
            const Icon = icons[offer.icon]
            return (
              <li key={offer.type}>
                <button type="button" className={classes.start} onClick={() => commands.add(offer, { at: 'top' })}>
                  {Icon && <Icon size={20} stroke={1.8} aria-hidden />}
                  <span>
                    <strong>{offer.title}</strong>
                    <small>{offer.about}</small>
                  </span>
                </button>
              </li>
            )
          })}
      </ul>
      <p className={classes.otherwise}>
        <button
          type="button"
          className={classes.link}
          onClick={(event) => desk.setState({ adding: { spot: { at: 'top' }, place: placeOf(event.currentTarget) } })}
        >
          {m.designer_begin_other()}
        </button>
        <button
          type="button"
          className={classes.link}
          onClick={(event) => desk.setState({ adding: { spot: { at: 'loose' }, place: placeOf(event.currentTarget) } })}
        >
          {m.designer_begin_step()}
        </button>
        <Anchor component={Link} to="/templates">
          {m.designer_begin_template()}
        </Anchor>
      </p>
    </section>
  )
}
