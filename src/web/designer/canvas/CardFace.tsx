import { icons } from 'virtual:icons'
import classes from './card.module.css'
import type { Card } from './scene.ts'

/** What every card shows, wherever a mission is drawn: icon, title, number, and its sentence on as many lines as there is room for. */
export function CardFace({ card, lines }: { card: Pick<Card, 'icon' | 'title' | 'number' | 'sentence'>; lines: 1 | 2 }) {
  const Icon = card.icon === undefined ? undefined : icons[card.icon]
  return (
    <>
      <div className={classes.head}>
        <span className={classes.icon} aria-hidden>
          {Icon && <Icon size={18} stroke={1.8} />}
        </span>
        <div className={classes.heading}>
          <div className={classes.title}>
            {card.number !== '' && <span className={classes.number}>{card.number}</span>}
            <span data-title>{card.title}</span>
          </div>
        </div>
      </div>
      <p className={classes.sentence} data-lines={lines}>
        {card.sentence}
      </p>
    </>
  )
}
